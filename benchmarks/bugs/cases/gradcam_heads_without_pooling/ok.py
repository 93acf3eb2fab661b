import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.backend.clear_session()


def regression(side=60):
    image = keras.Input((side, side, 1), name="image")
    x = image
    for number, filters in enumerate((16, 32, 32)):
        suffix = f"_{number}" if number else ""
        x = keras.layers.Conv2D(filters, 3, activation="relu", name="conv2d" + suffix)(x)
        x = keras.layers.MaxPooling2D(2, name="max_pooling2d" + suffix)(x)
    x = keras.layers.Flatten(name="flatten")(x)
    x = keras.layers.Dense(50, activation="relu", name="dense_1")(x)
    x = keras.layers.Dense(10, activation="relu", name="dense_2")(x)
    return keras.Model(image, keras.layers.Dense(1, name="dense")(x), name="steering")


def make_gradcam_heatmap(img_array, model, last_conv_layer_name, classifier_layer_names):
    last_conv_layer = model.get_layer(last_conv_layer_name)
    last_conv_layer_model = keras.Model(model.inputs, last_conv_layer.output)
    classifier_input = keras.Input(shape=last_conv_layer.output.shape[1:])
    x = classifier_input
    for layer_name in classifier_layer_names:
        x = model.get_layer(layer_name)(x)
    classifier_model = keras.Model(classifier_input, x)
    with tf.GradientTape() as tape:
        last_conv_layer_output = last_conv_layer_model(img_array)
        tape.watch(last_conv_layer_output)
        preds = classifier_model(last_conv_layer_output)
        top_class_channel = preds[:, 0]
    grads = tape.gradient(top_class_channel, last_conv_layer_output)
    pooled_grads = tf.reduce_mean(grads, axis=(0, 1, 2)).numpy()
    heatmap = last_conv_layer_output.numpy()[0] * pooled_grads
    heatmap = np.maximum(heatmap.mean(axis=-1), 0)
    return heatmap / (heatmap.max() or 1)


if __name__ == "__main__":
    model = regression()
    frames = np.random.rand(32, 60, 60, 1)
    model.compile("adam", "mse")
    model.fit(frames, np.random.uniform(-1, 1, 32), epochs=1, verbose=0)
    names = [
        "conv2d_2",
        "max_pooling2d_2",
        "flatten",
        "dense_1",
        "dense_2",
        "dense",
    ]
    classifier_layer_names = names[1:]
    heatmap = make_gradcam_heatmap(frames[:1], model, names[0], classifier_layer_names)
    print(heatmap.shape)
