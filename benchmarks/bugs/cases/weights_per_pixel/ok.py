import numpy as np
from keras.layers import Activation, BatchNormalization, Conv2D, Input, MaxPooling2D
from keras.models import Model

im = np.zeros(shape=(10, 64, 64, 3), dtype="float32")
out = 2 * np.ones(shape=(10, 64, 64, 1), dtype="float32")
aux_out = 5 * np.ones(shape=(10, 22, 22, 1), dtype="float32")
weight = np.ones(shape=(10, 64, 64, 1), dtype="float32")
aux_weight = np.ones(shape=(10, 22, 22, 1), dtype="float32")

entrance = Input(shape=(64, 64, 3), name="input")
x = Conv2D(8, 3, padding="same")(entrance)
x = BatchNormalization()(x)
x = Activation("relu")(x)
main = Conv2D(1, 1, name="main")(x)
aux = Conv2D(1, 1, name="aux")(MaxPooling2D(pool_size=3, padding="same")(x))
model = Model(inputs=entrance, outputs=[main, aux])
model.compile(loss=["mse", "mse"], optimizer="adam")
model.fit(im, [out, aux_out], sample_weight=[weight, aux_weight], batch_size=5, epochs=1)
