import numpy as np
import tensorflow as tf

IMAGE_SIZE = 32
CLASSES = 12


class ConvNet(tf.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = tf.keras.layers.Conv2D(16, 3, padding="same", activation="relu")
        self.conv2 = tf.keras.layers.Conv2D(32, 3, padding="same", activation="relu")
        self.pool1 = tf.keras.layers.MaxPool2D()
        self.pool2 = tf.keras.layers.MaxPool2D()
        self.fc = tf.keras.layers.Dense(64, activation="relu")
        self.logits = tf.keras.layers.Dense(CLASSES)
        self.side = IMAGE_SIZE // 4

    def __call__(self, images):
        x = self.pool1(self.conv1(images))
        x = self.pool2(self.conv2(x))
        x = tf.reshape(x, [-1, self.side * self.side * 16])
        return self.logits(self.fc(x))


def batches(count, size):
    rng = np.random.default_rng(3)
    for _ in range(count):
        images = rng.random((size, IMAGE_SIZE, IMAGE_SIZE, 3), dtype=np.float32)
        labels = np.eye(CLASSES, dtype=np.float32)[rng.integers(0, CLASSES, size)]
        yield tf.constant(images), tf.constant(labels)


net = ConvNet()
optimizer = tf.keras.optimizers.SGD(0.01)
for step, (images, labels) in enumerate(batches(3, 32)):
    with tf.GradientTape() as tape:
        logits = net(images)
        losses = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)
        loss = tf.reduce_mean(losses)
    variables = net.fc.trainable_variables + net.logits.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    print(step, float(loss))
