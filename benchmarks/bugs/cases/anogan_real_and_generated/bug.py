import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


class DCGAN:
    def __init__(self, latent=10, size=28):
        self.latent = latent
        self.size = size
        self.generator = keras.Sequential([
            layers.Input((latent,)),
            layers.Dense(7 * 7 * 16),
            layers.LeakyReLU(0.2),
            layers.Reshape((7, 7, 16)),
            layers.Conv2DTranspose(8, 2, strides=2),
            layers.Conv2DTranspose(1, 2, strides=2, activation="tanh"),
        ])
        self.discriminator = keras.Sequential([
            layers.Input((size, size, 1)),
            layers.Conv2D(8, 5, strides=2, padding="same"),
            layers.LeakyReLU(0.2),
            layers.Flatten(),
            layers.Dense(1, activation="sigmoid"),
        ])
        self.discriminator.compile(loss="binary_crossentropy", optimizer="adam")

    def train(self, X_train, epochs=1, batch_size=64):
        n_iter = X_train.shape[0] // batch_size
        for epoch in range(epochs):
            for index in range(min(n_iter, 3)):
                noise = np.random.uniform(0, 1, size=(batch_size, self.latent))
                image_batch = X_train[index * batch_size:(index + 1) * batch_size]
                gen_images = self.generator.predict(noise, verbose=0)
                X = np.concatenate((image_batch, gen_images))
                y = np.array([1] * batch_size + [0] * batch_size)
                d_loss = self.discriminator.train_on_batch(X, y[:, None])
            print(f"epoch {epoch}: {d_loss}")


def run():
    (X_train, y_train), (_, _) = keras.datasets.mnist.load_data()
    X_train = X_train[y_train == 1]
    X_train = (X_train.astype(np.float32) - 127.5) / 127.5
    DCGAN().train(X_train)


if __name__ == "__main__":
    run()
