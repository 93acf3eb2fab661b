import numpy as np
from tensorflow.keras.layers import (Activation, Add, Conv2D, Conv2DTranspose, Cropping2D, Dropout, Input,
                                     MaxPooling2D, ZeroPadding2D)
from tensorflow.keras.models import Model

channels, height, width = 3, 320, 480
num_classes = 21


def fcn(height, width):
    img_input = Input(shape=(height, width, channels))
    x = ZeroPadding2D(padding=(100, 100))(img_input)
    for filters in (16, 32, 64):
        x = Conv2D(filters, (3, 3), activation="relu", padding="valid" if filters == 16 else "same")(x)
        x = MaxPooling2D((2, 2), strides=(2, 2), padding="same")(x)
    pool3 = x
    x = Conv2D(64, (3, 3), activation="relu", padding="same")(x)
    x = MaxPooling2D((2, 2), strides=(2, 2), padding="same")(x)
    pool4 = x
    x = Conv2D(64, (3, 3), activation="relu", padding="same")(x)
    x = MaxPooling2D((2, 2), strides=(2, 2), padding="same")(x)
    x = Conv2D(128, (7, 7), activation="relu", padding="valid", name="fc6")(x)
    x = Dropout(0.5)(x)
    x = Conv2D(num_classes, (1, 1), name="score-fr")(x)
    score2 = Conv2DTranspose(num_classes, (4, 4), strides=2, name="score2")(x)
    score_pool4 = Conv2D(num_classes, (1, 1))(pool4)
    score_pool4c = Cropping2D((5, 5))(score_pool4)
    score_fused = Add()([score2, score_pool4c])
    score4 = Conv2DTranspose(num_classes, (4, 4), strides=2, use_bias=False)(score_fused)
    return Model(img_input, Activation("softmax")(score4)), pool3


model, _ = fcn(height, width)
picture = np.random.rand(1, height, width, channels)
print(model.predict(picture, verbose=0).shape)
