import numpy as np
from keras.layers import Conv2D, Input, MaxPooling2D, UpSampling2D
from keras.models import Model

SIDE = 23
input_profile = Input(shape=(SIDE, SIDE, 1))
x = Conv2D(16, (3, 3), activation="relu", padding="same")(input_profile)
x = MaxPooling2D((2, 2), padding="same")(x)
x = Conv2D(8, (3, 3), activation="relu", padding="same")(x)
x = MaxPooling2D((2, 2), padding="same")(x)
x = Conv2D(8, (3, 3), activation="relu", padding="same")(x)
encoded = MaxPooling2D((2, 2), padding="same")(x)

x = Conv2D(8, (3, 3), activation="relu", padding="same")(encoded)
x = UpSampling2D((2, 2))(x)
x = Conv2D(8, (3, 3), activation="relu", padding="same")(x)
x = UpSampling2D((2, 2))(x)
x = Conv2D(16, (3, 3), activation="relu")(x)
x = UpSampling2D((2, 2))(x)
decoded = Conv2D(1, (3, 3), activation="sigmoid", padding="same")(x)

autoencoder = Model(input_profile, decoded)
autoencoder.compile(optimizer="adadelta", loss="binary_crossentropy")
profiles = np.random.rand(40, SIDE * SIDE)
x_train = np.reshape(profiles, (40, SIDE, SIDE, 1))
autoencoder.fit(x_train, x_train, epochs=1, batch_size=10, shuffle=True, validation_data=(x_train, x_train))
