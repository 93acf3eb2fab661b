import tensorflow as tf
from tensorflow.keras import layers, models

bn_mom = 0.1


class Resize(layers.Layer):
    def __init__(self, size, **kwargs):
        super().__init__(**kwargs)
        self.size = size

    def call(self, x):
        width_output, height_output = self.size
        y = x
        return tf.image.resize(y, (height_output, width_output))


def basic_block(x_in, planes, stride=1, downsample=None, no_relu=False):
    x = layers.Conv2D(planes, 3, padding="same", strides=stride, use_bias=False)(x_in)
    x = layers.BatchNormalization(momentum=bn_mom)(x)
    x = layers.Activation("relu")(x)
    x = layers.Conv2D(planes, 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization(momentum=bn_mom)(x)
    residual = x_in if downsample is None else downsample
    x = layers.Add()([x, residual])
    return x if no_relu else layers.Activation("relu")(x)


def make_layer(x_in, block, inplanes, planes, blocks_num, stride=1):
    downsample = None
    if stride != 1 or inplanes != planes:
        downsample = layers.Conv2D(planes, 1, strides=stride, use_bias=False)(x_in)
        downsample = layers.BatchNormalization(momentum=bn_mom)(downsample)
    x = block(x_in, planes, stride, downsample)
    for i in range(1, blocks_num):
        x = block(x, planes, no_relu=i == blocks_num - 1)
    return x


def ddrnet(input_shape, layers_arg=(2, 2, 2, 2), num_classes=19, planes=32):
    x_in = layers.Input(input_shape)
    height_output, width_output = input_shape[0] // 8, input_shape[1] // 8
    highres_planes = planes * 2
    x = layers.Conv2D(planes, 3, strides=2, padding="same")(x_in)
    x = layers.Activation("relu")(layers.Conv2D(planes, 3, strides=2, padding="same")(x))
    layers_inside = [make_layer(x, basic_block, planes, planes, layers_arg[0])]
    x = layers.Activation("relu")(layers_inside[-1])
    layers_inside.append(make_layer(x, basic_block, planes, planes * 2, layers_arg[1], stride=2))
    x = layers.Activation("relu")(layers_inside[-1])
    layers_inside.append(make_layer(x, basic_block, planes * 2, planes * 4, layers_arg[2], stride=2))
    x_ = make_layer(x, basic_block, planes * 2, highres_planes, 2)
    # low to high
    x_temp = layers.Activation("relu")(layers_inside[2])
    x_temp = layers.Conv2D(highres_planes, 1, use_bias=False)(x_temp)
    x_temp = Resize((width_output, height_output))(layers.BatchNormalization(momentum=bn_mom)(x_temp))
    x_ = layers.Add()([x_, x_temp])
    x_ = layers.Conv2D(num_classes, 1)(layers.Activation("relu")(x_))
    return models.Model(x_in, layers.UpSampling2D(8, interpolation="bilinear")(x_))


if __name__ == "__main__":
    model = ddrnet((256, 512, 3))
    print(model.count_params())
