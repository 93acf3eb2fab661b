import numpy as np
import tensorflow as tf
from tensorflow import keras


def policy(states, actions):
    return keras.Sequential([
        keras.Input((states,)),
        keras.layers.Dense(24, activation="relu"),
        keras.layers.Dense(actions, activation="softmax"),
    ])


def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        probabilities = model(x, training=True)
        chosen = tf.cast(tf.argmax(probabilities, axis=-1), tf.float32)
        loss = loss_fn(y, chosen)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


def main(epochs=2, batch=16):
    states = np.random.rand(64, 8).astype("float32")
    wanted = np.random.randint(0, 4, 64).astype("float32")
    model = policy(8, 4)
    optimizer = keras.optimizers.Adam(1e-3)
    loss_fn = keras.losses.MeanSquaredError()
    data = tf.data.Dataset.from_tensor_slices((states, wanted)).batch(batch)
    for epoch in range(epochs):
        for x, y in data:
            loss = train_step(model, optimizer, loss_fn, x, y)
        print(epoch, float(loss))


main()
