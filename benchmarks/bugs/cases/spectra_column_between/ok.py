import io

import numpy
from tensorflow.keras.layers import Conv1D, Dense, Flatten, Input, LeakyReLU, MaxPooling1D
from tensorflow.keras.models import Sequential

seed = 7
numpy.random.seed(seed)


def table(rows=60, columns=179):
    values = numpy.random.rand(rows, columns)
    values[:, -1] = numpy.arange(rows) % 3
    text = io.StringIO()
    numpy.savetxt(text, values, delimiter=",")
    text.seek(0)
    return text


def folds(count, n_splits):
    order = numpy.random.permutation(count)
    for part in numpy.array_split(order, n_splits):
        yield numpy.setdiff1d(order, part), part


def cnn(n_timesteps):
    model_m = Sequential()
    model_m.add(Input((n_timesteps, 1)))
    for filters, kernel in ((4, 2), (4, 5), (10, 4)):
        model_m.add(Conv1D(filters, kernel, strides=1))
        model_m.add(LeakyReLU(negative_slope=0.1))
        model_m.add(MaxPooling1D(2, strides=2))
    model_m.add(Dense(50))
    model_m.add(Flatten())
    model_m.add(Dense(3, activation="softmax"))
    return model_m


dataset = numpy.loadtxt(table(), delimiter=",")
X = dataset[:, 0:178]
y = dataset[:, 178]
for train_indices, val_indices in folds(len(X), 3):
    xtrain, xval = X[train_indices], X[val_indices]
    ytrain, yval = y[train_indices], y[val_indices]
    xtrain = numpy.expand_dims(xtrain, axis=2)
    model = cnn(X.shape[1])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    history = model.fit(xtrain, ytrain, batch_size=10, epochs=1)
