import os

import numpy as np
import tensorflow as tf
from tensorflow import keras

train_images = np.random.rand(200, 784).astype("float32")
train_labels = np.random.randint(0, 10, 200)
test_images, test_labels = train_images[:50], train_labels[:50]


# A simple sequential model, made anew for each use
def create_model():
    model = tf.keras.Sequential([
        keras.layers.Input((784,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(10),
    ])
    model.compile(
        optimizer="adam",
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[tf.keras.metrics.SparseCategoricalAccuracy()],
    )
    return model


model = create_model()
checkpoint_path = os.path.join("training_1", "cp.weights.h5")
os.makedirs(os.path.dirname(checkpoint_path), exist_ok=True)

cp_callback = tf.keras.callbacks.ModelCheckpoint(
    filepath=checkpoint_path, save_weights_only=True, verbose=1)
model.fit(train_images, train_labels, epochs=1,
          validation_data=(test_images, test_labels), callbacks=[cp_callback])

again = create_model()
again.load_weights(checkpoint_path)
print(again.evaluate(test_images, test_labels, verbose=0)[0] > 0)
