import numpy as np
import keras
from keras import layers

NUM_EXPERTS = 4
np.random.seed(7)


def data_preparation(samples=400, features=20):
    weights = np.random.randn(2, features)
    x = np.random.randn(samples, features)
    labels = []
    for row in x:
        labels.append(np.array([row @ weights[0], row @ weights[1]]))
    return x, labels


class MMoE(layers.Layer):
    def __init__(self, units, num_experts, num_tasks):
        super().__init__()
        self.experts = [layers.Dense(units, activation="relu") for _ in range(num_experts)]
        self.gates = [layers.Dense(num_experts, activation="softmax") for _ in range(num_tasks)]

    def call(self, x):
        stacked = keras.ops.stack([expert(x) for expert in self.experts], axis=1)
        return [keras.ops.sum(stacked * gate(x)[..., None], axis=1) for gate in self.gates]


def main():
    x, labels = data_preparation()
    inputs = layers.Input((x.shape[1],))
    towers = MMoE(units=16, num_experts=NUM_EXPERTS, num_tasks=2)(inputs)
    outputs = [layers.Dense(1, name=f"y{i}")(layers.Dense(8)(tower)) for i, tower in enumerate(towers)]
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss=["mse", "mse"])
    model.fit(x=x, y=labels, epochs=1, batch_size=50)


if __name__ == "__main__":
    main()
