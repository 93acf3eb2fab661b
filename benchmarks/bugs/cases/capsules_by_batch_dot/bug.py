import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers, models


def squash(vectors, axis=-1):
    s_squared_norm = tf.reduce_sum(tf.square(vectors), axis, keepdims=True)
    return s_squared_norm / (1 + s_squared_norm) / tf.sqrt(s_squared_norm + 1e-7) * vectors


class CapsuleLayer(layers.Layer):
    def __init__(self, num_capsule, dim_capsule, routings=3, **kwargs):
        super().__init__(**kwargs)
        self.num_capsule = num_capsule
        self.dim_capsule = dim_capsule
        self.routings = routings

    def build(self, input_shape):
        self.input_num_capsule = input_shape[1]
        self.input_dim_capsule = input_shape[2]
        self.W = self.add_weight(
            shape=(self.num_capsule, self.input_num_capsule, self.dim_capsule, self.input_dim_capsule),
            initializer="glorot_uniform",
            name="W",
        )

    def call(self, inputs):
        inputs_expand = tf.expand_dims(inputs, 1)
        inputs_tiled = tf.tile(inputs_expand, [1, self.num_capsule, 1, 1])
        inputs_hat = tf.map_fn(lambda x: K.batch_dot(x, self.W, [2, 3]), inputs_tiled)
        b = tf.zeros((tf.shape(inputs)[0], self.num_capsule, self.input_num_capsule))
        for i in range(self.routings):
            c = tf.nn.softmax(b, axis=1)
            outputs = squash(K.batch_dot(c, inputs_hat, [2, 2]))
            if i < self.routings - 1:
                b += K.batch_dot(outputs, inputs_hat, [2, 3])
        return outputs


def PrimaryCap(inputs, dim_capsule, n_channels, kernel_size, strides, padding):
    output = layers.Conv2D(dim_capsule * n_channels, kernel_size, strides=strides, padding=padding)(inputs)
    outputs = layers.Reshape(target_shape=[-1, dim_capsule])(output)
    return layers.Lambda(squash)(outputs)


def CapsNet(input_shape, n_class, routings):
    x = layers.Input(shape=input_shape)
    conv1 = layers.Conv2D(32, 9, padding="valid", activation="relu")(x)
    primarycaps = PrimaryCap(conv1, dim_capsule=8, n_channels=4, kernel_size=9, strides=2, padding="valid")
    digitcaps = CapsuleLayer(num_capsule=n_class, dim_capsule=16, routings=routings)(primarycaps)
    out_caps = layers.Lambda(lambda v: tf.sqrt(tf.reduce_sum(tf.square(v), -1)), output_shape=(n_class,))(digitcaps)
    return models.Model(x, out_caps)


model = CapsNet(input_shape=(32, 32, 3), n_class=3, routings=3)
print(model.output_shape)
