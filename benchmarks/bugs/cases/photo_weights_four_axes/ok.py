import numpy as np
from tensorflow.keras import layers, models

n_pics, side = 40, 32
batch_size = 8
all_weights = np.random.uniform(0.5, 2.0, size=n_pics)


def read_picture(number):
    return np.random.default_rng(number).integers(0, 256, size=(side, side))


def autoencoder():
    image = layers.Input((side, side, 1))
    x = layers.Conv2D(8, 3, strides=2, padding="same", activation="relu")(image)
    x = layers.Conv2DTranspose(8, 3, strides=2, padding="same", activation="relu")(x)
    model = models.Model(image, layers.Conv2D(1, 3, padding="same")(x))
    model.compile(optimizer="adam", loss="mse")
    return model


ae = autoencoder()
data = np.zeros((batch_size, side, side, 1))
weights = np.zeros((batch_size, 1, 1))
for step in range(3):
    pic_inds = np.random.randint(1, n_pics + 1, size=batch_size)
    i = 0
    for pic_ind in pic_inds:
        data[i, :, :, 0] = read_picture(pic_ind)
        weights[i, :, 0] = all_weights[pic_ind - 1]
        i += 1
    data = data / 255.0
    ae_loss = ae.train_on_batch(data, data, sample_weight=weights)
    print(step, ae_loss)
