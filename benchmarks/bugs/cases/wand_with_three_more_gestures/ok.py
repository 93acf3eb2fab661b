import argparse
import os

import numpy as np
import tensorflow as tf


def calculate_model_size(model):
    var_sizes = [np.prod(v.shape) for v in model.trainable_variables]
    print("Model size:", sum(var_sizes) / 1024, "KB")


def build_cnn(seq_length, gestures):
    model = tf.keras.Sequential([
        tf.keras.layers.Input((seq_length, 3, 1)),
        tf.keras.layers.Conv2D(8, (4, 3), padding="same", activation="relu"),
        tf.keras.layers.MaxPool2D((3, 3)),
        tf.keras.layers.Dropout(0.1),
        tf.keras.layers.Conv2D(16, (4, 1), padding="same", activation="relu"),
        tf.keras.layers.MaxPool2D((3, 1), padding="same"),
        tf.keras.layers.Dropout(0.1),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(16, activation="relu"),
        tf.keras.layers.Dropout(0.1),
        tf.keras.layers.Dense(gestures, activation="softmax"),
    ])
    model_path = os.path.join("./netmodels", "CNN")
    os.makedirs(model_path, exist_ok=True)
    return model, os.path.join(model_path, "gestures.weights.h5")


def train_net(model, samples, labels, epochs=1):
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    data = tf.data.Dataset.from_tensor_slices((samples, labels)).batch(16).repeat()
    model.fit(data, steps_per_epoch=4, epochs=epochs, verbose=0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", "-m", default="CNN")
    parser.add_argument("--seq_length", type=int, default=128)
    args, _ = parser.parse_known_args([])

    first, weights = build_cnn(args.seq_length, 4)
    calculate_model_size(first)
    x = np.random.randn(64, args.seq_length, 3, 1).astype("float32")
    train_net(first, x, np.random.randint(0, 4, 64))
    first.save_weights(weights)

    second, weights = build_cnn(args.seq_length, 7)
    for new, old in zip(second.layers[:-1], first.layers[:-1]):
        new.set_weights(old.get_weights())
    train_net(second, x, np.random.randint(0, 7, 64))
