import numpy as np
from tensorflow.keras import backend as K
from tensorflow.keras import layers, models
from tensorflow.keras.utils import to_categorical


def load_characters(count=490):
    """Codes of the characters are sparse: 223 occur, the highest is 244."""
    used = np.array([code for code in range(245) if code % 11 != 0])
    y = np.resize(used, count)
    x = np.random.rand(count, 28, 28, 1).astype("float32")
    return x, to_categorical(y.astype("float32"))


def margin_loss(y_true, y_pred):
    hit = y_true * K.square(K.maximum(0.0, 0.9 - y_pred))
    miss = 0.5 * (1 - y_true) * K.square(K.maximum(0.0, y_pred - 0.1))
    return K.mean(K.sum(hit + miss, 1))


def capsnet(input_shape, n_class):
    x = layers.Input(shape=input_shape)
    conv1 = layers.Conv2D(16, 9, activation="relu")(x)
    primary = layers.Conv2D(16, 9, strides=2)(conv1)
    flat = layers.Flatten()(primary)
    capsules = layers.Reshape((n_class, 4))(layers.Dense(n_class * 4)(flat))
    length = layers.Lambda(lambda z: K.sqrt(K.sum(K.square(z), -1) + 1e-7), output_shape=(n_class,))(capsules)
    return models.Model(x, length)


x_train, y_train = load_characters()
n_class = len(np.unique(np.argmax(y_train, 1)))
model = capsnet(x_train.shape[1:], n_class)
model.compile("adam", loss=margin_loss)
model.fit(x_train, y_train, batch_size=98, epochs=1)
