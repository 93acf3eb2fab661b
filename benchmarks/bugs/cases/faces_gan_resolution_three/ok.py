import numpy as np
from tensorflow.keras.layers import BatchNormalization, Conv2D, Dense, Dropout, Flatten, Input, LeakyReLU, Reshape, UpSampling2D, ZeroPadding2D
from tensorflow.keras.models import Model, Sequential

GENERATE_RES = 3
GENERATE_SQUARE = 32 * 2 ** (GENERATE_RES - 1)
IMAGE_CHANNELS = 3
SEED_SIZE = 100


def build_generator(seed_size, channels):
    model = Sequential()
    model.add(Input((seed_size,)))
    model.add(Dense(4 * 4 * 32, activation="relu"))
    model.add(Reshape((4, 4, 32)))
    for filters in (32, 32):
        model.add(UpSampling2D())
        model.add(Conv2D(filters, kernel_size=3, padding="same"))
        model.add(BatchNormalization(momentum=0.8))
    model.add(UpSampling2D())
    model.add(Conv2D(16, kernel_size=3, padding="same"))
    for _ in range(1, GENERATE_RES):
        model.add(UpSampling2D())
        model.add(Conv2D(16, kernel_size=3, padding="same"))
        model.add(BatchNormalization(momentum=0.8))
    model.add(Conv2D(channels, kernel_size=3, padding="same", activation="tanh"))
    inputs = Input(shape=(seed_size,))
    return Model(inputs, model(inputs))


def build_discriminator(image_shape):
    model = Sequential()
    model.add(Input(image_shape))
    model.add(Conv2D(8, kernel_size=3, strides=2, padding="same"))
    model.add(LeakyReLU(0.2))
    model.add(Dropout(0.25))
    model.add(Conv2D(16, kernel_size=3, strides=2, padding="same"))
    model.add(ZeroPadding2D(padding=((0, 1), (0, 1))))
    model.add(Flatten())
    model.add(Dense(1, activation="sigmoid"))
    input_image = Input(shape=image_shape)
    return Model(input_image, model(input_image))


image_shape = (GENERATE_SQUARE, GENERATE_SQUARE, IMAGE_CHANNELS)
discriminator = build_discriminator(image_shape)
discriminator.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
generator = build_generator(SEED_SIZE, IMAGE_CHANNELS)
random_input = Input(shape=(SEED_SIZE,))
generated_image = generator(random_input)
discriminator.trainable = False
validity = discriminator(generated_image)
combined = Model(random_input, validity)
combined.compile(loss="binary_crossentropy", optimizer="adam")
print(combined.predict(np.random.normal(0, 1, (2, SEED_SIZE)), verbose=0))
