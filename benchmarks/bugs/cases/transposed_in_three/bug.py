import keras
from keras import layers


def conv_block(x, filters):
    x = layers.Conv2D(filters, (3, 3), padding="same")(x)
    x = layers.BatchNormalization()(x)
    return layers.MaxPooling2D((2, 1))(layers.ReLU()(x))


def crnn(width, height, alphabet, units=32):
    image = keras.Input((height, width, 1), name="image")
    x = image
    for filters in (16, 32, 64):
        x = conv_block(x, filters)
    x = layers.Permute((2, 1))(x)
    x = layers.Reshape((width, -1))(x)
    x = layers.Dense(64, activation="relu")(x)
    x = layers.Bidirectional(layers.LSTM(units, return_sequences=True))(x)
    return keras.Model(image, layers.Dense(len(alphabet) + 1, activation="softmax")(x))


alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"
model = crnn(128, 32, alphabet)
print(model.output_shape)
