import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential

SIZE = 64
BATCH = 4


def completion_network():
    net = Sequential(name="completion")
    net.add(layers.Input((SIZE, SIZE, 4)))
    net.add(layers.Conv2D(16, 5, padding="same", activation="relu"))
    for filters, dilation in ((32, 1), (32, 2), (32, 4)):
        net.add(layers.Conv2D(filters, 3, padding="same", dilation_rate=dilation))
        net.add(layers.BatchNormalization())
        net.add(layers.ReLU())
    net.add(layers.Conv2D(3, 3, padding="same", activation="sigmoid"))
    return net


def random_mask():
    mask = np.zeros((SIZE, SIZE, 1), "float32")
    x, y = np.random.randint(0, SIZE - 24, 2)
    mask[y : y + 24, x : x + 24] = 1
    return mask


pictures = np.random.rand(12, SIZE, SIZE, 3).astype("float32")
masks = np.stack([random_mask() for _ in range(12)])
dataset = tf.data.Dataset.from_tensor_slices((pictures, masks)).batch(BATCH)

generator = completion_network()
for image, mask in dataset.take(1):
    holes = image * (1 - mask)
    completed = generator.predict([holes, mask])
    print(completed.shape)
