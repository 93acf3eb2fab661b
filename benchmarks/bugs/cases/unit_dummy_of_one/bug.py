import keras
import numpy as np
from keras.layers import Activation, Conv2D, Conv2DTranspose, GaussianNoise, Input
from keras.models import Model


class UNIT:
    def __init__(self, img_shape=(64, 48, 1), latent_filters=16):
        self.img_shape = img_shape
        self.latent_dim = (img_shape[0] // 4, img_shape[1] // 4, latent_filters)
        self.model = self.build()
        self.model.compile(optimizer=keras.optimizers.Adam(1e-4), loss=["mae", "mse"], loss_weights=[100, 0.1])

    def build(self):
        img = Input(self.img_shape)
        x = Conv2D(16, 5, strides=2, padding="same", activation="relu")(img)
        x = Conv2D(self.latent_dim[-1], 3, strides=2, padding="same")(x)
        latent = GaussianNoise(1.0)(x)
        x = Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(latent)
        x = Conv2DTranspose(self.img_shape[-1], 3, strides=2, padding="same")(x)
        return Model(img, [Activation("tanh")(x), latent])

    def train(self, images, epochs, batch_size=1):
        dummy = np.zeros(shape=self.latent_dim)
        dummy = np.expand_dims(dummy, 0)
        return self.model.fit(images, [images, dummy], epochs=epochs, batch_size=batch_size)


if __name__ == "__main__":
    UNIT().train(np.random.rand(8, 64, 48, 1), epochs=1, batch_size=2)
