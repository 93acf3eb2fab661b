import numpy as np
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Activation, Add, Conv2D, Dot, Input, Reshape
from tensorflow.keras.models import Model


def non_local_block(ip, intermediate_dim=None):
    ip_shape = K.int_shape(ip)
    _, dim1, dim2, channels = ip_shape
    if intermediate_dim is None:
        intermediate_dim = channels // 2
        if intermediate_dim < 1:
            intermediate_dim = 1
    theta = Conv2D(intermediate_dim, 1, use_bias=False)(ip)
    theta = Reshape((-1, intermediate_dim))(theta)
    phi = Conv2D(intermediate_dim, 1, use_bias=False)(ip)
    phi = Reshape((-1, intermediate_dim))(phi)
    f = Dot(axes=2)([theta, phi])
    f = Activation("softmax")(f)
    g = Conv2D(intermediate_dim, 1, use_bias=False)(ip)
    g = Reshape((-1, intermediate_dim))(g)
    y = Dot(axes=[2, 1])([f, g])
    y = Reshape((dim1, dim2, intermediate_dim))(y)
    y = Conv2D(channels, 1, padding="same", use_bias=False)(y)
    return Add()([ip, y])


def init_model(size=None):
    im_n = Input(shape=(size, size, 1))
    x = Conv2D(16, 3, activation="relu", padding="same")(im_n)
    x = non_local_block(x)
    resd = Conv2D(1, 3, padding="same")(x)
    model = Model(inputs=im_n, outputs=resd)
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


model = init_model()
noisy = np.random.rand(8, 40, 40, 1)
model.fit(noisy, np.zeros_like(noisy), batch_size=4, epochs=1)
