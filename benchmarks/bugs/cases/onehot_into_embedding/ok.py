import numpy as np
from keras import layers, models, utils

vocab = sorted(set("the quick brown fox jumps over the lazy dog"))
index = {c: i for i, c in enumerate(vocab)}
text = "the quick brown fox jumps over the lazy dog " * 4
window = 8
ids = [index.get(c, 0) for c in text]
X = np.array([ids[i:i + window] for i in range(len(ids) - window)])
y = np.array([ids[i + window] for i in range(len(ids) - window)])

model = models.Sequential()
model.add(layers.Embedding(len(vocab), 10))
model.add(layers.LSTM(32))
model.add(layers.Dense(len(vocab), activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["acc"])
model.fit(X, y, epochs=1, batch_size=32)
