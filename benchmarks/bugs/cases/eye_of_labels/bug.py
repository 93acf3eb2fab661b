import numpy as np
import keras
from keras import layers

CLASSES = 5
signals = np.random.randn(80, 128, 2)
labels = np.random.randint(0, CLASSES, size=80)
onehot = np.eye(CLASSES + 1)[labels]
order = np.random.permutation(len(signals))
split = int(0.8 * len(signals))
train, test = order[:split], order[split:]


def residual(x, filters):
    skip = layers.Conv1D(filters, 1)(x)
    x = layers.Conv1D(filters, 7, padding="same", activation="relu")(x)
    return layers.MaxPooling1D(2)(layers.add([x, skip]))


inputs = keras.Input((128, 2))
x = residual(residual(inputs, 16), 32)
outputs = layers.Dense(CLASSES, activation="softmax")(layers.GlobalAveragePooling1D()(x))
model = keras.Model(inputs, outputs)
model.compile("adam", "categorical_crossentropy")
model.fit(signals[train], onehot[train], validation_data=(signals[test], onehot[test]), epochs=1)
