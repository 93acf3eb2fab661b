import numpy as np
from sklearn.model_selection import train_test_split
from tensorflow.keras.layers import Dense, Dropout
from tensorflow.keras.models import Sequential

features = np.random.rand(160, 100)
labels = np.random.randint(0, 2, size=160)
train_features, dev_features, train_labels, dev_labels = train_test_split(features, labels, test_size=0.25)
train_labels = np.eye(2)[train_labels]
model = Sequential()
model.add(Dense(32, input_dim=100, activation="relu"))
model.add(Dropout(0.5))
model.add(Dense(2, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
model.fit(train_features, train_labels, batch_size=32, epochs=1, verbose=0,
          validation_data=(dev_features, dev_labels[:, np.newaxis]))
