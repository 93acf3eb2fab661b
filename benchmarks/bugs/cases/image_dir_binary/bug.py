import tensorflow as tf
from tensorflow.keras import layers

train_ds = tf.keras.utils.image_dataset_from_directory(
    "images", label_mode="int", class_names=["a", "b", "c"], image_size=(64, 64), batch_size=4)
model = tf.keras.Sequential([
    layers.Input((64, 64, 3)),
    layers.Rescaling(1.0 / 255),
    layers.Conv2D(8, 3),
    layers.GlobalAveragePooling2D(),
    layers.Dense(3, activation="softmax"),
])
model.compile("adam", loss=tf.keras.losses.CategoricalCrossentropy(), metrics=["accuracy"])
model.fit(train_ds, epochs=1)
