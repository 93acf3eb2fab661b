import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, layers
from tensorflow.keras.utils import Sequence, to_categorical


def pairwise(embeddings):
    squared = tf.reduce_sum(tf.square(embeddings), axis=1, keepdims=True)
    product = tf.matmul(embeddings, embeddings, transpose_b=True)
    return tf.maximum(squared - 2.0 * product + tf.transpose(squared), 0.0)


class SemiHard(tf.keras.losses.Loss):
    def __init__(self, margin=1.0, **kwargs):
        super().__init__(**kwargs)
        self.margin = margin

    def call(self, y_true, y_pred):
        size = tf.shape(y_pred)[0]
        labels = tf.reshape(y_true, [size, 1])
        same = tf.cast(tf.equal(labels, tf.transpose(labels)), tf.float32)
        distances = pairwise(y_pred)
        hardest = tf.reduce_max(distances * same, axis=1)
        nearest = tf.reduce_min(distances + 1e6 * same, axis=1)
        return tf.maximum(hardest - nearest + self.margin, 0.0)


class Signs(Sequence):
    def __init__(self, words, batch_size, frames=16):
        super().__init__()
        self.words, self.batch_size, self.frames = words, batch_size, frames

    def __len__(self):
        return 4

    def __getitem__(self, index):
        labels = np.random.randint(0, len(self.words), self.batch_size)
        poses = np.random.rand(self.batch_size, self.frames, 17, 2)
        return poses.astype("float32"), to_categorical(labels, len(self.words))


pose = layers.Input((16, 17, 2))
x = layers.Reshape((16, 34))(pose)
x = layers.Conv1D(32, 3, activation="relu")(x)
x = layers.GlobalAveragePooling1D()(x)
x = layers.Dense(12)(x)
embedding = layers.UnitNormalization(axis=1)(x)
model = Model(pose, embedding)
model.compile(optimizer="adam", loss=SemiHard())
model.fit(Signs(["hello", "thanks", "yes", "no", "please"], 8), epochs=1)
