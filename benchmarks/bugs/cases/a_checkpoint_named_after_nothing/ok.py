import configparser
import os
import tempfile

import numpy as np
import tensorflow as tf

config = configparser.ConfigParser()
config.read_string("""
[DIRECTORIES]
logs = logs
[RUN_CONFIG]
epochs = 1
steps = 4
""")


def get_model(links):
    inputs = tf.keras.Input((links, 2))
    x = tf.keras.layers.GRU(16)(inputs)
    x = tf.keras.layers.Dense(8, activation="selu")(x)
    return tf.keras.Model(inputs, tf.keras.layers.Dense(1)(x))


ckpt_dir = os.path.join(tempfile.gettempdir(), config["DIRECTORIES"]["logs"])
features = np.random.rand(32, 7, 2).astype("float32")
delay = np.random.rand(32, 1).astype("float32")
train = tf.data.Dataset.from_tensor_slices((features, delay)).batch(8).repeat()

model = get_model(7)
model.compile(loss="mape", optimizer=tf.keras.optimizers.Adam(0.001))
filepath = os.path.join(ckpt_dir, "{epoch:02d}-{loss:.2f}.weights.h5")
cp_callback = tf.keras.callbacks.ModelCheckpoint(
    filepath=filepath, verbose=0, save_weights_only=True, save_freq="epoch")
model.fit(
    train,
    epochs=config.getint("RUN_CONFIG", "epochs"),
    steps_per_epoch=config.getint("RUN_CONFIG", "steps"),
    callbacks=[cp_callback],
    verbose=0,
)
