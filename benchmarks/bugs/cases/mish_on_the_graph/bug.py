import tensorflow as tf
from tensorflow.keras import layers, models


def conv(x, filters, kernel_size, downsampling=False, activation="leaky", batch_norm=True):
    def mish(x):
        return x * tf.math.tanh(tf.math.softplus(x))

    if downsampling:
        x = layers.ZeroPadding2D(padding=((1, 0), (1, 0)))(x)
        padding, strides = "valid", 2
    else:
        padding, strides = "same", 1
    x = layers.Conv2D(filters, kernel_size, strides=strides, padding=padding, use_bias=not batch_norm)(x)
    if batch_norm:
        x = layers.BatchNormalization()(x)
    if activation == "mish":
        x = mish(x)
    elif activation == "leaky":
        x = layers.LeakyReLU(negative_slope=0.1)(x)
    return x


def residual_block(x, filters1, filters2, activation="leaky"):
    y = conv(x, filters1, kernel_size=1, activation=activation)
    y = conv(y, filters2, kernel_size=3, activation=activation)
    return layers.Add()([x, y])


def csp_block(x, residual_out, repeat, residual_bottleneck=False):
    route = conv(x, residual_out, 1, activation="mish")
    x = conv(x, residual_out, 1, activation="mish")
    for _ in range(repeat):
        x = residual_block(x, residual_out // 2 if residual_bottleneck else residual_out, residual_out, activation="mish")
    x = conv(x, residual_out, 1, activation="mish")
    return layers.Concatenate()([x, route])


class Yolov4:
    def __init__(self, img_size=(128, 128, 3), num_classes=3):
        x = inputs = layers.Input(shape=img_size)
        x = conv(x, 8, 3)
        x = conv(x, 16, 3, downsampling=True)
        x = csp_block(x, residual_out=16, repeat=1, residual_bottleneck=True)
        x = conv(x, 16, 1)
        x = conv(x, 3 * (num_classes + 5), 1, activation=None, batch_norm=False)
        self.yolo_model = models.Model(inputs, x, name="YOLOv4")


model = Yolov4()
print(model.yolo_model.output_shape)
