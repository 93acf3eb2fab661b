import numpy as np
from tensorflow import keras
from tensorflow.keras import backend as K

inp_data = np.full((100, 8), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
out_data = np.full((100, 4), [0.2, 0.4, 0.6, 0.8])


def my_loss(y_true, y_pred):
    squares = K.sum(K.square(y_true - y_pred), axis=0)
    return squares / K.cast(K.shape(y_pred)[0], "float32")


inp = keras.layers.Input((8,))
x = keras.layers.Dense(32, activation="relu")(inp)
out = keras.layers.Dense(4, activation="sigmoid")(x)

model = keras.Model(inp, out, name="My_model")
model.compile(optimizer="adam", loss=my_loss)
history = model.fit(inp_data, out_data, epochs=2, batch_size=30, verbose=0)
print(sorted(history.history))
