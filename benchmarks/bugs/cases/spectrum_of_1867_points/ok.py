import numpy as np
from keras import layers, models

lines = [",".join(str(v) for v in np.zeros(1867)) for _ in range(30)]
x_train = np.array([[float(v) for v in line.split(",")] for line in lines])
x_train = x_train.reshape(30, 1, 1867, 1)
y_train = np.zeros((30, 2))
y_train[:, 0] = 1
model = models.Sequential()
model.add(layers.Conv2D(8, (1, 5), activation="relu", input_shape=(1, 1867, 1)))
model.add(layers.MaxPooling2D((1, 4)))
model.add(layers.Flatten())
model.add(layers.Dense(2, activation="softmax"))
model.compile("adam", "categorical_crossentropy")
model.fit(x_train, y_train, batch_size=10, verbose=0)
