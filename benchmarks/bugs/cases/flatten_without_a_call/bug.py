from tensorflow.keras.layers import Conv2D, Conv2DTranspose, Dense, Flatten, Input, Reshape
from tensorflow.keras.models import Model

input_img = Input(shape=(28, 28, 1))
x = Conv2D(16, (3, 3), strides=2, activation="relu", padding="same")(input_img)
x = Conv2D(8, (3, 3), strides=2, activation="relu", padding="same")(x)
x = Flatten(x)
encoded = Dense(32, activation="relu")(x)

x = Dense(7 * 7 * 8, activation="relu")(encoded)
x = Reshape((7, 7, 8))(x)
x = Conv2DTranspose(8, (3, 3), strides=2, activation="relu", padding="same")(x)
decoded = Conv2DTranspose(1, (3, 3), strides=2, activation="sigmoid", padding="same")(x)
autoencoder = Model(input_img, decoded)
autoencoder.compile(optimizer="adam", loss="binary_crossentropy")
