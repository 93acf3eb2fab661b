import numpy as np
import tensorflow as tf
import keras


def build(size=64, classes=4):
    return keras.Sequential([
        keras.layers.InputLayer(shape=(size, size, 3)),
        keras.layers.BatchNormalization(),
        keras.layers.Conv2D(16, (3, 3), activation="relu", strides=2),
        keras.layers.MaxPooling2D(pool_size=(2, 2), strides=2),
        keras.layers.Conv2D(32, (3, 3), activation="relu", name="last_conv"),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(classes),
    ])


def make_gradcam_heatmap(img_array, model, last_conv_layer_name, pred_index=None):
    grad_model = keras.models.Model(
        model.inputs, [model.get_layer(last_conv_layer_name).output, model.layers[-1].output])
    with tf.GradientTape() as tape:
        last_conv_layer_output, preds = grad_model(img_array)
        if pred_index is None:
            pred_index = tf.argmax(preds[0])
        class_channel = preds[:, pred_index]
    grads = tape.gradient(class_channel, last_conv_layer_output)
    pooled_grads = tf.reduce_mean(grads, axis=(0, 1, 2))
    heatmap = last_conv_layer_output[0] @ pooled_grads[..., tf.newaxis]
    heatmap = tf.squeeze(heatmap)
    return (tf.maximum(heatmap, 0) / tf.math.reduce_max(heatmap)).numpy()


model = build()
image = np.random.rand(1, 64, 64, 3).astype("float32")
print(make_gradcam_heatmap(image, model, "last_conv").shape)
