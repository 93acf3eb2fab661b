import keras
import numpy as np
from keras.layers import Conv2D, Input, MaxPooling2D
from keras.models import Model


def student(size):
    image = Input((size, size, 3))
    x = Conv2D(16, 3, padding="same")(image)
    x = MaxPooling2D(2, strides=2, padding="same")(x)
    x = Conv2D(24, 3, dilation_rate=4)(x)
    return Model(image, x)


def frozen(size):
    image = Input((size, size, 3))
    y = Conv2D(24, 3, padding="same", kernel_initializer="he_normal")(image)
    y = MaxPooling2D(2, strides=2, padding="same")(y)
    model = Model(image, y)
    model.trainable = False
    return model


def loss_behind(constant_model):
    def custom_loss(y_true, y_pred):
        wanted = constant_model(y_true)
        return keras.losses.mean_absolute_error(wanted, y_pred)

    return custom_loss


main_model = student(64)
main_model.compile(optimizer="adam", loss=loss_behind(frozen(64)))
images = np.random.rand(4, 64, 64, 3)
main_model.fit(images, images, batch_size=2, epochs=1)
