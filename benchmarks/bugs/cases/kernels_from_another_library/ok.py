import numpy as np
import keras
from keras import layers


def torch_state(sizes):
    """What a state_dict of linear layers holds: rows are outputs."""
    rng = np.random.default_rng(3)
    state = {}
    for n, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:])):
        state[f"fc{n}.weight"] = rng.normal(size=(fan_out, fan_in)).astype("float32")
        state[f"fc{n}.bias"] = np.zeros(fan_out, "float32")
    return state


def to_keras(sizes):
    model = keras.Sequential([keras.Input((sizes[0],))])
    for n, units in enumerate(sizes[1:]):
        model.add(layers.Dense(units, activation="relu", name=f"fc{n}"))
    return model


sizes = [20, 12, 5]
state = torch_state(sizes)
model = to_keras(sizes)
for layer in model.layers:
    weight, bias = state[f"{layer.name}.weight"], state[f"{layer.name}.bias"]
    layer.set_weights([weight.T, bias])
print(model.predict(np.ones((1, 20)), verbose=0))
