import tf_keras as keras
from tf_keras import backend as K
from tf_keras.layers import LSTM, BatchNormalization, Bidirectional, Concatenate, Conv1D, Dense, Flatten, Input, Lambda
from tf_keras.models import Model


class SiameseNetwork:
    def __init__(self, left_model, right_model, head):
        self.left_model = left_model
        self.right_model = right_model
        self.head = head
        self._build()

    def _build(self):
        left_in = Input(self.left_model.input_shape[1:])
        right_in = Input(self.right_model.input_shape[1:])
        a = self.left_model(left_in)
        b = self.right_model(right_in)
        self.siamese_model = Model([left_in, right_in], self.head(a, b))

    def compile(self, *args, **kwargs):
        self.siamese_model.compile(*args, **kwargs)


def text_tower(steps, units=64):
    i = Input((steps, 100))
    x = Bidirectional(LSTM(units))(i)
    x = Dense(units, activation="relu")(x)
    return Model(i, x)


def sensor_tower(steps, units=64):
    i = Input((steps, 6))
    x = Conv1D(32, 5, activation="relu")(i)
    x = Bidirectional(LSTM(units))(x)
    x = Flatten()(x)
    return Model(i, x)


def distance_head(a, b):
    d = Lambda(lambda pair: K.abs(pair[0] - pair[1]))([a, b])
    d = BatchNormalization()(d)
    return Dense(1, activation="sigmoid")(d)


net = SiameseNetwork(text_tower(30), sensor_tower(120), distance_head)
net.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
