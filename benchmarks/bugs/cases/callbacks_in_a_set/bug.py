import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


def get_model(img_size, num_classes):
    inputs = keras.Input(shape=img_size + (3,))
    x = layers.Rescaling(1.0 / 255)(inputs)
    x = layers.Conv2D(8, 3, strides=2, activation="relu", padding="same")(x)
    x = layers.Conv2D(16, 3, activation="relu", padding="same")(x)
    x = layers.Conv2DTranspose(8, 3, strides=2, activation="relu", padding="same")(x)
    outputs = layers.Conv2D(num_classes, 3, activation="softmax", padding="same")(x)
    return keras.Model(inputs, outputs)


img_size = (32, 32)
input_imgs = np.random.randint(0, 255, (12,) + img_size + (3,)).astype("float32")
targets = np.random.randint(0, 3, (12,) + img_size + (1,)).astype("uint8")
model = get_model(img_size, 3)
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy")

callbacks = {
    keras.callbacks.ModelCheckpoint("oxford_segmentation.keras", save_best_only=True),
    keras.callbacks.EarlyStopping(patience=3),
}
history = model.fit(
    input_imgs[:8],
    targets[:8],
    epochs=1,
    callbacks=[callbacks],
    validation_data=(input_imgs[8:], targets[8:]),
)
