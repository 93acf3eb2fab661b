import argparse

import numpy as np
import keras
from keras import layers


def make_optimizer(args, steps):
    if args.decay:
        rate = keras.optimizers.schedules.ExponentialDecay(args.lr, steps, 0.9)
    else:
        rate = args.lr
    return keras.optimizers.Adam(learning_rate=rate)


def step_decay(epoch, lr):
    return float(lr * 0.5) if epoch and epoch % 2 == 0 else float(lr)


def network(width):
    return keras.Sequential([
        keras.Input((width,)),
        layers.Dense(32, activation="relu"),
        layers.Dense(1),
    ])


parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=1e-3)
parser.add_argument("--decay", action="store_true", default=False)
args = parser.parse_args([])
x = np.random.rand(100, 5)
y = np.random.rand(100, 1)
model = network(5)
model.compile(optimizer=make_optimizer(args, len(x) // 20), loss="mae")
model.fit(x, y, batch_size=20, epochs=3, verbose=0,
          callbacks=[keras.callbacks.LearningRateScheduler(step_decay)])
