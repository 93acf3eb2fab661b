"""Denoising without clean pictures: a network learns hidden pixels from their neighbours."""
import os
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np
from keras import layers


class Config(SimpleNamespace):
    def __init__(self, **overrides):
        values = dict(
            axes="YXC",
            n_channel=1,
            unet_n_depth=2,
            unet_n_first=8,
            train_epochs=1,
            train_batch_size=4,
            train_checkpoint="best.weights.h5",
            train_reduce_lr={"factor": 0.5, "patience": 10},
        )
        values.update(overrides)
        super().__init__(**values)


class Denoiser:
    def __init__(self, config, name, basedir="models"):
        self.config = config
        self.logdir = Path(basedir) / name
        os.makedirs(self.logdir, exist_ok=True)
        self.keras_model = self._build()

    def _build(self):
        inputs = keras.Input((None, None, self.config.n_channel))
        x, skips = inputs, []
        for level in range(self.config.unet_n_depth):
            x = layers.Conv2D(self.config.unet_n_first * 2**level, 3, padding="same", activation="relu")(x)
            skips.append(x)
            x = layers.MaxPooling2D()(x)
        for skip in reversed(skips):
            x = layers.Concatenate()([layers.UpSampling2D()(x), skip])
            x = layers.Conv2D(skip.shape[-1], 3, padding="same", activation="relu")(x)
        return keras.Model(inputs, layers.Conv2D(self.config.n_channel, 1)(x))

    def prepare_for_training(self):
        self.keras_model.compile("adam", "mse")
        self.callbacks = []
        if self.config.train_checkpoint is not None:
            best = self.logdir / self.config.train_checkpoint
            self.callbacks.append(keras.callbacks.ModelCheckpoint(
                str(best), monitor="val_loss", save_best_only=True, save_weights_only=True))
        if self.config.train_reduce_lr is not None:
            self.callbacks.append(keras.callbacks.ReduceLROnPlateau(**self.config.train_reduce_lr))

    def train(self, x, y):
        self.prepare_for_training()
        return self.keras_model.fit(
            x, y, validation_split=0.25, epochs=self.config.train_epochs,
            batch_size=self.config.train_batch_size, callbacks=self.callbacks, verbose=0)


patches = np.random.rand(16, 32, 32, 1).astype("float32")
n2v = Denoiser(Config(train_batch_size=8), "n2v_2D")
n2v.train(patches, patches)
