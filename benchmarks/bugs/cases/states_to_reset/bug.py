import numpy as np
import tensorflow as tf
import keras


def batches(x, y, size):
    return tf.data.Dataset.from_tensor_slices((x, y)).shuffle(64).batch(size)


def train(model, train_ds, valid_ds, epochs):
    optimizer = keras.optimizers.RMSprop(1e-3)
    loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    train_acc = keras.metrics.SparseCategoricalAccuracy()
    valid_acc = keras.metrics.SparseCategoricalAccuracy()
    for epoch in range(epochs):
        for x, y in train_ds:
            with tf.GradientTape() as tape:
                logits = model(x, training=True)
                loss = loss_fn(y, logits)
            grads = tape.gradient(loss, model.trainable_weights)
            optimizer.apply_gradients(zip(grads, model.trainable_weights))
            train_acc.update_state(y, logits)
        for x, y in valid_ds:
            valid_acc.update_state(y, model(x, training=False))
        print(epoch, float(train_acc.result()), float(valid_acc.result()))
        train_acc.reset_states()
        valid_acc.reset_states()


features = np.random.rand(96, 10).astype("float32")
labels = np.random.randint(0, 3, 96)
net = keras.Sequential([keras.Input((10,)), keras.layers.Dense(16, "relu"), keras.layers.Dense(3)])
train(net, batches(features[:64], labels[:64], 16), batches(features[64:], labels[64:], 16), 2)
