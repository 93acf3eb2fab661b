import numpy as np
from keras.datasets import mnist
from keras.layers import (BatchNormalization, Dense, Dropout, Embedding, Flatten, Input, LeakyReLU, Reshape,
                          multiply)
from keras.models import Model, Sequential
from keras.optimizers import Adam


class CGAN():
    def __init__(self):
        self.img_rows = 28
        self.img_cols = 28
        self.channels = 1
        self.img_shape = (self.img_rows, self.img_cols, self.channels)
        self.num_classes = 10
        self.label_dim = 4
        self.latent_dim = 100

        optimizer = Adam(0.0002, 0.5)
        self.discriminator = self.build_discriminator()
        self.discriminator.compile(loss=['binary_crossentropy'], optimizer=optimizer, metrics=['accuracy'])
        self.generator = self.build_generator()

        noise = Input(shape=(self.latent_dim,))
        label = Input(shape=(self.label_dim,))
        img = self.generator([noise, label])
        self.discriminator.trainable = False
        valid = self.discriminator([img, label])
        self.combined = Model([noise, label], valid)
        self.combined.compile(loss=['binary_crossentropy'], optimizer=optimizer)

    def build_generator(self):
        model = Sequential()
        model.add(Dense(256, input_dim=self.latent_dim))
        model.add(LeakyReLU(0.2))
        model.add(BatchNormalization(momentum=0.8))
        model.add(Dense(512))
        model.add(LeakyReLU(0.2))
        model.add(Dense(int(np.prod(self.img_shape)), activation='tanh'))
        model.add(Reshape(self.img_shape))

        noise = Input(shape=(self.latent_dim,))
        label = Input(shape=(self.label_dim,), dtype='int32')
        label_embedding = Flatten()(Embedding(self.num_classes, self.latent_dim // self.label_dim)(label))
        model_input = multiply([noise, label_embedding])
        img = model(model_input)
        return Model([noise, label], img)

    def build_discriminator(self):
        model = Sequential()
        model.add(Dense(512, input_dim=int(np.prod(self.img_shape))))
        model.add(LeakyReLU(0.2))
        model.add(Dropout(0.4))
        model.add(Dense(1, activation='sigmoid'))

        img = Input(shape=self.img_shape)
        label = Input(shape=(self.label_dim,), dtype='int32')
        label_embedding = Flatten()(Embedding(self.num_classes, int(np.prod(self.img_shape)) // self.label_dim)(label))
        flat_img = Flatten()(img)
        model_input = multiply([flat_img, label_embedding])
        return Model([img, label], model(model_input))


if __name__ == '__main__':
    cgan = CGAN()
