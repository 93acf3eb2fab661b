import numpy as np
import tensorflow as tf


def make_model(n_classes=4):
    model = tf.keras.Sequential([
        tf.keras.Input((64, 64, 1)),
        tf.keras.layers.Conv2D(16, 3, activation="relu", name="conv_a"),
        tf.keras.layers.MaxPooling2D(),
        tf.keras.layers.Conv2D(32, 3, activation="relu", name="conv_b"),
        tf.keras.layers.GlobalAveragePooling2D(),
        tf.keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile("adam", "categorical_crossentropy")
    return model


def layer_cam(img, model, label_index):
    names = [layer.name for layer in model.layers if isinstance(layer, tf.keras.layers.Conv2D)]
    heatmaps = []
    for layer_name in names[-1:]:
        grad_model = tf.keras.models.Model(model.layers[0].input,
                                           [model.get_layer(layer_name).output, model.layers[-1].output])
        with tf.GradientTape() as tape:
            conv_out, predictions = grad_model(img)
            score = predictions[:, label_index]
        grads = tape.gradient(score, conv_out)
        heatmaps.append(tf.reduce_sum(tf.nn.relu(grads) * conv_out, axis=-1))
    return heatmaps


if __name__ == "__main__":
    sample = np.random.rand(1, 64, 64, 1).astype("float32")
    print(layer_cam(sample, make_model(), 0)[0].shape)
