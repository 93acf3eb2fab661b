import numpy as np
from tensorflow.keras import layers, models


def load_npy_weights():
    """What a checkpoint of the larger model holds, by the name of the layer."""
    rng = np.random.default_rng(7)
    return {
        "Conv2d_1a_3x3": [rng.normal(size=(3, 3, 3, 32))],
        "Bottleneck": [rng.normal(size=(1792, 512))],
    }


def inception_resnet_v1(input_shape=(160, 160, 3), classes=128):
    inputs = layers.Input(shape=input_shape)
    x = layers.Conv2D(32, 3, strides=2, use_bias=False, name="Conv2d_1a_3x3")(inputs)
    x = layers.ReLU()(x)
    x = layers.Conv2D(1792, 3, strides=8, name="Mixed_8b")(x)
    x = layers.GlobalAveragePooling2D(name="AvgPool")(x)
    x = layers.Dropout(0.2)(x)
    x = layers.Dense(classes, use_bias=False, name="Bottleneck")(x)
    return models.Model(inputs, x, name="inception_resnet_v1")


model = inception_resnet_v1(classes=512)
weights = load_npy_weights()
for layer in model.layers:
    if layer.name in weights:
        layer.set_weights(weights[layer.name])
print("saving weights of", len(weights), "layers")
