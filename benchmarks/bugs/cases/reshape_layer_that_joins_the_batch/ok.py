import numpy as np
import tensorflow as tf

SPEAKERS, FRAMES, MELS = 2, 200, 100

inp = tf.constant(np.random.rand(SPEAKERS * FRAMES, MELS).astype("float32"))
lambda_layer = tf.keras.layers.Lambda(lambda x: tf.reshape(x, (-1, FRAMES, MELS)))
reshape_layer = tf.keras.layers.Reshape((FRAMES, MELS))

out_1 = lambda_layer(inp)
print(out_1.shape)
out_2 = reshape_layer(tf.reshape(inp, (SPEAKERS, -1)))
encoder = tf.keras.layers.LSTM(32)
print(encoder(out_2).shape)
