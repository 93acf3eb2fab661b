import json

import numpy as np
from tensorflow.keras import Sequential, layers, optimizers
from tensorflow.keras.applications import VGG16
from tensorflow.keras.preprocessing.image import ImageDataGenerator

settings = json.loads("""{"side": 64, "batch_size": 20, "classes": ["pumpkin", "tomato", "watermelon"]}""")
side = settings["side"]
vgg_conv = VGG16(weights=None, include_top=False, input_shape=(side, side, 3))
nTrain = 40
nVal = 20

datagen = ImageDataGenerator(rescale=1.0 / 255)
batch_size = settings["batch_size"]
classes = len(settings["classes"])


def photos(count):
    x = np.random.randint(0, 255, (count, side, side, 3)).astype("float32")
    y = np.eye(classes)[np.random.randint(0, classes, count)]
    return x, y


def extract(generator, count):
    features = np.zeros(shape=(count, 2, 2, 512))
    labels = np.zeros(shape=(count, classes))
    i = 0
    for inputs_batch, labels_batch in generator:
        features_batch = vgg_conv.predict(inputs_batch, verbose=0)
        features[i * batch_size : (i + 1) * batch_size] = features_batch
        labels[i * batch_size : (i + 1) * batch_size] = labels_batch
        i += 1
        if i * batch_size >= count:
            break
    return features.reshape((count, 2 * 2 * 512)), labels


train_generator = datagen.flow(*photos(120), batch_size=batch_size, shuffle=True)
validation_generator = datagen.flow(*photos(60), batch_size=batch_size, shuffle=False)
train_features, train_labels = extract(train_generator, nTrain)
validation_features, validation_labels = extract(validation_generator, nVal)

model = Sequential()
model.add(layers.Dense(256, activation="relu", input_dim=2 * 2 * 512))
model.add(layers.Dropout(0.5))
model.add(layers.Dense(classes, activation="softmax"))
model.compile(optimizer=optimizers.RMSprop(learning_rate=2e-4), loss="categorical_crossentropy", metrics=["acc"])
model.fit(train_features, train_labels, epochs=1, batch_size=batch_size, validation_data=(validation_features, validation_labels))
