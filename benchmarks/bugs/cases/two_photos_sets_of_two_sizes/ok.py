import numpy as np
from tensorflow import keras
from tensorflow.keras.layers import Dense, GlobalAveragePooling2D, Input


def tower(shape, name, output):
    image = Input(shape, name=name)
    x = GlobalAveragePooling2D()(image)
    x = Dense(64, activation="relu")(x)
    return image, Dense(1, activation="sigmoid", name=output)(x)


def photos(n, height, width):
    return np.random.rand(n, height, width, 3), np.random.rand(n)


input1, l1 = tower((50, 50, 3), "input1", "output1")
input2, l2 = tower((70, 50, 3), "input2", "output2")
model = keras.Model(inputs=[input1, input2], outputs=[l1, l2])
mse = keras.losses.MeanSquaredError()
model.compile(optimizer="adam", loss={"output1": mse, "output2": mse})

x1, y1 = photos(50, 50, 50)
x2, y2 = photos(50, 70, 50)
model.fit({"input1": x1, "input2": x2}, {"output1": y1, "output2": y2}, epochs=1)
