import numpy as np
from tensorflow.keras.layers import Dense, Flatten, Input, Lambda
from tensorflow.keras.models import Model, Sequential


class SiameseNetwork:
    def __init__(self, input_shape):
        self.input_shape = input_shape
        self.base_net = self.build_base()
        self.input_one = Input(shape=self.input_shape)
        self.input_two = Input(shape=self.input_shape)
        self.processed_one = self.base_net(self.input_one)
        self.processed_two = self.base_net(self.input_two)
        self.distance = Lambda(self.euclidean_distance)([self.processed_one, self.processed_two])
        self.together = Dense(1, activation="sigmoid")(self.distance)
        self.siamese_net = Model([self.input_one, self.input_two], self.together)

    def build_base(self):
        return Sequential([Input(self.input_shape), Flatten(), Dense(64, activation="relu"), Dense(16)])

    def euclidean_distance(self, pair):
        a, b = pair
        difference = a - b
        return np.sqrt(np.sum(np.square(difference.numpy()), axis=1, keepdims=True))


network = SiameseNetwork((1, 192))
network.siamese_net.compile("adam", "binary_crossentropy")
