import tensorflow as tf
from tensorflow.keras import layers


class Generator(tf.keras.Model):
    def __init__(self, base=8, channels=256):
        super(Generator, self).__init__()
        self.base, self.channels = base, channels
        self.dense = layers.Dense(base * base * channels, use_bias=False)
        self.norm = layers.BatchNormalization()
        self.act = layers.LeakyReLU()
        self.up1 = layers.Conv2DTranspose(128, 5, strides=2, padding="same", use_bias=False)
        self.norm1 = layers.BatchNormalization()
        self.out = layers.Conv2DTranspose(3, 5, strides=2, padding="same", activation="tanh")

    def call(self, noise, training=False):
        x = self.act(self.norm(self.dense(noise), training=training))
        x = tf.reshape(x, (-1, self.base, self.base, self.channels))
        x = self.act(self.norm(self.up1(x), training=training))
        return self.out(x)


generator = Generator()
image = generator(tf.random.normal((4, 100)), training=True)
print(image.shape)
