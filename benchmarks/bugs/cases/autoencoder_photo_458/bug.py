import numpy as np
from tensorflow.keras.layers import Conv2D, Input, MaxPooling2D, UpSampling2D
from tensorflow.keras.models import Model


class AutoEncoder:
    def __init__(self, info):
        self.shape_img = info["shape_img"]
        self.autoencoder = None

    def set_arch(self, filters=(16, 8, 8)):
        image = Input(shape=self.shape_img)
        x = image
        for n in filters:
            x = Conv2D(n, (3, 3), activation="relu", padding="same")(x)
            x = MaxPooling2D((2, 2), padding="same")(x)
        for n in reversed(filters):
            x = Conv2D(n, (3, 3), activation="relu", padding="same")(x)
            x = UpSampling2D((2, 2))(x)
        decoded = Conv2D(self.shape_img[2], (3, 3), activation="sigmoid", padding="same")(x)
        self.autoencoder = Model(image, decoded)

    def compile(self, loss="binary_crossentropy", optimizer="adam"):
        self.autoencoder.compile(optimizer=optimizer, loss=loss)

    def fit(self, X, n_epochs=1, batch_size=4):
        self.autoencoder.fit(X, X, epochs=n_epochs, batch_size=batch_size, shuffle=True)


imgs_train = [np.random.randint(0, 256, size=(116, 174, 3)) / 255.0 for _ in range(8)]
shape_img = imgs_train[0].shape
model = AutoEncoder({"shape_img": shape_img})
model.set_arch()
model.compile()
X_train = np.array(imgs_train).reshape((-1,) + shape_img)
model.fit(X_train)
