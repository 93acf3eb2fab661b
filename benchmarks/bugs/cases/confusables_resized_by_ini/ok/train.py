import configparser
import pathlib

import tensorflow as tf
from dataset_builder import DatasetBuilder

HERE = pathlib.Path(__file__).parent
CONFIG = HERE / "sample_config.ini"


def build_model(classes):
    config = configparser.ConfigParser()
    config.read(CONFIG)
    section = config["MODEL"]
    shape = tuple(int(part) for part in section["input_shape"].split(","))
    model = tf.keras.Sequential(name=section["name"])
    model.add(tf.keras.layers.Input(shape))
    model.add(tf.keras.layers.Conv2D(8, 3, strides=2, activation="relu"))
    model.add(tf.keras.layers.Flatten())
    model.add(tf.keras.layers.Dense(section.getint("embedding")))
    model.add(tf.keras.layers.Dense(classes, activation="softmax"))
    return model


if __name__ == "__main__":
    builder = DatasetBuilder(CONFIG)
    model = build_model(len(builder.labels))
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    model.fit(builder.get_train_dataset(), epochs=1)
