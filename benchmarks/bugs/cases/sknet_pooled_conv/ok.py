import tensorflow as tf
from tensorflow.keras import layers


class SelectiveKernel(layers.Layer):
    def __init__(self, filters, M=2, r=16, L=32, **kwargs):
        super().__init__(**kwargs)
        self.M = M
        self.filters = filters
        d = max(filters // r, L)
        self.branches = [layers.Conv2D(filters, 3, padding="same", dilation_rate=m + 1)
                         for m in range(M)]
        self.squeeze = layers.GlobalAveragePooling2D(keepdims=True)
        self.fc_z = layers.Conv2D(d, 1, activation="relu")
        self.fc_x = layers.Conv2D(filters * M, 1)

    def call(self, inputs):
        xs = [branch(inputs) for branch in self.branches]
        u = tf.add_n(xs)
        z = self.fc_z(self.squeeze(u))
        a = tf.reshape(self.fc_x(z), (-1, 1, 1, self.filters, self.M))
        a = tf.nn.softmax(a, axis=-1)
        return tf.add_n([x * a[..., m] for m, x in enumerate(xs)])


inputs = layers.Input((64, 64, 3))
x = layers.Conv2D(32, 3, strides=2, padding="same")(inputs)
x = SelectiveKernel(64)(x)
model = tf.keras.Model(inputs, layers.GlobalMaxPooling2D()(x))
model.summary()
