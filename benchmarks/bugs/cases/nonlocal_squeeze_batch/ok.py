import tensorflow as tf


class Nonlocalblock(tf.keras.layers.Layer):
    def build(self, input_shape):
        channels = input_shape[-1]
        self.g = tf.keras.layers.Conv2D(channels, 1, padding="same")
        self.phi = tf.keras.layers.Conv2D(channels, 1, padding="same")
        self.theta = tf.keras.layers.Conv2D(channels, 1, padding="same")
        super().build(input_shape)

    def call(self, x):
        batch_size, height, width, in_channels = x.get_shape().as_list()
        hw = height * width
        g_x = tf.reshape(self.g(x), [batch_size, hw, in_channels])
        phi_x = tf.reshape(self.phi(x), [batch_size, hw, in_channels])
        theta_x = tf.reshape(self.theta(x), [batch_size, hw, in_channels])
        f = tf.nn.softmax(tf.matmul(theta_x, phi_x, transpose_b=True))
        y = tf.matmul(f, g_x)
        return x + tf.reshape(y, [batch_size, height, width, in_channels])


patches = tf.random.normal((16, 32, 32, 8))
features = tf.keras.layers.Conv2D(8, 3, strides=2, padding="same")(patches)
block = Nonlocalblock()
print(block(features).shape)
