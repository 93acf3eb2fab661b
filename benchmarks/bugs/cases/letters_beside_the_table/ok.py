import numpy as np
import pandas as pd
from keras.layers import Dense, Dropout, Embedding, Flatten
from keras.models import Sequential
from sklearn.model_selection import train_test_split

dataset = pd.DataFrame(np.random.randint(0, 255, (66, 65)))
dataset["letter"] = np.arange(66) % 33
points = np.array(dataset)
labels = pd.get_dummies(dataset["letter"]).values.astype("float32")
train_X, test_X, train_y, test_y = train_test_split(points, labels, test_size=0.25, random_state=50)
model = Sequential()
model.add(Dense(64, activation="relu", input_shape=(66,)))
model.add(Dropout(0.2))
model.add(Dense(33, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
model.fit(train_X, train_y, epochs=1, batch_size=16, validation_data=(test_X, test_y), verbose=0)
