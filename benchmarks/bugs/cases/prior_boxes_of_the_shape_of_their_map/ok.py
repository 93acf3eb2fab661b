import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


class PriorBox(layers.Layer):
    def __init__(self, img_size, min_size, max_size=None, aspect_ratios=(2,), variances=(0.1, 0.1, 0.2, 0.2), **kwargs):
        super().__init__(**kwargs)
        self.img_size = img_size
        self.min_size = min_size
        self.max_size = max_size
        self.ratios = [1.0] + ([1.0] if max_size else [])
        for ratio in aspect_ratios:
            self.ratios += [ratio, 1.0 / ratio]
        self.variances = np.array(variances)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], input_shape[1] * input_shape[2] * len(self.ratios), 8)

    def call(self, x):
        height, width = x.shape[1], x.shape[2]
        ys, xs = np.meshgrid((np.arange(height) + 0.5) / height, (np.arange(width) + 0.5) / width, indexing="ij")
        centers = np.stack([xs, ys, xs, ys], axis=-1).reshape(-1, 1, 4)
        sizes = np.array([[-r, -1 / r, r, 1 / r] for r in self.ratios]) * self.min_size / self.img_size[0] / 2
        boxes = np.clip(centers + sizes, 0.0, 1.0).reshape(-1, 4)
        boxes = np.concatenate([boxes, np.tile(self.variances, (len(boxes), 1))], axis=1)
        return tf.tile(tf.constant(boxes[None], tf.float32), [tf.shape(x)[0], 1, 1])


def ssd(input_shape=(152, 152, 3), num_classes=4):
    img_size = input_shape[:2]
    x = inputs = layers.Input(input_shape)
    maps = []
    for filters in (8, 16, 32, 64):
        x = layers.Conv2D(filters, 3, strides=2, padding="same", activation="relu")(x)
        maps.append(x)
    locations, confidences, priors = [], [], []
    for number, (feature, size) in enumerate(zip(maps[1:], (30, 60, 114)), start=1):
        prior = PriorBox(img_size, size, max_size=size * 1.5, name=f"prior_{number}")
        boxes = len(prior.ratios)
        loc = layers.Conv2D(boxes * 4, 3, padding="same")(feature)
        locations.append(layers.Reshape((-1, 4))(loc))
        conf = layers.Conv2D(boxes * num_classes, 3, padding="same")(feature)
        confidences.append(layers.Reshape((-1, num_classes))(conf))
        priors.append(prior(feature))
    mbox_loc = layers.concatenate(locations, axis=1, name="mbox_loc")
    mbox_conf = layers.concatenate(confidences, axis=1, name="mbox_conf")
    mbox_conf = layers.Activation("softmax")(mbox_conf)
    mbox_priorbox = layers.concatenate(priors, axis=1, name="mbox_priorbox")
    return models.Model(inputs, layers.concatenate([mbox_loc, mbox_conf, mbox_priorbox], axis=2))


model = ssd()
print(model.output_shape)
