from keras import Model
from keras.layers import (AveragePooling2D, BatchNormalization, Conv2D, Dense, Flatten, Input, Lambda,
                          concatenate)

units, latent_dim, k = 64, 20, 5

x = Input((120, 160, 1))
h = Conv2D(units // 4, k, strides=2, padding="same", activation="elu")(x)
h = BatchNormalization(momentum=0.8)(h)
h = Conv2D(units // 2, k, strides=2, padding="same", activation="elu")(h)
h = Conv2D(units, k, strides=2, padding="same", activation="elu")(h)
h = Flatten()(AveragePooling2D((5, 5))(h))
h = Dense(latent_dim, name="encoder_mu")(h)

half = latent_dim // 2
h_left = Lambda(lambda t: t[:, 0:half], name="left")(h)
h_right = Lambda(lambda t: t[:, half:latent_dim], name="right")(h)

auxiliary = Input((6,))
out = Dense(1)(concatenate([h_left, auxiliary]))
model = Model([x, auxiliary], [out, h_right])
model.summary()
