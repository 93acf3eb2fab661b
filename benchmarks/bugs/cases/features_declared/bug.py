import numpy as np
import tensorflow as tf
from sklearn.model_selection import train_test_split

data = np.random.rand(150, 5)
X, y = data[:, :4], data[:, 4]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
model = tf.keras.Sequential([
    tf.keras.layers.Input(shape=(5,)),
    tf.keras.layers.Dense(8, activation="relu"),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer="adam", loss="mae")
model.fit(X_train, y_train, epochs=1, validation_split=0.1)
