import numpy as np
from tensorflow.keras.utils import to_categorical
from tensorflow.keras import layers, models

CLASSES = 10
test_images = []
labels = []
for i in range(12):
    test_images.append(np.random.rand(48, 48, 3))
    rand = np.random.randint(CLASSES, size=(48, 48))
    labels.append(rand)
test_images = np.array(test_images)
labels = to_categorical(np.array(labels), num_classes=CLASSES)
x_train, x_val = test_images[:8], test_images[8:]
y_train, y_val = labels[:8], labels[8:]


def unet(input_shape, classes):
    inputs = layers.Input(input_shape)
    down = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
    low = layers.MaxPooling2D()(down)
    low = layers.Conv2D(16, 3, padding="same", activation="relu")(low)
    up = layers.concatenate([layers.UpSampling2D()(low), down])
    return models.Model(inputs, layers.Conv2D(classes, 1, activation="softmax")(up))


model = unet((48, 48, 3), CLASSES)
model.compile("Adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=4, epochs=1, validation_data=(x_val, y_val))
