import tensorflow as tf
from tensorflow.keras import layers


def separable(x, filters, kernel, strides, name):
    x = layers.Activation("relu")(x)
    x = layers.SeparableConv2D(filters, kernel, strides=strides, padding="same", use_bias=False, name=name)(x)
    return layers.BatchNormalization()(x)


def adjust(p, ip, filters):
    if p is None:
        return ip
    if p.shape[1] != ip.shape[1]:
        p = layers.AveragePooling2D(1, strides=2)(layers.Activation("relu")(p))
    return layers.Conv2D(filters, 1, padding="same")(p)


def reduction(ip, p, filters, block):
    p = adjust(p, ip, filters)
    h = layers.Conv2D(filters, 1, padding="same", use_bias=False)(layers.Activation("relu")(ip))
    left = separable(h, filters, 5, 2, f"left1_{block}")
    right = separable(p, filters, 7, 2, f"right1_{block}")
    add1 = layers.add([left, right], name=f"add1_{block}")
    left = layers.MaxPooling2D(3, strides=2, padding="same")(h)
    right = separable(p, filters, 7, 2, f"right2_{block}")
    add2 = layers.add([left, right], name=f"add2_{block}")
    left = layers.AveragePooling2D(3, strides=2, padding="same")(h)
    right = separable(p, filters, 5, 1, f"right3_{block}")
    add3 = layers.add([left, right], name=f"add3_{block}")
    return layers.concatenate([add1, add2, add3]), ip


image = tf.keras.Input((112, 112, 3))
x = layers.Conv2D(11, 3, strides=2, padding="same")(image)
p = None
for block in ("stem_1", "stem_2"):
    x, p = reduction(x, p, 11 if block == "stem_1" else 22, block)
out = layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(x))
tf.keras.Model(image, out).summary()
