import numpy as np
import tensorflow as tf


def create_dataset(data, look_back=1):
    X, Y = [], []
    for i in range(len(data) - look_back - 1):
        X.append(data[i:(i + look_back), 0])
        Y.append(data[i + look_back, 0])
    return np.array(X), np.array(Y)


dataset = np.random.rand(150, 1)
train, test = dataset[:100, :], dataset[100:, :]
trainX, trainY = create_dataset(train, 10)
testX, testY = create_dataset(test, 10)
trainX = np.reshape(trainX, (trainX.shape[0], 1, trainX.shape[1]))
testX = np.reshape(testX, (testX.shape[0], 1, testX.shape[1]))
model = tf.keras.Sequential()
model.add(tf.keras.layers.LSTM(4, input_shape=(1, 10)))
model.add(tf.keras.layers.Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam")
model.fit(trainX, trainY, epochs=1, batch_size=1, verbose=0, steps_per_epoch=3)
testPredict = model.predict(testX, verbose=0)
