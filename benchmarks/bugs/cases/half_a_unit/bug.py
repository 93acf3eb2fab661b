import keras
from keras import layers


def bottleneck(x, width, reduction):
    squeezed = layers.Dense(width / reduction, activation="relu")(x)
    return layers.Dense(width)(squeezed)


def adapter_network(features, width=64, reduction=4, depth=3):
    inputs = keras.Input((features,))
    x = layers.Dense(width)(inputs)
    for _ in range(depth):
        x = layers.LayerNormalization()(x)
        x = x + bottleneck(x, width, reduction)
    return keras.Model(inputs, layers.Dense(1)(x))


for reduction in (2, 4):
    print(adapter_network(12, reduction=reduction).count_params())
