import numpy as np
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import (
    BatchNormalization, Conv2D, Dense, Flatten, LeakyReLU, RepeatVector, Reshape, UpSampling2D, concatenate,
)
from tensorflow.keras.utils import to_categorical


def build_generator():
    input_z_noise = Input(shape=(100,))
    input_label = Input(shape=(6,))
    x = concatenate([input_z_noise, input_label])
    x = Dense(8 * 8 * 16)(x)
    x = LeakyReLU(negative_slope=0.2)(x)
    x = Reshape((8, 8, 16))(x)
    for filters in (16, 8):
        x = UpSampling2D(size=(2, 2))(x)
        x = Conv2D(filters, kernel_size=5, padding="same")(x)
        x = BatchNormalization(momentum=0.8)(x)
        x = LeakyReLU(negative_slope=0.2)(x)
    return Model([input_z_noise, input_label], Conv2D(3, kernel_size=5, padding="same", activation="tanh")(x))


def build_discriminator(input_shape=(32, 32, 3), label_shape=(6,)):
    image_input = Input(shape=input_shape)
    label_input = Input(shape=label_shape)
    x = Conv2D(8, kernel_size=3, strides=2, padding="same")(image_input)
    x = LeakyReLU(negative_slope=0.2)(x)
    label = RepeatVector(16 * 16)(label_input)
    label = Reshape((16, 16, 6))(label)
    x = concatenate([x, label], axis=3)
    x = Conv2D(16, kernel_size=3, strides=2, padding="same")(x)
    x = Flatten()(x)
    return Model([image_input, label_input], Dense(1, activation="sigmoid")(x))


batch_size, latent = 16, 100
generator, discriminator = build_generator(), build_discriminator()
discriminator.compile(loss="binary_crossentropy", optimizer="adam")
z, label = Input(shape=(latent,)), Input(shape=(6,))
discriminator.trainable = False
adversarial_model = Model([z, label], discriminator([generator([z, label]), label]))
adversarial_model.compile(loss="binary_crossentropy", optimizer="adam")

real_labels = np.ones((batch_size, 1), dtype=np.float32) * 0.9
images = np.random.rand(batch_size * 2, 32, 32, 3) * 2 - 1
categories = to_categorical(np.random.randint(0, 6, (batch_size * 2, 1)), 6)
for index in range(len(images) // batch_size):
    rows = slice(index * batch_size, (index + 1) * batch_size)
    d_loss_real = discriminator.train_on_batch([images[rows], categories[rows]], real_labels)
    z_noise2 = np.random.normal(0, 1, size=(batch_size, latent))
    random_labels = to_categorical(np.random.randint(0, 6, batch_size).reshape(-1, 1), 6)
    g_loss = adversarial_model.train_on_batch([z_noise2, random_labels], [1] * batch_size)
