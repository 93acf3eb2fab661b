import keras
from keras import layers

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train = x_train.reshape(-1, 784).astype("float32") / 255
x_test = x_test.reshape(-1, 784).astype("float32") / 255
y_train = keras.utils.to_categorical(y_train)
y_test = keras.utils.to_categorical(y_test)

inputs = keras.Input(shape=(784,), name="digits")
x = layers.Dense(64, activation="relu", name="dense_1")(inputs)
output_1 = layers.Dense(10, activation="softmax", name="output_1")(x)
x = layers.Dense(64, activation="relu", name="dense_2")(x)
output_2 = layers.Dense(10, activation="softmax", name="output_2")(x)
model = keras.Model(inputs=inputs, outputs=[output_1, output_2])

output_losses = {"output_1": "categorical_crossentropy", "output_2": "categorical_crossentropy"}
model.compile(optimizer="rmsprop", loss=output_losses)
model.fit(x_train[:1000], [y_train[:1000], y_train[:1000]], batch_size=100, epochs=1)

results = model.evaluate(x_test, [y_test, y_test], batch_size=128)
print("test loss:", results)
