import numpy as np
from tensorflow.keras import Input, Model, layers
from tensorflow.keras.callbacks import ReduceLROnPlateau

ANIMALS = ["antelope", "bat", "bear", "beaver", "bobcat", "buffalo"]


class LabelBinarizer:
    def fit(self, names):
        self.classes_ = sorted(set(names))
        return self

    def transform(self, names):
        index = {name: number for number, name in enumerate(self.classes_)}
        rows = np.zeros((len(names), len(self.classes_)))
        for row, name in enumerate(names):
            rows[row, index[name]] = 1
        return rows


def read(count):
    names = [ANIMALS[number % len(ANIMALS)] for number in range(count)]
    names[-1] = "none of them"
    return np.random.rand(count, 4, 4, 64), names


features, names = read(60)
binarizer = LabelBinarizer().fit(names)
labels = binarizer.transform(names)
classes = len(binarizer.classes_)
Xtrain, ytrain, Xvalid, yvalid = features[:50], labels[:50], features[50:], labels[50:]

inputs = Input(Xtrain.shape[1:])
x = layers.GlobalAveragePooling2D()(inputs)
x = layers.Dense(32, activation="relu")(x)
x = layers.Dropout(0.3)(x)
model = Model(inputs, layers.Dense(classes, activation="softmax")(x))
model.compile(loss="categorical_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
model.fit(Xtrain, ytrain, validation_data=(Xvalid, yvalid), epochs=1, batch_size=20, callbacks=[ReduceLROnPlateau()], verbose=1)
