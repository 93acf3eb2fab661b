import keras
import numpy as np
from keras import layers

NUM_CLASSES = 5


def get_model(num_classes, hidden=(64, 32)):
    inputs = keras.Input(shape=(20,), name="features")
    x = layers.Normalization()(inputs)
    for units in hidden:
        x = layers.Dense(units, activation="gelu")(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)


x = np.random.normal(size=(256, 20)).astype("float32")
y = np.random.randint(0, NUM_CLASSES, size=256)
y_one_hot = keras.utils.to_categorical(y, NUM_CLASSES)

model = get_model(NUM_CLASSES)
model.compile(
    optimizer="adam",
    loss=keras.losses.CategoricalCrossentropy(),
    metrics=["accuracy", keras.metrics.F1Score(average="macro", name="f1")],
)
model.fit(x, y_one_hot, batch_size=64, epochs=1)
