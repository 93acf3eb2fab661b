import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

features = np.random.rand(60, 9).astype("float32")
targets = features @ np.random.rand(9, 1).astype("float32")
train_features, test_features = features[:48], features[48:]
train_targets, test_targets = targets[:48], targets[48:]

normalizer = layers.Normalization(axis=-1)
normalizer.adapt(train_features)
model = tf.keras.Sequential([normalizer, layers.Dense(32, activation="relu"), layers.Dense(1)])
model.compile(loss="mean_absolute_error", optimizer=tf.keras.optimizers.Adam(0.001))
model.fit(train_features, train_targets, epochs=1, verbose=0)
model.evaluate(test_features[:, 1:], test_targets, verbose=0)
