from keras import layers, models


class ConvAutoencoder:
    filters = (8, 16, 32)

    def __init__(self, side, output_padding=None):
        self.side = side
        self.output_padding = output_padding

    def encoder(self, x):
        for f in self.filters:
            x = layers.Conv2D(f, 3, strides=2, padding="same", activation="relu")(x)
        return x

    def decoder(self, x):
        for f in self.filters[-2::-1] + (1,):
            x = layers.Conv2DTranspose(f, 3, strides=2, padding="same",
                                       output_padding=self.output_padding)(x)
        return x

    @property
    def model(self):
        image = layers.Input((self.side, self.side, 1))
        restored = self.decoder(self.encoder(image))
        error = layers.Subtract(name="error")([image, restored])
        return models.Model(image, [restored, error])


ConvAutoencoder(25, output_padding=0).model.summary()
