import tensorflow as tf


def conv_bn(inputs, filters, kernel_size, strides, padding="same", zero_pad=False, activation="leaky"):
    if zero_pad:
        inputs = tf.keras.layers.ZeroPadding2D(((1, 0), (1, 0)))(inputs)
    x = tf.keras.layers.Conv2D(filters, kernel_size, strides, padding=padding, use_bias=False)(inputs)
    x = tf.keras.layers.BatchNormalization()(x)
    if activation == "leaky":
        x = tf.keras.layers.LeakyReLU(0.1)(x)
    elif activation == "mish":
        x = x * tf.keras.layers.Activation("tanh")(tf.keras.layers.Activation("softplus")(x))
    return x


def csp_block(inputs, filters, num_blocks):
    half = filters // 2
    x = conv_bn(inputs, filters, 3, 2, padding="valid", zero_pad=True, activation="mish")
    route = conv_bn(x, half, 1, 1, activation="mish")
    x = conv_bn(x, half, 1, 1, activation="mish")
    for _ in range(num_blocks):
        y = conv_bn(x, half, 1, 1, activation="mish")
        y = conv_bn(y, half, 3, 1, activation="mish")
        x = tf.keras.layers.Add()([x, y])
    x = conv_bn(x, half, 1, 1, activation="mish")
    x = tf.keras.layers.Concatenate()([x, route])
    return conv_bn(x, filters, 1, 1, activation="mish")


def csp_darknet53(input_shape):
    inputs = tf.keras.Input(shape=input_shape)
    x = conv_bn(inputs, 16, 3, 1, activation="mish")
    outputs = []
    for filters, blocks in [(32, 1), (64, 1), (128, 2), (256, 2), (512, 1)]:
        x = csp_block(x, filters, blocks)
        outputs.append(x)
    return tf.keras.Model(inputs, outputs[-3:], name="CSPDarknet53")


def yolov4_neck(input_shapes):
    in_1, in_2, in_3 = [tf.keras.Input(filter(None, shape)) for shape in input_shapes]
    x = conv_bn(in_3, 256, 1, 1)
    up_1 = tf.keras.layers.UpSampling2D()(conv_bn(x, 128, 1, 1))
    side = conv_bn(in_2, 128, 1, 1)
    x_2 = tf.keras.layers.Concatenate()([side, up_1])
    x_2 = conv_bn(x_2, 128, 1, 1)
    up_2 = tf.keras.layers.UpSampling2D()(conv_bn(x_2, 64, 1, 1))
    x_1 = tf.keras.layers.Concatenate()([conv_bn(in_1, 64, 1, 1), up_2])
    return tf.keras.Model([in_1, in_2, in_3], [x_1, x_2, x], name="YOLOv4_neck")


def YOLOv4(input_shape, num_classes):
    backbone = csp_darknet53(input_shape)
    neck = yolov4_neck([tuple(o.shape) for o in backbone.outputs])
    inputs = tf.keras.Input(shape=input_shape)
    features = neck(backbone(inputs))
    heads = [tf.keras.layers.Conv2D(3 * (num_classes + 5), 1)(f) for f in features]
    return tf.keras.Model(inputs, heads, name="YOLOv4")


model = YOLOv4(input_shape=(400, 820, 3), num_classes=80)
