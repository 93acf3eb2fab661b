from random import randint

import numpy as np
from keras.layers import Activation, AveragePooling2D, Conv2D, Dense, Flatten, Input
from keras.models import Sequential

im_size = 64
n_images = 12


def import_images():
    images = []
    for n in range(n_images):
        if n == 5:
            images.append(np.random.rand(im_size, im_size))
        else:
            images.append(np.random.rand(im_size, im_size, 3))
    return images


def discriminator():
    model = Sequential([Input((im_size, im_size, 3))])
    for filters in (8, 16, 32):
        model.add(Conv2D(filters, 3, padding="same"))
        model.add(Activation("relu"))
        model.add(AveragePooling2D(2))
    model.add(Flatten())
    model.add(Dense(1, activation="sigmoid"))
    return model


Images = import_images()
DisModel = discriminator()
DisModel.compile(optimizer="adam", loss="binary_crossentropy")

for step in range(3):
    train_data, label_data = [], []
    for i in range(8):
        im_no = (step * 8 + i) % len(Images)
        train_data.append(Images[im_no])
        label_data.append(1)
    d_loss_real = DisModel.train_on_batch(np.array(train_data), np.array(label_data)[:, None])
    print("D Real: " + str(d_loss_real))
