import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

VARIANTS = {"vgg11": (1, 1, 2, 2, 2), "vgg16": (2, 2, 3, 3, 3)}


class ClassifiersFactory:
    def get(self, name):
        if name not in VARIANTS:
            raise ValueError(f"No such model {name!r}, available: {sorted(VARIANTS)}")

        def classifier(input_shape, classes=10, pool_size=4, include_top=True, weights=None):
            return vgg(VARIANTS[name], input_shape, classes, pool_size, include_top)

        return classifier, lambda x: x / 255.0


def vgg(repetitions, input_shape, classes, pool_size, include_top):
    inputs = layers.Input(shape=input_shape)
    x = inputs
    for block, repeated in enumerate(repetitions, start=1):
        for conv in range(1, repeated + 1):
            filters = min(8 * 2**block, 64)
            x = layers.Conv1D(filters, 9, padding="same", activation="relu", name=f"block{block}_conv{conv}")(x)
        x = layers.MaxPooling1D(pool_size, strides=pool_size, name=f"block{block}_pool")(x)
    if include_top:
        x = layers.GlobalAveragePooling1D()(x)
        x = layers.Dense(classes, activation="softmax", name="predictions")(x)
    return keras.Model(inputs, x)


Classifiers = ClassifiersFactory()
VGG16, preprocess_input = Classifiers.get("vgg16")
model = VGG16(input_shape=(32, 2), classes=5)
print(model.predict(preprocess_input(np.random.rand(3, 32, 2)), verbose=0).shape)
