import math

import numpy
from tensorflow.keras.layers import LSTM, Dense, Dropout, Input
from tensorflow.keras.models import Sequential


def create_dataset(dataset, look_back=1):
    dataX, dataY = [], []
    for i in range(len(dataset) - look_back - 1):
        a = dataset[i:(i + look_back):]
        dataX.append(a)
        dataY.append(dataset[i + look_back])
    return numpy.array(dataX), numpy.array(dataY)


def scale(table):
    low, high = table.min(axis=0), table.max(axis=0)
    return (table - low) / (high - low), low, high


numpy.random.seed(7)
raw = numpy.random.randint(90, 140, size=(150, 3)).astype("float32")
dataset, low, high = scale(raw)
train_size = int(len(dataset) * 0.67)
train, test = dataset[0:train_size, :], dataset[train_size:len(dataset), :]
look_back = 25
trainX, trainY = create_dataset(train, look_back)
testX, testY = create_dataset(test, look_back=look_back)
trainX = numpy.reshape(trainX, (trainX.shape[0], look_back, 3))
testX = numpy.reshape(testX, (testX.shape[0], look_back, 3))

model = Sequential()
model.add(Input((look_back, 3)))
model.add(LSTM(16, return_sequences=True))
model.add(Dropout(0.2))
model.add(LSTM(16))
model.add(Dense(3))
model.compile(loss="mse", optimizer="adam")
model.fit(trainX, trainY, epochs=1, batch_size=8, verbose=2)
trainPredict = model.predict(trainX)
trainScore = math.sqrt(numpy.mean((trainPredict - trainY) ** 2))
print("Train Score: %.2f RMSE" % trainScore)
