import keras
import numpy as np


class CustomLayer(keras.layers.Layer):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def call(self, x):
        return x * self.factor

    def get_config(self):
        return {"factor": self.factor}


def custom_fn(x):
    return x**2


def get_model():
    inputs = keras.Input(shape=(4,))
    mid = CustomLayer(0.5)(inputs)
    outputs = keras.layers.Dense(1, activation="relu")(mid)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="rmsprop", loss="mean_squared_error")
    return model


model = get_model()
model.fit(np.random.random((4, 4)), np.random.random((4, 1)), verbose=0)
model.save("custom_model.keras")
reconstructed = keras.models.load_model("custom_model.keras", custom_objects={"custom_fn": custom_fn})
np.testing.assert_allclose(model.predict(np.ones((1, 4)), verbose=0), reconstructed.predict(np.ones((1, 4)), verbose=0))
