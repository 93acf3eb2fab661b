from dataclasses import dataclass, field

import numpy as np
import tensorflow as tf


@dataclass
class Settings:
    rows: int = 16
    columns: int = 64
    classes: int = 20
    filters: list = field(default_factory=lambda: [16, 32])
    learning_rate: float = 1e-3


def range_image_net(cfg):
    inputs = tf.keras.Input((cfg.rows, cfg.columns, 5))
    x = inputs
    for f in cfg.filters:
        x = tf.keras.layers.Conv2D(f, 3, padding="same", activation="relu")(x)
        x = tf.keras.layers.Conv2D(f, 3, padding="same", dilation_rate=2, activation="relu")(x)
    outputs = tf.keras.layers.Conv2D(cfg.classes, 1, activation="softmax")(x)
    return tf.keras.Model(inputs, outputs)


cfg = Settings()
scans = np.random.rand(6, cfg.rows, cfg.columns, 5).astype("float32")
labels = np.random.randint(0, cfg.classes, (6, cfg.rows, cfg.columns, 1))

model = range_image_net(cfg)
model.compile(
    optimizer=tf.keras.optimizers.Adam(cfg.learning_rate),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy", tf.keras.metrics.MeanIoU(num_classes=cfg.classes, sparse_y_pred=False)],
)
model.fit(scans, labels, batch_size=2, epochs=1)
