import numpy as np
from keras.layers import BatchNormalization, Conv2D, Dense, Input, MaxPool2D, Reshape, TimeDistributed, Flatten
from keras.models import Model

N_MELS, KEYS = 57, 88
FRAMES_PER_SECOND = 31
SECONDS = 5


def acoustic(name, frames=FRAMES_PER_SECOND * SECONDS):
    mels = Input((frames, N_MELS), name=f"{name}_mels")
    x = Reshape((frames, N_MELS, 1))(mels)
    x = Conv2D(8, 3, padding="same", activation="relu")(x)
    x = BatchNormalization(scale=False)(x)
    x = MaxPool2D((1, 2))(x)
    x = TimeDistributed(Flatten())(x)
    return Model(mels, Dense(KEYS, activation="sigmoid")(x), name=name)


def split(mel, seconds):
    length = FRAMES_PER_SECOND * seconds
    pieces = int(np.ceil(len(mel) / length))
    padded = np.pad(mel, ((0, pieces * length - len(mel)), (0, 0)))
    return padded.reshape(pieces, length, N_MELS)


onMod, offMod, volMod = (acoustic(name) for name in ("onset", "offset", "volume"))

song = np.random.rand(FRAMES_PER_SECOND * 73, N_MELS)
melsReshaped = split(song, 20)
onProb, offProb, volProb = map(lambda mod: mod.predict(melsReshaped, 32, 1), [onMod, offMod, volMod])
print(onProb.reshape(-1, KEYS).shape)
