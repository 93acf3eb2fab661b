import numpy as np
import tensorflow as tf
from dataclasses import dataclass


@dataclass
class M:
    pixel_width = 84
    pixel_height = 52
    target_size = (pixel_height, pixel_width, 1)


def make_model():
    inputs = tf.keras.Input(M.target_size)
    x = tf.keras.layers.Conv2D(8, 3, activation="relu", name="conv_a")(inputs)
    x = tf.keras.layers.MaxPooling2D()(x)
    x = tf.keras.layers.Conv2D(16, 3, activation="relu", name="last_conv")(x)
    x = tf.keras.layers.GlobalAveragePooling2D()(x)
    return tf.keras.Model(inputs, tf.keras.layers.Dense(4)(x))


def grad_cam(model, image_array, layer_name="last_conv"):
    grad_model = tf.keras.Model(model.inputs, [model.get_layer(layer_name).output, model.output])
    with tf.GradientTape() as tape:
        conv_outputs, predictions = grad_model(image_array)
        loss = predictions[:, 0]
    grads = tape.gradient(loss, conv_outputs)
    weights = tf.reduce_mean(grads, axis=(1, 2))
    return tf.reduce_sum(weights[:, None, None, :] * conv_outputs, axis=-1)


def main():
    test_images = np.random.rand(10, *M.target_size).astype("float32")
    model = make_model()
    image_array = test_images[:1]
    cam = grad_cam(model, image_array)
    print(cam.shape)


main()
