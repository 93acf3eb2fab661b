import tensorflow as tf
from tensorflow.keras.layers import Conv2D, Cropping2D, Input, MaxPool2D, UpSampling2D, concatenate


def get_crop_shape(target, refer):
    cw = target.shape[2] - refer.shape[2]
    assert cw >= 0
    cw1, cw2 = (cw // 2, cw // 2 + 1) if cw % 2 else (cw // 2, cw // 2)
    ch = target.shape[1] - refer.shape[1]
    assert ch >= 0
    ch1, ch2 = (ch // 2, ch // 2 + 1) if ch % 2 else (ch // 2, ch // 2)
    return (ch1, ch2), (cw1, cw2)


def conv_pair(x, filters):
    x = Conv2D(filters, 3, activation="relu")(x)
    return Conv2D(filters, 3, activation="relu")(x)


def Unet(input_shape=(None, None, 1), num_classes=2):
    inputs = Input(shape=input_shape)
    conv1 = conv_pair(inputs, 32)
    conv2 = conv_pair(MaxPool2D()(conv1), 64)
    conv3 = conv_pair(MaxPool2D()(conv2), 128)

    up4 = UpSampling2D((2, 2))(conv3)
    ch, cw = get_crop_shape(conv2, up4)
    conv4 = conv_pair(concatenate([up4, Cropping2D((ch, cw))(conv2)]), 64)

    up5 = UpSampling2D((2, 2))(conv4)
    ch, cw = get_crop_shape(conv1, up5)
    conv5 = conv_pair(concatenate([up5, Cropping2D((ch, cw))(conv1)]), 32)
    outputs = Conv2D(num_classes, 1, activation="softmax")(conv5)
    return tf.keras.Model(inputs, outputs)


my_model = Unet()
