import numpy as np
import tensorflow as tf

x_train = np.random.rand(70, 57, 1).astype("float32")
y_train = np.random.randint(0, 10, size=(70,))
x_valid = np.random.rand(30, 57, 1).astype("float32")
y_valid = np.random.randint(0, 10, size=(30,))
train_data = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(70).batch(57)
valid_data = tf.data.Dataset.from_tensor_slices((x_valid, y_valid)).batch(57)
print(x_train.shape, y_train.shape)

model = tf.keras.Sequential()
model.add(tf.keras.layers.LSTM(16, input_shape=x_train.shape[1:], return_sequences=True))
model.add(tf.keras.layers.LSTM(16))
model.add(tf.keras.layers.Dense(16, activation="relu"))
model.add(tf.keras.layers.Dense(10, activation="softmax"))
model.compile(
    optimizer=tf.keras.optimizers.Adam(learning_rate=0.001),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
model.summary()
history = model.fit(train_data, epochs=2, verbose=0, validation_data=valid_data)
