import numpy as np
import keras
import tensorflow as tf

HOURS = 168


def build_model():
    weather = keras.Input((HOURS, 3), name="weather")
    load = keras.Input((HOURS, 1), name="load")
    x = keras.layers.Concatenate()([weather, load])
    x = keras.layers.LSTM(16, return_sequences=True)(x)
    forecast = keras.layers.Dense(1)(x)
    model = keras.Model({"weather": weather, "load": load}, forecast)
    model.compile(optimizer="adam", loss="mse")
    return model


features = {
    "weather": np.random.rand(HOURS, 3).astype("float32"),
    "load": np.random.rand(HOURS, 1).astype("float32"),
    "ignore_feature": np.array(["public holiday"]),
}
targets = np.random.rand(HOURS, 1).astype("float32")
dataset = tf.data.Dataset.from_tensors((features, targets)).batch(1)

model = build_model()
model.fit(dataset, epochs=1, verbose=0)
print(model.evaluate(dataset, verbose=0))
