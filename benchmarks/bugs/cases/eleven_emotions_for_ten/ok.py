import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Activation, Conv1D, Dense, Dropout, Flatten, MaxPooling1D
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

EMOTIONS = {"01": "neutral", "03": "happy", "04": "sad", "05": "angry", "06": "fearful"}


def label_of(item):
    """What the name of a recording says of its speaker and of the feeling."""
    code, actor = item[6:8], int(item[18:20])
    return ("female_" if actor % 2 == 0 else "male_") + EMOTIONS.get(code, "calm")


mylist = [f"03-01-{code}-01-01-01-{actor:02d}.wav" for code in ("02", "03", "04", "05", "06") for actor in range(1, 13)]
mylist.append("03-01-01-01-01-01-01.wav")
labels = [label_of(name) for name in mylist]
features = np.random.rand(len(mylist), 216)

names, codes = np.unique(labels, return_inverse=True)
shuffled = np.random.permutation(len(labels))
split = int(0.8 * len(labels))
X, y = features[shuffled], to_categorical(codes[shuffled])
x_traincnn = np.expand_dims(X[:split], axis=2)
x_testcnn = np.expand_dims(X[split:], axis=2)
y_train, y_test = y[:split], y[split:]

model = Sequential()
model.add(Conv1D(256, 5, padding="same", input_shape=(216, 1)))
model.add(Activation("relu"))
model.add(Conv1D(128, 5, padding="same"))
model.add(Activation("relu"))
model.add(Dropout(0.1))
model.add(MaxPooling1D(pool_size=8))
model.add(Conv1D(128, 5, padding="same"))
model.add(Activation("relu"))
model.add(Flatten())
model.add(Dense(len(names)))
model.add(Activation("softmax"))
opt = tf.keras.optimizers.RMSprop(learning_rate=0.00001)
model.compile(loss="categorical_crossentropy", optimizer=opt, metrics=["accuracy"])
cnnhistory = model.fit(x_traincnn, y_train, batch_size=16, epochs=1, validation_data=(x_testcnn, y_test), verbose=0)
