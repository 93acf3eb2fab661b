import keras


def basic(filters, strides=(1, 1), first=False):
    def f(x):
        if not first:
            x = keras.layers.BatchNormalization(axis=3)(x)
            x = keras.layers.Activation("relu")(x)
        y = keras.layers.Conv2D(filters, (3, 3), strides=strides, padding="same")(x)
        y = keras.layers.BatchNormalization(axis=3)(y)
        y = keras.layers.Activation("relu")(y)
        y = keras.layers.Conv2D(filters, (3, 3), padding="same")(y)
        return _shortcut(x, y)

    return f


def _shortcut(a, b, axis=3):
    a_shape = a.shape
    b_shape = b.shape
    x = int(round(a_shape[1] / b_shape[1]))
    y = int(round(a_shape[2] / b_shape[2]))
    if x > 1 or y > 1 or not a_shape[axis] == b_shape[axis]:
        a = keras.layers.Conv2D(b_shape[3], (1, 1), strides=(x, y), padding="same")(a)
        a = keras.layers.BatchNormalization(axis=3)(a)
    return keras.layers.add([a, b])


class ResNet(keras.Model):
    def __init__(self, inputs, blocks, block, features=64):
        x = keras.layers.Conv2D(32, (7, 7), strides=(2, 2), padding="same")(inputs)
        x = keras.layers.MaxPooling2D((3, 3), strides=(2, 2), padding="same")(x)
        for j, iterations in enumerate(blocks):
            for k in range(iterations):
                strides = (2, 2) if k == 0 and j > 0 else (1, 1)
                x = block(features, strides, j == 0 and k == 0)(x)
            features *= 2
        super().__init__(inputs, x)


class ResNet18(ResNet):
    def __init__(self, inputs):
        super().__init__(inputs, [2, 2, 2, 2], basic)


sar = keras.layers.Input((112, 112, 1))
print(ResNet18(sar).output_shape)
