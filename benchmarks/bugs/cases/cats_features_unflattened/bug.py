import numpy as np
from tensorflow.keras import layers, models
from tensorflow.keras.applications import VGG16

conv_base = VGG16(weights=None, include_top=False, input_shape=(64, 64, 3))
batch_size = 8


def batches_of(count):
    while True:
        yield np.random.rand(batch_size, 64, 64, 3), np.random.randint(0, 2, batch_size)


def extract_features(sample_count):
    features = np.zeros(shape=(sample_count, 2, 2, 512))
    labels = np.zeros(shape=(sample_count))
    i = 0
    for inputs_batch, labels_batch in batches_of(sample_count):
        features_batch = conv_base.predict(inputs_batch, verbose=0)
        features[i * batch_size:(i + 1) * batch_size] = features_batch
        labels[i * batch_size:(i + 1) * batch_size] = labels_batch
        i += 1
        if i * batch_size >= sample_count:
            break
    return features, labels


train_features, train_labels = extract_features(32)
validation_features, validation_labels = extract_features(16)

model = models.Sequential()
model.add(layers.Dense(64, activation="relu"))
model.add(layers.Dropout(0.5))
model.add(layers.Dense(1, activation="sigmoid"))
model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["acc"])
history = model.fit(train_features, train_labels, epochs=1, batch_size=8, validation_data=(validation_features, validation_labels))
