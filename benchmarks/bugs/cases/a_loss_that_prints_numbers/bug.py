import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Flatten, Input
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical


def loss(yT, yP):
    err = yT - yP
    print(err.numpy())
    squaredError = tf.square(err)
    meanError = tf.reduce_mean(squaredError)
    return meanError


xTrain = np.random.randint(0, 255, (64, 28, 28)) / 255
yTrain = to_categorical(np.random.randint(0, 10, 64), num_classes=10)

model = Sequential()
model.add(Input((28, 28)))
model.add(Flatten())
model.add(Dense(100, activation="relu"))
model.add(Dense(10, activation="softmax"))
model.compile(loss=loss, optimizer="adam", metrics=["accuracy"])
model.fit(xTrain, yTrain, batch_size=32, epochs=1, verbose=0)
