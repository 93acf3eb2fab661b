from tensorflow.keras.layers import (Activation, Conv2D, Dropout, Input, MaxPooling2D, UpSampling2D, concatenate)
from tensorflow.keras.models import Model
from tensorflow.keras.optimizers import Adam


class UNet:
    def __init__(self, config):
        self.config = config

    def compile(self, loss="binary_crossentropy"):
        inputs = Input(shape=self.config["input_shape"])
        conv1 = Activation("relu")(Conv2D(32, 3, padding="same", kernel_initializer="he_normal")(inputs))
        conv1 = Activation("relu")(Conv2D(32, 3, padding="same", kernel_initializer="he_normal")(conv1))
        pool1 = MaxPooling2D(pool_size=(2, 2), padding="same", strides=(2, 2))(conv1)
        conv2 = Activation("relu")(Conv2D(64, 3, padding="same", kernel_initializer="he_normal")(pool1))
        pool2 = MaxPooling2D(pool_size=(2, 2), padding="same", strides=(2, 2))(conv2)
        conv3 = Activation("relu")(Conv2D(128, 3, padding="same", kernel_initializer="he_normal")(pool2))
        conv3 = Dropout(0.5)(conv3)
        up6 = concatenate([UpSampling2D(size=(2, 2))(conv3), conv2], axis=3)
        conv6 = Activation("relu")(Conv2D(64, 3, padding="same", kernel_initializer="he_normal")(up6))
        up7 = concatenate([UpSampling2D(size=(2, 2))(conv6), conv1], axis=3)
        conv7 = Activation("relu")(Conv2D(32, 3, padding="same", kernel_initializer="he_normal")(up7))
        output = Conv2D(1, 1, activation="sigmoid")(conv7)
        self.net = Model(inputs=inputs, outputs=output)
        self.net.compile(optimizer=Adam(self.config["learning_rate"]), loss=loss)
        return self


config = {"input_shape": [64, 64, 1], "learning_rate": 1e-4, "nb_epoch": 1}
model = UNet(config).compile()
model.net.summary()
