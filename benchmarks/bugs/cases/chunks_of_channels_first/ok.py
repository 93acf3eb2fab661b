import numpy as np
from tensorflow.keras import layers, models

IMG_ROWS, IMG_COLS, NUM_LABELS = 32, 48, 8
images = [np.random.rand(IMG_ROWS, IMG_COLS) for _ in range(20)]
tracks = [np.eye(NUM_LABELS)[i % NUM_LABELS] for i in range(20)]


def normalize_image(data, mean_v=0.5, std_v=0.25):
    return (data - mean_v) / std_v


def get_chunk(images, tracks, img_rows, img_cols, num_labels):
    while True:
        for step in range(len(images)):
            data = normalize_image(np.array(images[step]))
            data = np.reshape(data, (-1, img_rows, img_cols, 1))
            y = np.reshape(np.array(tracks[step]), (1, num_labels))
            yield data, y


inputs = layers.Input((IMG_ROWS, IMG_COLS, 1))
x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(inputs)
shortcut = layers.Conv2D(32, 1, strides=2)(x)
x = layers.Conv2D(32, 3, strides=2, padding="same")(x)
x = layers.Activation("relu")(layers.add([x, shortcut]))
x = layers.GlobalAveragePooling2D()(x)
model = models.Model(inputs, layers.Dense(NUM_LABELS, activation="softmax")(x))
model.compile("sgd", "categorical_crossentropy")
model.fit(get_chunk(images, tracks, IMG_ROWS, IMG_COLS, NUM_LABELS), steps_per_epoch=5, epochs=1)
