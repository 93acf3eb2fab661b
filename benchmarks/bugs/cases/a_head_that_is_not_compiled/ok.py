import numpy as np
import keras
from keras import layers

HEADS = {"valence": 1, "arousal": 1, "dominance": 1}


def emotion_net(steps, channels, heads):
    eeg = keras.Input((steps, channels), name="eeg")
    x = layers.Conv1D(16, 7, strides=2, activation="elu")(eeg)
    x = layers.GRU(12)(x)
    outputs = {name: layers.Dense(n, name=name)(x) for name, n in heads.items()}
    return keras.Model(eeg, outputs)


def targets(count, names):
    return {name: np.random.rand(count, 1) for name in names}


signals = np.random.randn(16, 64, 8)
y = targets(16, HEADS)
net = emotion_net(64, 8, HEADS)
net.compile("adam", loss={name: "mse" for name in HEADS})
net.fit(signals, y, batch_size=8, epochs=1, verbose=0)
