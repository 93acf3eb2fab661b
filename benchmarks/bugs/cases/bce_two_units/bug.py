import numpy as np
import keras
from keras import layers
from sklearn.model_selection import train_test_split

X = np.random.rand(200, 30)
y = np.random.randint(0, 2, 200)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=0)
model = keras.Sequential()
model.add(layers.Input((30,)))
model.add(layers.Dense(16, activation="relu"))
model.add(layers.Dense(2, activation="sigmoid"))
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=1, batch_size=10)
