import tensorflow as tf
from tensorflow.keras import layers


def gated(x, filters, stride=1, name=None):
    both = layers.Conv2D(2 * filters, 3, strides=stride, padding="same", name=name)(x)
    value, gate = tf.keras.ops.split(both, 2, axis=-1)
    return layers.Multiply()([layers.Activation("elu")(value), layers.Activation("sigmoid")(gate)])


def coarse(image, mask, base):
    x = layers.Concatenate()([image, mask])
    for number, filters in enumerate((base, 2 * base, 4 * base)):
        x = gated(x, filters, stride=2, name=f"coarse_{number}")
    return x


def generator(args):
    image = tf.keras.Input((args.image_shape[0], args.image_shape[1], 3), name="image")
    mask = tf.keras.Input((args.image_shape[0], args.image_shape[1], 1), name="mask")
    low = coarse(image, mask, args.base)
    vertices = layers.Flatten()(layers.AveragePooling2D(4)(low))
    vertices = layers.Dense(32 * 32, name="vertices")(vertices)
    grid = layers.Reshape((-1, 32, 1))(vertices)
    x = layers.Concatenate(axis=-1)([low, grid])
    for filters in (2 * args.base, args.base, args.base):
        x = gated(layers.UpSampling2D()(x), filters)
    return tf.keras.Model([image, mask], layers.Conv2D(3, 3, padding="same", activation="tanh")(x))
