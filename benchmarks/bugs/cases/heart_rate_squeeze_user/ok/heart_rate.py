import numpy as np
import tensorflow as tf
from config import options
from tensorflow.keras.layers import LSTM, Dense, Embedding, Input, Lambda, concatenate
from tensorflow.keras.models import Model


class HeartRate:
    def __init__(self, args):
        self.num_steps = args.num_steps
        self.attributes = args.attributes.split(",")
        self.sizes = {"userId": 40, "sport": 7}
        self.model = self.build_model(args)

    def attribute(self, name, dim):
        inputs = Input((self.num_steps, 1), name=name)
        vectors = Embedding(self.sizes[name], dim, name=name + "_embedding")(inputs)
        squeezed = Lambda(lambda y: tf.squeeze(y, 2), output_shape=(self.num_steps, dim))(vectors)
        return inputs, squeezed

    def build_model(self, args):
        measured = Input((self.num_steps, 2), name="measured")
        inputs, joined = [measured], [measured]
        for name in self.attributes:
            number, vector = self.attribute(name, args.user_dim)
            inputs.append(number)
            joined.append(vector)
        x = LSTM(16, return_sequences=True)(concatenate(joined))
        model = Model(inputs, Dense(1, activation="selu")(x))
        model.compile(loss="mean_squared_error", optimizer="rmsprop")
        return model


def main(args):
    lstm = HeartRate(args)
    x = {"measured": np.random.rand(16, args.num_steps, 2)}
    for name in lstm.attributes:
        x[name] = np.random.randint(0, lstm.sizes[name], (16, args.num_steps, 1))
    lstm.model.fit(x, np.random.rand(16, args.num_steps, 1), batch_size=args.batch_size)


if __name__ == "__main__":
    main(options())
