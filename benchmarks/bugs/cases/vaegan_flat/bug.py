from keras.layers import (BatchNormalization, Conv2D, Conv2DTranspose, Dense, Flatten, Input, Lambda, LeakyReLU,
                          Reshape)
from keras.models import Model
from keras import ops, random

channels, rows, cols, latent = 3, 64, 64, 128


def sampling(args):
    mean, logsigma = args
    epsilon = random.normal(ops.shape(mean))
    return mean + ops.exp(logsigma / 2) * epsilon


def encoder(kernel, filters):
    X = Input(shape=(rows, cols, channels))
    model = X
    for i in range(3):
        model = Conv2D(filters=filters * 2 ** i, kernel_size=kernel, strides=2, padding="same")(model)
        model = BatchNormalization()(model)
        model = LeakyReLU(0.2)(model)
    model = Flatten()(model)
    mean = Dense(latent)(model)
    logsigma = Dense(latent, activation="tanh")(model)
    return Model(X, [mean, logsigma])


def decoder(kernel, filters, stages=5):
    X = Input(shape=(latent,))
    model = Dense(filters * 8 * 4 * 4)(X)
    model = Reshape((4, 4, filters * 8))(model)
    for i in range(stages - 1):
        model = Conv2DTranspose(filters * 8 // 2 ** i, kernel, strides=2, padding="same")(model)
        model = LeakyReLU(0.2)(BatchNormalization()(model))
    model = Conv2DTranspose(channels, kernel, strides=2, padding="same", activation="tanh")(model)
    return Model(X, model)


def discriminator(kernel, filters):
    X = Input(shape=(rows, cols, channels))
    model = X
    for f in (filters, filters * 2, filters * 4):
        model = Conv2D(f, kernel, strides=2, padding="same")(model)
        model = LeakyReLU(0.2)(model)
    features = Flatten()(model)
    valid = Dense(1, activation="sigmoid")(features)
    return Model(X, [valid, features])


E, G, D = encoder(5, 32), decoder(5, 16), discriminator(5, 32)
image = Input((rows, cols, channels))
Z_mean, Z_logsigma = E(image)
Z = Lambda(sampling, output_shape=(latent,))([Z_mean, Z_logsigma])
output = G(Z)
D_fake, F_fake = D(output)
VAEGAN = Model(image, [output, D_fake, F_fake])
