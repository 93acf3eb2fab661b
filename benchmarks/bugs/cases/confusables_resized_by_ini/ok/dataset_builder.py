import configparser

import tensorflow as tf


class DatasetBuilder:
    def __init__(self, path):
        config = configparser.ConfigParser()
        config.read(path)
        self.section = config["DATASET"]
        self.labels = self.section["labels"].split(",")
        self.size = (self.section.getint("resize_height"), self.section.getint("resize_width"))

    def _draw(self, number):
        image = tf.random.stateless_uniform((48, 40, 3), [number, 0])
        if self.section.getboolean("resize"):
            image = tf.image.resize(image, self.size)
        return image, tf.one_hot(number % len(self.labels), len(self.labels))

    def get_train_dataset(self, count=32):
        dataset = tf.data.Dataset.range(count).map(self._draw)
        return dataset.shuffle(count).batch(self.section.getint("batch_size"))
