import tensorflow as tf
from tensorflow.keras.layers import Conv2D, DepthwiseConv2D, Input, Layer


class SqueezeAndExcitation(Layer):
    def __init__(self, reduction_rate=4, **kwargs):
        super().__init__(**kwargs)
        self.reduction_rate = reduction_rate

    def build(self, input_shape):
        channels = input_shape[-1]
        squeezed = channels // self.reduction_rate
        self.fc1 = self.add_weight(name="fc1", shape=(channels, squeezed))
        self.fc2 = self.add_weight(name="fc2", shape=(self.reduction_rate, channels))

    def call(self, x):
        s = tf.reduce_mean(x, axis=[1, 2])
        s = tf.nn.relu(tf.matmul(s, self.fc1))
        s = tf.sigmoid(tf.matmul(s, self.fc2))
        return x * s[:, None, None, :]


eeg = Input((22, 256, 1))
x = Conv2D(32, (1, 25), padding="same")(eeg)
x = DepthwiseConv2D((22, 1), activation="elu")(x)
x = SqueezeAndExcitation()(x)
model = tf.keras.Model(eeg, x)
print(model.output_shape)
