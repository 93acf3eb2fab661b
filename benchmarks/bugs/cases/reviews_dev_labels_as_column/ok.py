import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.model_selection import train_test_split
from tensorflow.keras import Input
from tensorflow.keras.layers import Dense, Dropout
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

titles = ["red running shoes", "black leather bag", "usb cable", "wool scarf", "phone case", "garden chair"] * 20
fashion = np.array([1, 1, 0, 1, 0, 0] * 20)
counts = CountVectorizer(binary=True).fit_transform(titles).toarray()
train_features, dev_features, train_labels, dev_labels = train_test_split(
    counts, fashion, test_size=0.25, random_state=1)
n_features = train_features.shape[1]


def make_model():
    model = Sequential()
    model.add(Input((n_features,)))
    model.add(Dense(64, activation="relu"))
    model.add(Dropout(0.5))
    model.add(Dense(2, activation="softmax"))
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


model = make_model()
train_targets = to_categorical(train_labels, 2)
model.fit(train_features, train_targets, epochs=2, batch_size=16,
          validation_data=(dev_features, to_categorical(dev_labels, 2)))
