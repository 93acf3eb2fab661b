from collections import OrderedDict

import numpy as np
import tensorflow as tf

keras = tf.keras
layers = tf.keras.layers

LOSSES = {
    "cls": "binary_crossentropy",
    "regression": keras.losses.Huber(delta=0.5),
}


def build(features):
    a_feature = keras.Input(shape=(features,), name="a_feature")
    x = layers.Dense(32, activation="swish")(a_feature)
    x = layers.LayerNormalization()(x)
    probability = layers.Dense(1, "sigmoid")(x)
    regression = layers.Dense(1)(layers.Concatenate()([x, probability]))
    outputs = OrderedDict(probability=probability, regression=regression)
    return keras.Model(inputs={"a_feature": a_feature}, outputs=dict(outputs))


rng = np.random.default_rng(5)
measured = rng.normal(size=(256, 10)).astype("float32")
total = measured.sum(axis=1, keepdims=True)
is_large = (total > 1).astype("float32")

model = build(measured.shape[-1])
model.compile(optimizer=keras.optimizers.RMSprop(1e-3), loss=LOSSES)
model.fit({"a_feature": measured}, y={"cls": is_large, "regression": total}, batch_size=64, epochs=1)
