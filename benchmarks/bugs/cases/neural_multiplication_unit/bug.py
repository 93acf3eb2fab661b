import numpy as np
import tensorflow as tf
from tensorflow import keras


class NMU(keras.layers.Layer):
    def __init__(self, input_dim, output_dim):
        super(NMU, self).__init__()
        start = np.random.uniform(0.25, 0.75, (input_dim, output_dim)).astype("float32")
        self.weight = tf.Variable(start, name="weight", trainable=True)

    def call(self, inputs):
        W = tf.minimum(tf.maximum(self.weight, 0), 1)
        output = inputs * W + 1 - W
        return tf.reduce_prod(output, axis=1)


net = NMU(input_dim=4, output_dim=3)
rows = np.random.randint(1, 1000, size=(64, 4)).astype("float32")
optimizer = keras.optimizers.RMSprop(0.001)

for step in range(3):
    with tf.GradientTape() as tape:
        product = net(tf.constant(rows))
        target = tf.reduce_prod(rows[:, :2], axis=1, keepdims=True)
        loss = tf.reduce_mean(tf.square(product - target))
    variables = [net.weight]
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
print(float(loss))
