"""Layers and models that Keras 3 cannot save, copy or load, and those that it can, as it says itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tracker.whole_programs import lines_of_failure, lines_of_findings

pytestmark = pytest.mark.oracle

_HEAD = """\
import copy
import numpy as np
import keras
from keras import layers

class Own(layers.Layer):
    def __init__(self, units=3, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.d = layers.Dense(units)
    def build(self, shape):
        self.d.build(shape)
        self.built = True
    def call(self, x):
        return self.d(x)
    def compute_output_shape(self, shape):
        return (*shape[:-1], self.units)
    def get_config(self):
        return {**super().get_config(), "units": self.units}

class Wrap(layers.Layer):
    def __init__(self, inner, **kwargs):
        super().__init__(**kwargs)
        self.inner = inner
    def call(self, x):
        return self.inner(x)

class Net(keras.Model):
    def __init__(self, width=3, **kwargs):
        super().__init__(**kwargs)
        self.d = layers.Dense(width)
    def call(self, x):
        return self.d(x)

class OwnLoss(keras.losses.Loss):
    def call(self, a, b):
        return own_loss(a, b)

def own_loss(a, b):
    return keras.ops.mean(keras.ops.square(a - b), axis=-1)

def double(t):
    return t * 2

def net(*parts):
    return keras.Sequential([layers.Input((4,)), *parts])
"""

_FAILS: dict[str, str] = {
    "a list that is kept, and filled later": """\
class Stack(layers.Layer):
    def __init__(self, sizes, **kwargs):
        super().__init__(**kwargs)
        self.parts = [layers.Dense(size) for size in sizes]
    def call(self, x):
        for part in self.parts:
            x = part(x)
        return x
sizes = [8, 4]
stack = Stack(sizes)
sizes.append(7)
a = layers.Input((4,))
layers.Add()([Stack.from_config(stack.get_config())(a), a])
""",
    "one of two registered": """\
@keras.saving.register_keras_serializable()
class Half(layers.Layer):
    def call(self, x):
        return x / 2
m = net(Half())
m.compile("sgd", own_loss)
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "clone missing arg": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        return super().get_config()
model = net(Scale(3))
twin = keras.models.clone_model(model)
""",
    "no kwargs in init": """\
class Scale(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.dense = layers.Dense(units)
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units})
        return config
model = net(Scale(3))
twin = keras.models.clone_model(model)
""",
    "wrong key": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        config = super().get_config()
        config["n_units"] = self.units
        return config
layer = Scale(3)
copy = Scale.from_config(layer.get_config())
""",
    "auto config works": """\
class Scale(layers.Layer):
    def __init__(self, units, name=None):
        super().__init__(name=name)
        self.dense = layers.Dense(units)
    def call(self, x):
        return self.dense(x)
model = net(Scale(3))
twin = keras.models.clone_model(model)
print(twin.output_shape)
""",
    "auto config layer arg fails": """\
model = net(Wrap(layers.Dense(3)))
twin = keras.models.clone_model(model)
""",
    "subclass model clone": """\
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(3)
    def call(self, x):
        return self.d(x)
m = Net()
m(np.zeros((1, 4)))
twin = keras.models.clone_model(m)
""",
    "subclass model from config list": """\
class Net(keras.Model):
    def __init__(self, widths):
        super().__init__()
        self.d = [layers.Dense(w) for w in widths]
    def call(self, x):
        for d in self.d:
            x = d(x)
        return x
m = Net([7, 3])
twin = Net.from_config(m.get_config())
y = twin(np.zeros((1, 4)))
print(y @ np.zeros((4, 2), "float32"))
""",
    "load model custom missing arg": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(units)
    def build(self, shape):
        self.dense.build(shape)
        self.built = True
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        return super().get_config()
model = net(Scale(3))
model.save("m.keras")
twin = keras.models.load_model("m.keras", custom_objects={"Scale": Scale})
""",
    "save layer arg no config": """\
model = net(Wrap(layers.Dense(3)))
model.save("m.keras")
""",
    "to json layer arg no config": """\
model = net(Wrap(layers.Dense(3)))
text = model.to_json()
""",
    "load model no custom": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        return {**super().get_config(), "units": self.units}
model = net(Scale(3))
model.save("m.keras")
twin = keras.models.load_model("m.keras")
""",
    "load model custom predict wrong": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)
    def build(self, shape):
        self.dense.build(shape)
        self.built = True
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        return {**super().get_config(), "units": self.units}
model = net(Scale(3))
model.save("m.keras")
twin = keras.models.load_model("m.keras", custom_objects={"Scale": Scale})
print(twin.predict(np.zeros((2, 5))).shape)
""",
    "load lambda": """\
model = net(layers.Lambda(lambda t: t * 2))
model.save("m.keras")
twin = keras.models.load_model("m.keras")
""",
    "load custom loss": """\
def my_loss(a, b):
    return keras.ops.mean(keras.ops.square(a - b), axis=-1)
model = net(layers.Dense(2))
model.compile("adam", my_loss)
model.save("m.keras")
twin = keras.models.load_model("m.keras")
""",
    "fine copy wrong width": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        config = super().get_config()
        config["units"] = self.units
        return config
layer = Scale(3)
copy = Scale.from_config(layer.get_config())
a = layers.Input((4,))
layers.Subtract()([copy(a), a])
""",
    "type self copy": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.d = layers.Dense(units)
    def call(self, x):
        return self.d(x)
    def get_config(self):
        return {**super().get_config(), "units": self.units}
    def clone(self):
        return type(self).from_config(self.get_config())
    def clone2(self):
        return self.__class__(**self.get_config())
a = layers.Input((4,))
l = Scale(6)
layers.Add()([l.clone()(a), l.clone2()(a)])
layers.Add()([l.clone()(a), a])
""",
    "weights to copy": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units))
    def call(self, x):
        return x @ self.w
    def get_config(self):
        return {**super().get_config(), "units": self.units}
model = net(Scale(3))
twin = keras.models.clone_model(model)
twin.set_weights(model.get_weights())
print(twin(np.zeros((2, 4), "float32")).shape)
twin(np.zeros((2, 5), "float32"))
""",
    "json custom": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
    def call(self, x):
        return x
model = net(Scale(3))
twin = keras.models.model_from_json(model.to_json())
""",
    "time distributed own": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.d = layers.Dense(units)
    def call(self, x):
        return self.d(x)
x = layers.Input((3, 4))
y = layers.TimeDistributed(Scale(2))(x)
print(y.shape)
layers.Add()([y, x])
""",
    "h5 own": """\
m = net(Own())
m.save("a.h5")
keras.models.load_model("a.h5")
""",
    "h5 lambda": """\
m = net(layers.Lambda(lambda t: t * 2))
m.save("a.h5")
keras.models.load_model("a.h5")
""",
    "h5 lambda named": """\
m = net(layers.Lambda(double))
m.save("a.h5")
keras.models.load_model("a.h5")
""",
    "keras lambda named": """\
m = net(layers.Lambda(double))
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "h5 loss": """\
m = net(layers.Dense(2))
m.compile("sgd", own_loss)
m.save("a.h5")
keras.models.load_model("a.h5")
""",
    "keras loss object": """\
m = net(layers.Dense(2))
m.compile("sgd", OwnLoss())
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "keras metric function dict": """\
m = net(layers.Dense(2, name="out"))
m.compile("sgd", "mse", metrics={"out": [own_loss]})
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "keras metric given other name": """\
m = net(layers.Dense(2))
m.compile("sgd", "mse", metrics=[own_loss])
m.save("a.keras")
keras.models.load_model("a.keras", custom_objects={"loss": own_loss})
""",
    "closure loss": """\
def make(k):
    def inner(a, b):
        return keras.ops.mean(keras.ops.square(a - b), axis=-1) * k
    return inner
m = net(layers.Dense(2))
m.compile("sgd", make(3))
m.save("a.keras")
keras.models.load_model("a.keras", custom_objects={"make": make})
""",
    "nested own": """\
inner = net(Own())
a = layers.Input((4,))
m = keras.Model(a, inner(a))
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "wrapped own": """\
a = layers.Input((3, 4))
m = keras.Model(a, layers.TimeDistributed(Own())(a))
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "subclassed model load": """\
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(3)
    def call(self, x):
        return self.d(x)
m = Net()
m(np.zeros((1, 4)))
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "subclassed model load given": """\
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(3)
    def call(self, x):
        return self.d(x)
m = Net()
m(np.zeros((1, 4)))
m.save("a.keras")
keras.models.load_model("a.keras", custom_objects={"Net": Net})
""",
    "subclassed required save": """\
class Net(keras.Model):
    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.d = layers.Dense(width)
    def call(self, x):
        return self.d(x)
m = Net(4)
m(np.zeros((1, 4)))
m.save("a.keras")
""",
    "copy copy own": """\
copy.copy(Own())
""",
    "deepcopy list of own": """\
copy.deepcopy([Own(), Own()])
""",
    "deepcopy model with own": """\
m = net(Own())
n = copy.deepcopy(m)
""",
    "bidirectional own": """\
class MyRNN(layers.LSTM):
    pass
x = layers.Input((5, 3))
y = layers.Bidirectional(MyRNN(4, return_sequences=True))(x)
print(y.shape)
""",
    "rnn own cell saved": """\
class Cell(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units
        self.d = layers.Dense(units)
    def call(self, x, states):
        h = self.d(x) + states[0]
        return h, [h]
a = layers.Input((5, 3))
m = keras.Model(a, layers.RNN(Cell(4))(a))
m.save("a.keras")
n = keras.models.load_model("a.keras")
""",
    "rnn own cell bidirectional": """\
class Cell(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units
        self.d = layers.Dense(units)
    def call(self, x, states):
        h = self.d(x) + states[0]
        return h, [h]
a = layers.Input((5, 3))
b = layers.Bidirectional(layers.RNN(Cell(4)))(a)
""",
    "custom objects half": """\
m = net(Own())
m.compile("sgd", own_loss)
m.save("a.keras")
n = keras.models.load_model("a.keras", custom_objects={"Own": Own})
""",
    "activation function": """\
m = net(layers.Dense(3, activation=double))
m.save("a.keras")
n = keras.models.load_model("a.keras")
""",
    "clone compiled own loss": """\
m = net(layers.Dense(3))
m.compile("sgd", own_loss)
n = keras.models.clone_model(m)
""",
    "functional subclass load": """\
class Net(keras.Model):
    def __init__(self, width=3):
        a = layers.Input((4,))
        super().__init__(a, layers.Dense(width)(a))
m = Net()
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "sequential subclass load": """\
class Net(keras.Sequential):
    def __init__(self, width):
        super().__init__([layers.Input((4,)), layers.Dense(width)])
m = Net(3)
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "deepcopy subclassed unbuilt": """\
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(3)
    def call(self, x):
        return self.d(x)
n = copy.deepcopy(Net())
""",
    "deepcopy agent": """\
class Agent:
    def __init__(self, model):
        self.model = model
        self.target = copy.deepcopy(model)
Agent(net(Own()))
""",
    "bidirectional activation": """\
b = layers.Bidirectional(layers.LSTM(3, activation=double))
""",
    "metric class": """\
class M(keras.metrics.Mean):
    def update_state(self, a, b, sample_weight=None):
        return super().update_state(a - b)
m = net(layers.Dense(2))
m.compile("sgd", "mse", metrics=[M()])
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "weighted metric function": """\
m = net(layers.Dense(2))
m.compile("sgd", "mse", weighted_metrics=[own_loss])
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "config tuple": """\
class Block(layers.Layer):
    def __init__(self, sizes, **kwargs):
        super().__init__(**kwargs)
        self.sizes = sizes
        self.parts = [layers.Dense(n) for n in sizes]
    def call(self, x):
        for part in self.parts:
            x = part(x)
        return x
m = net(Block((8, 4)))
n = keras.models.clone_model(m)
layers.Add()([n(layers.Input((4,))), layers.Input((5,))])
""",
    "config own default object": """\
class Cfg:
    width = 3
class Block(layers.Layer):
    def __init__(self, cfg, **kwargs):
        super().__init__(**kwargs)
        self.d = layers.Dense(cfg.width)
    def call(self, x):
        return self.d(x)
m = net(Block(Cfg()))
m.save("a.keras")
""",
    "td subclassed model": """\
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(3)
    def call(self, x):
        return self.d(x)
y = layers.TimeDistributed(Net())(layers.Input((3, 4)))
""",
    "model kwargs": """\
n = Net.from_config(Net(5).get_config())
layers.Add()([n(layers.Input((4,))), layers.Input((5,))])
""",
}

_RUNS: dict[str, str] = {
    "both registered": """\
@keras.saving.register_keras_serializable()
class Half(layers.Layer):
    def call(self, x):
        return x / 2
@keras.saving.register_keras_serializable(package="own")
def half_loss(a, b):
    return keras.ops.mean(keras.ops.abs(a - b), axis=-1) / 2
m = net(Half())
m.compile("sgd", half_loss)
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "clone fine config": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        return {**super().get_config(), "units": self.units}
model = net(Scale(3))
twin = keras.models.clone_model(model)
print(twin.output_shape)
""",
    "config serialises inner": """\
class Wrap(layers.Layer):
    def __init__(self, inner, **kwargs):
        super().__init__(**kwargs)
        self.inner = inner
    def call(self, x):
        return self.inner(x)
    def get_config(self):
        config = super().get_config()
        config["inner"] = keras.saving.serialize_keras_object(self.inner)
        return config
    @classmethod
    def from_config(cls, config):
        config["inner"] = keras.saving.deserialize_keras_object(config["inner"])
        return cls(**config)
model = net(Wrap(layers.Dense(3)))
twin = keras.models.clone_model(model)
print(twin.output_shape)
""",
    "load model custom": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)
    def build(self, shape):
        self.dense.build(shape)
        self.built = True
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        return {**super().get_config(), "units": self.units}
model = net(Scale(3))
model.save("m.keras")
twin = keras.models.load_model("m.keras", custom_objects={"Scale": Scale})
print(twin.predict(np.zeros((2, 4))).shape)
""",
    "load model registered": """\
@keras.saving.register_keras_serializable()
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)
    def build(self, shape):
        self.dense.build(shape)
        self.built = True
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        return {**super().get_config(), "units": self.units}
model = net(Scale(3))
model.save("m.keras")
twin = keras.models.load_model("m.keras")
print(twin.output_shape)
""",
    "load model custom object scope": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)
    def build(self, shape):
        self.dense.build(shape)
        self.built = True
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        return {**super().get_config(), "units": self.units}
model = net(Scale(3))
model.save("m.keras")
with keras.saving.custom_object_scope({"Scale": Scale}):
    twin = keras.models.load_model("m.keras")
print(twin.output_shape)
""",
    "load lambda unsafe": """\
model = net(layers.Lambda(lambda t: t * 2))
model.save("m.keras")
twin = keras.models.load_model("m.keras", safe_mode=False)
print(twin.output_shape)
""",
    "load custom loss given": """\
def my_loss(a, b):
    return keras.ops.mean(keras.ops.square(a - b), axis=-1)
model = net(layers.Dense(2))
model.compile("adam", my_loss)
model.save("m.keras")
twin = keras.models.load_model("m.keras", custom_objects={"my_loss": my_loss})
twin.fit(np.zeros((8, 4)), np.zeros((8, 2)), verbose=0)
""",
    "load custom loss no compile": """\
def my_loss(a, b):
    return keras.ops.mean(keras.ops.square(a - b), axis=-1)
model = net(layers.Dense(2))
model.compile("adam", my_loss)
model.save("m.keras")
twin = keras.models.load_model("m.keras", compile=False)
print(twin.predict(np.zeros((8, 4)), verbose=0).shape)
""",
    "from config named kw": """\
class Scale(layers.Layer):
    def __init__(self, units, name="scale"):
        super().__init__(name=name)
        self.units = units
    def call(self, x):
        return x
    def get_config(self):
        return {"units": self.units}
copy = Scale.from_config(Scale(3).get_config())
copy(layers.Input((3,)))
""",
    "json custom given": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
    def call(self, x):
        return x
model = net(Scale(3))
twin = keras.models.model_from_json(model.to_json(), custom_objects={"Scale": Scale})
print(twin.output_shape)
""",
    "h5 own given": """\
m = net(Own())
m.save("a.h5")
n = keras.models.load_model("a.h5", custom_objects={"Own": Own})
n.predict(np.zeros((2, 4)), verbose=0)
""",
    "keras lambda named given": """\
m = net(layers.Lambda(double))
m.save("a.keras")
n = keras.models.load_model("a.keras", custom_objects={"double": double})
n.predict(np.zeros((2, 4)), verbose=0)
""",
    "keras loss object given": """\
m = net(layers.Dense(2))
m.compile("sgd", OwnLoss())
m.save("a.keras")
keras.models.load_model("a.keras", custom_objects={"OwnLoss": OwnLoss})
""",
    "keras metric given": """\
m = net(layers.Dense(2))
m.compile("sgd", "mse", metrics=[own_loss])
m.save("a.keras")
keras.models.load_model("a.keras", custom_objects={"own_loss": own_loss})
""",
    "closure loss given": """\
def make(k):
    def inner(a, b):
        return keras.ops.mean(keras.ops.square(a - b), axis=-1) * k
    return inner
m = net(layers.Dense(2))
m.compile("sgd", make(3))
m.save("a.keras")
keras.models.load_model("a.keras", custom_objects={"inner": make(3)})
""",
    "subclassed model kwargs given": """\
class Net(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.d = layers.Dense(3)
    def call(self, x):
        return self.d(x)
m = Net()
m(np.zeros((1, 4)))
m.save("a.keras")
keras.models.load_model("a.keras", custom_objects={"Net": Net})
""",
    "subclassed required config": """\
class Net(keras.Model):
    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.d = layers.Dense(width)
    def call(self, x):
        return self.d(x)
    def get_config(self):
        return {"width": self.width}
m = Net(4)
m(np.zeros((1, 4)))
m.save("a.keras")
n = keras.models.load_model("a.keras", custom_objects={"Net": Net})
n.predict(np.zeros((1, 4)), verbose=0)
""",
    "deepcopy builtin": """\
d = copy.deepcopy(layers.Dense(3))
d(layers.Input((3,)))
""",
    "deepcopy model plain": """\
m = net(layers.Dense(3))
n = copy.deepcopy(m)
print(n.output_shape)
""",
    "bidirectional scope": """\
class MyRNN(layers.LSTM):
    pass
x = layers.Input((5, 3))
with keras.saving.custom_object_scope({"MyRNN": MyRNN}):
    y = layers.Bidirectional(MyRNN(4, return_sequences=True))(x)
print(y.shape)
""",
    "bidirectional registered": """\
@keras.saving.register_keras_serializable()
class MyRNN(layers.LSTM):
    pass
x = layers.Input((5, 3))
y = layers.Bidirectional(MyRNN(4, return_sequences=True))(x)
print(y.shape)
""",
    "custom objects dict variable": """\
objects = {"Own": Own, "own_loss": own_loss}
m = net(Own())
m.compile("sgd", own_loss)
m.save("a.keras")
n = keras.models.load_model("a.keras", objects)
n.fit(np.zeros((4, 4)), np.zeros((4, 3)), verbose=0)
""",
    "compile after save": """\
m = net(layers.Dense(3))
m.save("a.keras")
m.compile("sgd", own_loss)
n = keras.models.load_model("a.keras")
""",
    "activation function given": """\
m = net(layers.Dense(3, activation=double))
m.save("a.keras")
n = keras.models.load_model("a.keras", custom_objects={"double": double})
""",
    "from config model own given": """\
m = net(Own())
n = keras.Sequential.from_config(m.get_config(), custom_objects={"Own": Own})
""",
    "loading in try": """\
m = net(Own())
m.save("a.keras")
try:
    m = keras.models.load_model("a.keras")
except Exception:
    m = keras.models.load_model("a.keras", custom_objects={"Own": Own})
print(m.output_shape)
""",
    "globals given": """\
m = net(Own())
m.save("a.keras")
n = keras.models.load_model("a.keras", custom_objects=globals())
""",
    "deepcopy own with deepcopy": """\
class Mine(layers.Layer):
    def __deepcopy__(self, memo):
        return Mine()
    def call(self, x):
        return x
n = copy.deepcopy(Mine())
""",
    "deepcopy agent plain": """\
class Agent:
    def __init__(self, model):
        self.model = model
        self.target = copy.deepcopy(model)
a = Agent(net(layers.Dense(2)))
print(a.target(np.zeros((1, 4))).shape)
""",
    "bidirectional ops activation": """\
b = layers.Bidirectional(layers.LSTM(3, activation=keras.activations.relu))
b(layers.Input((3, 4)))
""",
    "own in td sequential": """\
m = keras.Sequential([layers.Input((3, 4)), layers.TimeDistributed(Own())])
m.save("a.keras")
keras.models.load_model("a.keras", custom_objects={"Own": Own})
""",
    "td functional subclass": """\
class Net(keras.Model):
    def __init__(self, width=3):
        a = layers.Input((4,))
        super().__init__(a, layers.Dense(width)(a))
y = layers.TimeDistributed(Net())(layers.Input((3, 4)))
print(y.shape)
""",
    "td sequential subclass": """\
class Net(keras.Sequential):
    def __init__(self):
        super().__init__([layers.Input((4,)), layers.Dense(3)])
y = layers.TimeDistributed(Net())(layers.Input((3, 4)))
print(y.shape)
""",
    "td dense subclass": """\
class D(layers.Dense):
    pass
y = layers.TimeDistributed(D(3))(layers.Input((3, 4)))
print(y.shape)
""",
    "td own on data": """\
class P(layers.Layer):
    def call(self, x):
        return x * 2
y = layers.TimeDistributed(P())(np.zeros((2, 3, 4), "float32"))
print(y.shape)
""",
    "td own inside call": """\
class P(layers.Layer):
    def call(self, x):
        return x * 2
class Outer(layers.Layer):
    def __init__(self):
        super().__init__()
        self.t = layers.TimeDistributed(P())
    def call(self, x):
        return self.t(x)
y = Outer()(layers.Input((3, 4)))
print(y.shape)
""",
    "metric class given": """\
class M(keras.metrics.Mean):
    def update_state(self, a, b, sample_weight=None):
        return super().update_state(a - b)
m = net(layers.Dense(2))
m.compile("sgd", "mse", metrics=[M()])
m.save("a.keras")
keras.models.load_model("a.keras", custom_objects={"M": M})
""",
    "saved before compile": """\
m = net(layers.Dense(2))
m.save("a.keras")
m.compile("sgd", own_loss)
m.save("b.keras")
keras.models.load_model("a.keras")
""",
    "inner layer argument": """\
class Block(layers.Layer):
    def __init__(self, layer, **kwargs):
        super().__init__(**kwargs)
        self.layer = layer
    def call(self, x):
        return x + self.layer(x)
    def get_config(self):
        config = super().get_config()
        config.update({"layer": keras.layers.serialize(self.layer)})
        return config
    @classmethod
    def from_config(cls, config):
        layer = keras.layers.deserialize(config.pop("layer"))
        return cls(layer, **config)
m = net(Block(layers.Dense(4)))
n = keras.models.clone_model(m)
print(n(np.zeros((1, 4))).shape)
""",
    "config numpy int": """\
class Block(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.d = layers.Dense(units)
    def call(self, x):
        return self.d(x)
m = net(Block(int(np.prod((2, 2)))))
n = keras.models.clone_model(m)
""",
    "plain no init": """\
class Block(layers.Layer):
    def call(self, x):
        return x
m = net(Block(name="b"))
n = keras.models.clone_model(m)
n.save("a.keras")
""",
    "mixin config": """\
class Saves:
    def get_config(self):
        return {**super().get_config(), "units": self.units}
class Block(Saves, layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
    def call(self, x):
        return x
n = Block.from_config(Block(3).get_config())
print(n.units)
""",
    "init before super": """\
class Block(layers.Layer):
    def __init__(self, units, dtype="float32", trainable=True, name=None):
        super().__init__(dtype=dtype, trainable=trainable, name=name)
        self.units = units
    def call(self, x):
        return x
n = Block.from_config(Block(3).get_config())
print(n.units)
""",
    "shadow loss": """\
def mean_squared_error(a, b):
    return keras.ops.mean(keras.ops.square(a - b), axis=-1)
m = net(layers.Dense(3))
m.compile("sgd", mean_squared_error)
m.save("a.keras")
keras.models.load_model("a.keras")
""",
    "get config unknown attribute weights only": """\
class Scale(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(units)
    def call(self, x):
        return self.dense(x)
    def get_config(self):
        return {**super().get_config(), "units": self.units}
model = net(Scale(3))
model.save_weights("m.weights.h5")
""",
}


@pytest.mark.parametrize("name", _FAILS)
def test_what_keras_refuses_is_found(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    program = _HEAD + _FAILS[name]
    expected = lines_of_failure(program)
    assert expected
    found = lines_of_findings(program, tmp_path)
    assert found
    assert set(found) <= set(expected)


@pytest.mark.parametrize("name", _RUNS)
def test_what_keras_takes_is_silent(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    program = _HEAD + _RUNS[name]
    assert lines_of_failure(program) == []
    assert lines_of_findings(program, tmp_path) == []
