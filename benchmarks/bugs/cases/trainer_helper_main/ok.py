import numpy as np
import tensorflow as tf

IMG = 48

def load_data(n=60):
    x = np.random.randint(0, 255, (n, IMG, IMG, 3)).astype("float32")
    y = np.random.randint(0, 4, n)
    split = int(n * 0.8)
    return (x[:split], y[:split]), (x[split:], y[split:])

def make_model():
    inputs = tf.keras.Input(shape=(IMG, IMG, 3))
    x = tf.keras.layers.Rescaling(1 / 255)(inputs)
    x = tf.keras.layers.Conv2D(8, 3, strides=2, activation="relu")(x)
    x = tf.keras.layers.GlobalAveragePooling2D()(x)
    return tf.keras.Model(inputs, tf.keras.layers.Dense(4, activation="softmax")(x))

def main():
    (x_train, y_train), (x_val, y_val) = load_data()
    model = make_model()
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=1, batch_size=16)

if __name__ == "__main__":
    main()
