import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

folder = tempfile.mkdtemp()
for split, count in (("train", 6), ("valid", 4)):
    for name in ("cats", "dogs"):
        os.makedirs(os.path.join(folder, split, name))
        for i in range(count):
            pixels = np.random.randint(0, 255, (90, 120, 3)).astype("uint8")
            tf.keras.utils.save_img(os.path.join(folder, split, name, f"{i}.png"), pixels)

training_set = tf.keras.utils.image_dataset_from_directory(
    os.path.join(folder, "train"), labels="inferred", label_mode="binary", batch_size=4, image_size=(128, 128))
validation_set = tf.keras.utils.image_dataset_from_directory(
    os.path.join(folder, "valid"), labels="inferred", label_mode="binary", batch_size=4, image_size=(128, 128))

cnn = models.Sequential()
cnn.add(layers.Conv2D(filters=16, kernel_size=3, padding="same", activation="relu", input_shape=[128, 128, 3]))
cnn.add(layers.MaxPool2D(pool_size=2, strides=2))
cnn.add(layers.Conv2D(filters=16, kernel_size=3, padding="same", activation="relu"))
cnn.add(layers.MaxPool2D(pool_size=2, strides=2))
cnn.add(layers.Flatten())
cnn.add(layers.Dense(units=64, activation="relu"))
cnn.add(layers.Dropout(0.4))
cnn.add(layers.Dense(units=1, activation="sigmoid"))
cnn.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
cnn.fit(x=training_set, validation_data=validation_set, epochs=1, verbose=0)
