import numpy as np
import tensorflow as tf

RATE = 8000
WINDOW, STRIDE = 0.03, 0.01
window_size = int(RATE * WINDOW)
stride = int(RATE * STRIDE)
fft_size = 2 ** (window_size - 1).bit_length()
n_chunks = 1 + (RATE - window_size) // stride
n_coefs = fft_size // 2 + 1


def recordings():
    for number in range(12):
        seconds = 1
        yield np.random.uniform(-1, 1, int(RATE * seconds)).astype("float32"), number % 3


def spectrogram(wave, label):
    spectrum = tf.signal.stft(wave, window_size, stride, fft_size)
    spectrum = tf.math.log(tf.abs(spectrum) + 0.01)
    return tf.expand_dims(spectrum, -1), tf.one_hot(label, 3)


signature = (tf.TensorSpec((None,), tf.float32), tf.TensorSpec((), tf.int32))
ds = tf.data.Dataset.from_generator(recordings, output_signature=signature)
ds = ds.map(spectrogram)
ds = ds.padded_batch(4, padded_shapes=([n_chunks, n_coefs, 1], [3]))

model = tf.keras.Sequential([
    tf.keras.layers.Input((n_chunks, n_coefs, 1)),
    tf.keras.layers.Conv2D(4, 3, strides=2, activation="relu"),
    tf.keras.layers.GlobalMaxPooling2D(),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(ds, epochs=1)
