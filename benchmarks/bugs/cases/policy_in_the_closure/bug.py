import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Model

state_size, action_size, clip = 4, 2, 0.2


def ppo_loss(advantage, old_prediction):
    def loss(y_true, y_pred):
        prob = tf.reduce_sum(y_true * y_pred, axis=-1)
        old = tf.reduce_sum(y_true * old_prediction, axis=-1)
        ratio = prob / (old + 1e-10)
        clipped = tf.clip_by_value(ratio, 1 - clip, 1 + clip)
        return -tf.reduce_mean(tf.minimum(ratio * advantage, clipped * advantage))

    return loss


state_input = Input(shape=(state_size,))
old_prediction_input = Input(shape=(action_size,), name="old_prediction_input")
advantage_input = Input(shape=(1,))
x = Dense(16, activation="tanh")(state_input)
policy = Dense(action_size, activation="softmax")(x)
OLD = tf.fill((8, action_size), 0.5)
ADVANTAGE = tf.ones((8,))
actor = Model(state_input, policy)
actor.compile(optimizer="adam", loss=ppo_loss(advantage_input, old_prediction_input))
states = np.random.rand(8, state_size)
actions = np.eye(action_size)[np.random.randint(0, action_size, 8)].astype("float32")
actor.fit(states, actions, batch_size=8, epochs=1, verbose=0)
