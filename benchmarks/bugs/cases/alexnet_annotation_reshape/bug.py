import tensorflow as tf
from tensorflow.keras import layers as L


class VisualAttention(L.Layer):
    def build(self, input_shape):
        _, self.places, self.channels = input_shape
        self.score = L.Dense(1)
        self.score.build(input_shape)
        super().build(input_shape)

    def call(self, a):
        alpha = tf.nn.softmax(self.score(a), axis=1)
        return tf.reduce_sum(alpha * a, axis=1)


def alexnet_features(image):
    x = L.Conv2D(96, 11, strides=4, activation="relu", name="conv_1")(image)
    x = L.MaxPooling2D(3, strides=2)(x)
    x = L.BatchNormalization()(x)
    x = L.ZeroPadding2D(2)(x)
    x = L.Conv2D(256, 5, activation="relu", name="conv_2")(x)
    x = L.MaxPooling2D(3, strides=2)(x)
    x = L.BatchNormalization()(x)
    for i, filters in enumerate((384, 384, 256), start=3):
        x = L.ZeroPadding2D(1)(x)
        x = L.Conv2D(filters, 3, activation="relu", name=f"conv_{i}")(x)
    return L.MaxPooling2D(3, strides=2, name="convpool_5")(x)


image = L.Input((227, 227, 3))
features = alexnet_features(image)
annotations = L.Reshape((49, 256), name="reshape")(features)
attended = VisualAttention()(annotations)
model = tf.keras.Model(image, L.Dense(8, activation="softmax")(attended))
model.summary()
