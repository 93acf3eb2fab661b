import keras
from keras import layers, ops


class MixtureOfExperts(layers.Layer):
    def __init__(self, units, num_experts, num_tasks, num_gates=None, **kwargs):
        super().__init__(**kwargs)
        self.experts = [layers.Dense(units, activation="relu") for _ in range(num_experts)]
        self.gates = [layers.Dense(num_gates or num_experts, activation="softmax") for _ in range(num_tasks)]

    def call(self, inputs):
        hidden = ops.stack([expert(inputs) for expert in self.experts], axis=1)
        outputs = []
        for gate in self.gates:
            weight = ops.expand_dims(gate(inputs), axis=-1)
            outputs.append(ops.sum(weight * hidden, axis=1))
        return outputs


def build_model(features, tasks):
    inputs = keras.Input((features,))
    shared = MixtureOfExperts(units=8, num_experts=4, num_tasks=len(tasks), num_gates=4)(inputs)
    heads = []
    for name, h in zip(tasks, shared):
        tower = layers.Dense(8, activation="relu")(h)
        heads.append(layers.Dense(1, activation="sigmoid", name=name)(tower))
    return keras.Model(inputs, heads)


build_model(20, ["income", "marital"]).summary()
