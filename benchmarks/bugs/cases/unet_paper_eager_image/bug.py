import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import BatchNormalization, Concatenate, Conv2D, Conv2DTranspose, Cropping2D, MaxPooling2D, ReLU

image = np.random.rand(572, 572, 3).astype("float32")
batch = tf.Variable(image.reshape(1, 572, 572, 3))


def double_conv(x, filters):
    for _ in range(2):
        x = Conv2D(filters, (3, 3), strides=(1, 1))(x)
        x = ReLU()(BatchNormalization()(x))
    return x


skips = []
x = batch
for filters in (4, 8, 16, 32):
    x = double_conv(x, filters)
    skips.append(x)
    x = MaxPooling2D(pool_size=(2, 2), strides=(2, 2), padding="same")(x)

x = double_conv(x, 64)
print("bottom", x.shape)

for filters, skip in zip((32, 16, 8, 4), reversed(skips)):
    x = Conv2DTranspose(filters, (2, 2), strides=(2, 2), padding="same")(x)
    x = Concatenate(axis=3)([skip, x])
    x = double_conv(x, filters)
print(Conv2D(2, 1)(x).shape)
