from tensorflow.keras import Input, Model
from tensorflow.keras.layers import BatchNormalization, Conv2D, Flatten, Dense, LeakyReLU


def discriminator(shape, filters=(16, 32)):
    image = Input(shape)
    x = image
    for f in filters:
        x = LeakyReLU()(BatchNormalization()(Conv2D(f, 3, strides=2, padding="same")(x)))
    validity = Dense(1)(Flatten()(x))
    return Model(image, [validity, x])


def siamese(shape):
    left, right = Input(shape), Input(shape)
    d = discriminator(shape)
    score_left, maps_left = d(left)
    score_right, maps_right = d(right)
    joined = maps_left - maps_right
    distance = Dense(1, activation="sigmoid")(Flatten()(joined))
    return Model(inputs=[left, right], outputs=[score_left, score_right, distance, d])


model = siamese((32, 32, 1))
print(len(model.outputs))
