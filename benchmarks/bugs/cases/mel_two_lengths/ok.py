import numpy as np
from tensorflow.keras import Model, layers, losses, optimizers

input_length = 16000 * 2
batch_size = 8
n_mels = 320


def load_audio_file(seconds):
    return np.random.randn(16000 * seconds).astype("float32")


def preprocess_audio_mel(data, window=1024, hop=512):
    frames = 1 + len(data) // hop
    padded = np.pad(data, window // 2)
    spec = [np.abs(np.fft.rfft(padded[k * hop:k * hop + window]))[:n_mels] for k in range(frames)]
    return np.log1p(np.array(spec))[:, :, np.newaxis]


def get_model(nclass=5):
    inp = layers.Input(shape=(1 + input_length // 512, n_mels, 1))
    x = layers.BatchNormalization()(inp)
    for filters in (16, 32):
        x = layers.Conv2D(filters, (4, 10), padding="same", activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    out = layers.Dense(nclass, activation="softmax")(layers.Dense(64, activation="relu")(x))
    model = Model(inputs=inp, outputs=out)
    model.compile(optimizer=optimizers.Adam(1e-4), loss=losses.SparseCategoricalCrossentropy(), metrics=["acc"])
    return model


def load(count, seconds):
    sounds = [preprocess_audio_mel(load_audio_file(seconds)) for _ in range(count)]
    return np.array(sounds), np.random.randint(0, 5, size=count)


X, y = load(16, seconds=2)
model = get_model()
model.fit(X, y, batch_size=batch_size, epochs=1)
