import tensorflow as tf
from tensorflow.keras import layers

base = tf.keras.applications.MobileNetV2(input_shape=(128, 128, 3), include_top=False, weights=None)
layer_names = [
    "block_1_expand_relu",
    "block_3_expand_relu",
    "block_13_expand_relu",
    "block_13_expand_relu",
    "block_16_project",
]
down_stack = tf.keras.Model(inputs=base.input, outputs=[base.get_layer(name).output for name in layer_names])
down_stack.trainable = False


def upsample(filters):
    return tf.keras.Sequential([
        layers.Conv2DTranspose(filters, 3, strides=2, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.ReLU(),
    ])


def unet_model(output_channels):
    inputs = layers.Input(shape=[128, 128, 3])
    skips = down_stack(inputs)
    x = skips[-1]
    for filters, skip in zip([512, 256, 128, 64], reversed(skips[:-1])):
        x = upsample(filters)(x)
        x = layers.Concatenate()([x, skip])
    x = layers.Conv2DTranspose(output_channels, 3, strides=2, padding="same")(x)
    return tf.keras.Model(inputs=inputs, outputs=x)


model = unet_model(3)
