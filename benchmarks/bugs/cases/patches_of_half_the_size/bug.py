import numpy as np
from tensorflow.keras.layers import Conv2D, Input, UpSampling2D
from tensorflow.keras.models import Model

SCALE = 2


def image_generator(low, high, image_shape, y_shape, batch_size):
    index = 0
    while True:
        batch_x = np.zeros((batch_size,) + image_shape)
        batch_y = np.zeros((batch_size,) + y_shape)
        for i in range(batch_size):
            img = low[index].astype("float32") / 255.0
            batch_x[i] = img
            batch_y[i] = high[index].astype("float32") / 255.0
            index = (index + 1) % len(low)
        yield batch_x, batch_y


class SuperResolution:
    def __init__(self, true_upscale=False):
        self.true_upscale = true_upscale

    def create_model(self, height=64, width=64, channels=3):
        shape = (height, width, channels)
        init = Input(shape=shape)
        x = Conv2D(32, 9, activation="relu", padding="same", name="level1")(init)
        if self.true_upscale:
            x = UpSampling2D(SCALE)(x)
        x = Conv2D(16, 1, activation="relu", padding="same", name="level2")(x)
        self.model = Model(init, Conv2D(channels, 5, padding="same", name="output")(x))
        self.model.compile(optimizer="adam", loss="mse")
        return shape

    def fit(self, low, high, batch_size=4):
        shape = self.create_model()
        batches = image_generator(low, high, shape, high.shape[1:], batch_size)
        return self.model.fit(batches, steps_per_epoch=len(low) // batch_size, epochs=1)


high = np.random.randint(0, 255, (16, 64, 64, 3))
low = high[:, ::SCALE, ::SCALE]
SuperResolution(true_upscale=True).fit(low, high)
