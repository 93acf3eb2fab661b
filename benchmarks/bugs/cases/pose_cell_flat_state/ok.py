import tensorflow as tf
from tensorflow import keras


class SE3CompositeCell(keras.layers.Layer):
    """Composes poses: the state is the pose so far."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.state_size = 16
        self.output_size = 16

    def call(self, motion, states):
        pose = tf.reshape(states[0], (-1, 4, 4))
        zero = tf.zeros_like(motion[:, 0])
        wx, wy, wz, vx, vy, vz = tf.unstack(motion, num=6, axis=-1)
        rows = [[zero, -wz, wy, vx], [wz, zero, -wx, vy], [-wy, wx, zero, vz], [zero, zero, zero, zero]]
        twist = tf.stack([tf.stack(row, axis=-1) for row in rows], axis=1)
        step = twist + tf.eye(4)
        moved = tf.matmul(pose, step)
        moved = tf.reshape(moved, (-1, 16))
        return moved, [moved]


frames = keras.Input((10, 1024))
branch = keras.layers.LSTM(64, return_sequences=True)(frames)
motion = keras.layers.Dense(6)(branch)
poses = keras.layers.RNN(SE3CompositeCell(), return_sequences=True)(motion)
model = keras.Model(frames, poses)
print(model(tf.zeros((2, 10, 1024))).shape)
