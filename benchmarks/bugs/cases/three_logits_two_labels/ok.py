import tensorflow as tf
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Sequential

num_samples = 24
X_train = tf.random.normal((num_samples, 32, 32, 3))
y_train = tf.random.uniform((num_samples,), maxval=2, dtype=tf.int32)
y_train = tf.one_hot(y_train, depth=2)

model = Sequential([
    Input((32, 32, 3)),
    Conv2D(16, (3, 3), activation="relu"),
    MaxPooling2D(),
    Flatten(),
    Dense(2, activation="softmax"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=1, batch_size=8, verbose=0)
