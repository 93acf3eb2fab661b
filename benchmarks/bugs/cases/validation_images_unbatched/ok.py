import tensorflow as tf


class config:
    batch_size = 4
    epochs = 1
    image_size = (32, 32)


train_ds, val_ds = tf.keras.utils.image_dataset_from_directory(
    "dataset",
    validation_split=0.25,
    subset="both",
    image_size=config.image_size,
    interpolation="bicubic",
    batch_size=None,
    color_mode="grayscale",
    shuffle=True,
    seed=123,
)


def preprocessing(image, label):
    image = tf.clip_by_value(tf.cast(image, dtype=tf.float32) / 255.0, 0.0, 1.0)
    return image, label


train_ds = train_ds.map(preprocessing, num_parallel_calls=tf.data.AUTOTUNE)
train_ds = train_ds.batch(config.batch_size, drop_remainder=True).prefetch(tf.data.AUTOTUNE)
val_ds = val_ds.map(preprocessing).batch(config.batch_size)

model = tf.keras.Sequential([
    tf.keras.layers.Input((*config.image_size, 1)),
    tf.keras.layers.Conv2D(8, 3, strides=2, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(2, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_ds, epochs=config.epochs, validation_data=val_ds)
