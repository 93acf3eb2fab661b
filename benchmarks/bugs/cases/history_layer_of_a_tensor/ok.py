import numpy as np
import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras.models import Model


def build_classifier(classes=4):
    inputs = layers.Input((32, 32, 3), name="image")
    x = layers.Conv2D(16, 3, activation="relu", name="conv_a")(inputs)
    x = layers.MaxPooling2D(name="pool")(x)
    x = layers.Conv2D(32, 3, activation="relu", name="conv_b")(x)
    x = layers.GlobalAveragePooling2D(name="gap")(x)
    outputs = layers.Dense(classes, activation="softmax", name="scores")(x)
    return Model(inputs, outputs)


def layers_before(tensor):
    """The names of the layers from a tensor back to the input."""
    found = []
    layer = tensor._keras_history.operation
    while True:
        found.append(layer.name)
        if isinstance(layer, layers.InputLayer):
            return found
        layer = layer.input._keras_history.operation


model = build_classifier()
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.random.rand(8, 32, 32, 3), np.random.randint(0, 4, 8), verbose=0)
for name in layers_before(model.output):
    print(name, model.get_layer(name).output.shape)
last_conv = next(n for n in layers_before(model.output) if n.startswith("conv"))
grad_model = Model(model.input, [model.get_layer(last_conv).output, model.output])
with tf.GradientTape() as tape:
    maps, scores = grad_model(np.random.rand(1, 32, 32, 3).astype("float32"))
    best = tf.reduce_max(scores, axis=-1)
print(tape.gradient(best, maps).shape)
