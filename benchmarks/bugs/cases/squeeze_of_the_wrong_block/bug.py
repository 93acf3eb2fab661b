from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Add, BatchNormalization, Conv2D, Dense, GlobalAveragePooling2D, Multiply, ReLU, Reshape


def se(x, channels, ratio=4):
    s = GlobalAveragePooling2D()(x)
    s = Dense(channels // ratio, activation="relu")(s)
    s = Dense(channels, activation="sigmoid")(s)
    return Multiply()([x, Reshape((1, 1, channels))(s)])


def block(x, filters, stride=1):
    y = ReLU()(BatchNormalization()(Conv2D(filters, 1)(x)))
    y = ReLU()(BatchNormalization()(Conv2D(filters, 3, strides=stride, padding="same")(y)))
    y = BatchNormalization()(Conv2D(filters * 4, 1)(y))
    y = se(y, filters)
    if stride != 1 or x.shape[-1] != filters * 4:
        x = Conv2D(filters * 4, 1, strides=stride)(x)
    return ReLU()(Add()([x, y]))


inputs = Input((56, 56, 32))
x = inputs
for filters, stride in [(16, 1), (32, 2)]:
    x = block(x, filters, stride)
model = Model(inputs, x)
