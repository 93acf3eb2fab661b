"""Calls around training that Keras refuses whatever the data is, and their likes that run.

Each of these programs was run in TensorFlow: the first ones raise, the others do not.
"""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

X = np.random.rand(32, 8).astype("float32")
Y = np.random.rand(32, 1).astype("float32")

def net(units=1):
    return keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.Dense(units)])

class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(1)
    def call(self, x):
        return self.d(x)
"""


_KML408: dict[str, str] = {
    "numpy in loss": """\
def loss(t, p):
    return tf.reduce_mean((t.numpy() - p) ** 2)
m = net()
m.compile("adam", loss)
m.fit(X, Y, verbose=0)
""",
    "numpy in metric": """\
def metric(t, p):
    return np.mean(np.abs(t.numpy() - p.numpy()))
m = net()
m.compile("adam", "mse", metrics=[metric])
m.fit(X, Y, verbose=0)
""",
    "numpy in layer": """\
class L(layers.Layer):
    def call(self, x):
        return tf.constant(x.numpy() * 2)
i = keras.Input((8,))
o = L()(i)
""",
    "numpy of predict": """\
m = net()
p = m.predict(X, verbose=0)
print(p.numpy())
""",
    "array numpy attr": """\
print(X.numpy())
""",
    "metric class numpy": """\
class F(keras.metrics.Metric):
    def __init__(self):
        super().__init__(name="f")
        self.s = self.add_weight(name="s", initializer="zeros")
    def update_state(self, t, p, sample_weight=None):
        self.s.assign_add(float(np.mean(t.numpy())))
    def result(self):
        return self.s
m = net()
m.compile("adam", "mse", metrics=[F()])
m.fit(X, Y, verbose=0)
""",
    "lambda numpy method": """\
i = keras.Input((8,))
o = layers.Lambda(lambda t: t.numpy())(i)
""",
    "eval in map": """\
ds = tf.data.Dataset.from_tensor_slices((X, Y)).map(lambda a, b: (a.numpy(), b)).batch(4)
""",
    "method missing typo": """\
m = net()
m.complie("adam", "mse")
""",
    "method predict proba": """\
m = net()
m.compile("adam", "mse")
print(m.evaluate(X, Y, verbose=0))
print(m.predict_proba(X))
""",
    "model attr missing": """\
m = net()
print(m.label)
""",
    "model number of layers": """\
i = keras.Input((8,))
m = keras.Model(i, layers.Dense(1)(i))
print(m.num_layers)
""",
}

_KML309: dict[str, str] = {
    "np in loss": """\
def loss(t, p):
    return np.mean(np.square(p - t))
m = net()
m.compile("adam", loss)
m.fit(X, Y, verbose=0)
""",
    "np in metric": """\
def metric(t, p):
    return np.mean(np.abs(t - p))
m = net()
m.compile("adam", "mse", metrics=[metric])
m.fit(X, Y, verbose=0)
""",
    "np in layer": """\
class L(layers.Layer):
    def call(self, x):
        return np.log(x) + 1
i = keras.Input((8,))
o = L()(i)
""",
    "np in map": """\
ds = tf.data.Dataset.from_tensor_slices((X, Y)).map(lambda a, b: (np.log(a), b)).batch(4)
""",
    "np on input": """\
i = keras.Input((8,))
o = layers.Dense(3)(i)
p = np.exp(o)
""",
    "np concat inputs": """\
i = keras.Input((8,))
o = layers.Dense(3)(i)
p = np.concatenate([i, o], axis=1)
""",
    "np reshape input": """\
i = keras.Input((8,))
o = layers.Dense(4)(i)
p = np.reshape(o, (-1, 2, 2))
""",
    "np array inputs": """\
a, b = (keras.Input((8,)), keras.Input((8,)))
p = np.array([a, b])
""",
    "argmax metric": """\
def acc(t, p):
    return tf.reduce_mean(tf.cast(np.argmax(p, axis=-1) == np.argmax(t, axis=-1), tf.float32))
m = net(3)
m.compile("adam", "mse", metrics=[acc])
m.fit(X, np.zeros((32, 3)), verbose=0)
""",
    "lambda np": """\
i = keras.Input((8,))
o = layers.Lambda(lambda t: np.abs(t))(i)
""",
    "sklearn in metric": """\
from sklearn.metrics import f1_score
def f1(t, p):
    return f1_score(t, tf.round(p))
m = net()
m.compile("adam", "mse", metrics=[f1])
m.fit(X, Y, verbose=0)
""",
}

_NOT_CALLABLE = {
    "the name of a loss": """\
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(1)
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.loss(y, self(x, training=True))
        g = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(g, self.trainable_variables))
        return {"loss": loss}
m = M()
m.compile("adam", "mse")
m.fit(X, Y, verbose=0)
""",
}

_KML503: dict[str, str] = {
    "predict in loss": """\
m = net()
def loss(t, p):
    return tf.reduce_mean((t - p) ** 2) + tf.reduce_mean(m.predict(X))
m.compile("adam", loss)
m.fit(X, Y, verbose=0)
""",
    "predict in metric": """\
m = net()
def metric(t, p):
    return tf.reduce_mean(m.predict(p))
m.compile("adam", "mse", metrics=[metric])
m.fit(X, Y, verbose=0)
""",
    "predict in train step": """\
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = net()
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        x, y = data
        p = self.d.predict(x)
        return {"loss": tf.reduce_mean(p)}
m = M()
m.compile("adam", "mse")
m.fit(X, Y, verbose=0)
""",
    "predict in functional": """\
i = keras.Input((8,))
o = net().predict(i)
""",
    "fit in train step": """\
d = net()
d.compile("adam", "mse")
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.g = net(8)
    def call(self, x):
        return self.g(x)
    def train_step(self, data):
        f = self.g(data)
        d.fit(f, Y, verbose=0)
        return {"l": tf.reduce_mean(f)}
m = M()
m.compile("adam")
m.fit(X, verbose=0)
""",
    "train on batch in train step": """\
d = net()
d.compile("adam", "mse")
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.g = net(8)
    def call(self, x):
        return self.g(x)
    def train_step(self, data):
        f = self.g(data)
        l = d.train_on_batch(f, tf.ones((32, 1)))
        return {"l": l}
m = M()
m.compile("adam")
m.fit(X, verbose=0)
""",
    "predict in layer": """\
base = net()
class L(layers.Layer):
    def call(self, x):
        return base.predict(x)
i = keras.Input((8,))
o = L()(i)
""",
}

_KML502: dict[str, str] = {
    "loss wrong args": """\
def loss(t, p, w):
    return tf.reduce_mean(w * (t - p) ** 2)
m = net()
m.compile("adam", loss)
m.fit(X, Y, verbose=0)
""",
    "loss returns none": """\
def loss(t, p):
    tf.reduce_mean((t - p) ** 2)
m = net()
m.compile("adam", loss)
m.fit(X, Y, verbose=0)
""",
    "metric wrong args": """\
def metric(p):
    return tf.reduce_mean(p)
m = net()
m.compile("adam", "mse", metrics=[metric])
m.fit(X, Y, verbose=0)
""",
    "loss maker uncalled": """\
def weighted(w):
    def loss(y_true, y_pred):
        return tf.reduce_mean(w * (y_true - y_pred) ** 2)
    return loss
m = net()
m.compile("adam", weighted)
m.fit(X, Y, verbose=0)
""",
    "loss call args": """\
class L(keras.losses.Loss):
    def call(self, y_true):
        return tf.reduce_mean(y_true)
m = net()
m.compile("adam", L())
m.fit(X, Y, verbose=0)
""",
}

_KML306: dict[str, str] = {
    "fit no loss": """\
m = net()
m.compile(optimizer="adam")
m.fit(X, Y, verbose=0)
""",
    "no loss functional": """\
i = keras.Input((8,))
m = keras.Model(i, layers.Dense(1)(i))
m.compile(optimizer="adam", metrics=["mae"])
m.fit(X, Y, verbose=0)
""",
    "no loss evaluate": """\
m = net()
m.compile("adam", metrics=["mae"])
m.evaluate(X, Y, verbose=0)
""",
    "callback class": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, verbose=0, callbacks=[keras.callbacks.EarlyStopping])
""",
    "callback function": """\
def on_end(epoch, logs):
    print(epoch)
m = net()
m.compile("adam", "mse")
m.fit(X, Y, verbose=0, callbacks=[on_end])
""",
    "callbacks own class": """\
class C(keras.callbacks.Callback):
    def on_epoch_end(self, e, logs=None):
        pass
m = net()
m.compile("adam", "mse")
m.fit(X, Y, callbacks=[C], verbose=0)
""",
    "callbacks string": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, callbacks=["early"], verbose=0)
""",
    "float batch": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, batch_size=32 / 2, verbose=0)
""",
    "float epochs": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, epochs=10.0, verbose=0)
""",
    "float steps": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, steps_per_epoch=len(X) / 8, verbose=0)
""",
    "steps float gen": """\
def gen():
    while True:
        yield (X[:4], Y[:4])
m = net()
m.compile("adam", "mse")
m.fit(gen(), steps_per_epoch=len(X) / 4, verbose=0)
""",
    "validation steps float": """\
def gen():
    while True:
        yield (X[:4], Y[:4])
m = net()
m.compile("adam", "mse")
m.fit(gen(), steps_per_epoch=2, validation_data=gen(), validation_steps=32 / 4, verbose=0)
""",
    "predict steps float": """\
def gen():
    while True:
        yield (X[:4],)
m = net()
m.predict(gen(), steps=32 / 4, verbose=0)
""",
    "ceil np": """\
def gen():
    while True:
        yield (X[:4], Y[:4])
m = net()
m.compile("adam", "mse")
m.fit(gen(), steps_per_epoch=np.ceil(len(X) / 4), verbose=0)
""",
    "epochs text": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, epochs="2", verbose=0)
""",
    "fit typo": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, epoch=2, verbose=0)
""",
    "fit metrics arg": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, metrics=["mae"], verbose=0)
""",
    "predict typo": """\
m = net()
m.predict(X, y=Y)
""",
    "compile typo": """\
m = net()
m.compile(optimiser="adam", loss="mse")
""",
}

RUN: dict[str, str] = {
    "an attribute that another function sets": """\
model = net()
def prepare():
    model.label = "a"
def shown():
    return model.label
""",
    "an attribute that another method sets": """\
class Net(keras.Model):
    def __init__(self):
        x = keras.Input((8,))
        super().__init__(x, layers.Dense(1)(x))
    def prepare(self):
        self.scales = tf.Variable(tf.ones(3))
    def scaled(self, losses):
        return losses * self.scales
net = Net()
net.prepare()
net.scaled(tf.ones(3))
""",
    "numpy in metric eager": """\
def metric(t, p):
    return np.mean(np.abs(t.numpy() - p.numpy()))
m = net()
m.compile("adam", "mse", metrics=[metric], run_eagerly=True)
m.fit(X, Y, verbose=0)
""",
    "predict in callback": """\
class C(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(self.model.predict(X, verbose=0).shape)
m = net()
m.compile("adam", "mse")
m.fit(X, Y, verbose=0, callbacks=[C()])
""",
    "callback not list": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, verbose=0, callbacks=keras.callbacks.EarlyStopping())
""",
    "set attr eagerly": """\
def metric(t, p):
    return np.mean(np.abs(t.numpy() - p.numpy()))
m = net()
m.compile("adam", "mse", metrics=[metric])
m.run_eagerly = True
m.fit(X, Y, verbose=0)
""",
    "functions eagerly": """\
tf.config.run_functions_eagerly(True)
def metric(t, p):
    return np.mean(np.abs(t.numpy() - p.numpy()))
m = net()
m.compile("adam", "mse", metrics=[metric])
m.fit(X, Y, verbose=0)
""",
    "own layer eager": """\
class L(layers.Layer):
    def call(self, x):
        print(x.numpy().mean())
        return tf.constant(np.log(x.numpy() + 1))
print(L()(X).numpy())
""",
    "own layer rows eager": """\
class L(layers.Layer):
    def build(self, s):
        self.built = True
    def call(self, x):
        return tf.stack([r * float(r.numpy().sum()) for r in x])
print(L()(tf.constant(X)).numpy())
""",
    "own model eager": """\
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(3)
    def call(self, x):
        h = self.d(x)
        if tf.executing_eagerly():
            print(h.numpy())
        return h
m = M()
m(X)
m.compile("adam", "mse")
m.fit(X, np.zeros((32, 3)), verbose=0)
""",
    "dataset loop": """\
ds = tf.data.Dataset.from_tensor_slices((X, Y)).batch(4)
for a, b in ds:
    print(a.numpy().mean(), np.mean(b), np.concatenate([a, a]).shape)
ys = np.concatenate([b for a, b in ds])
print(ys.shape)
m = net()
m.compile("adam", "mse")
p = m.predict(ds, verbose=0)
print(np.argmax(p, axis=1), np.round(p))
""",
    "map py function": """\
def load(a):
    return np.log(a.numpy() + 1)
ds = tf.data.Dataset.from_tensor_slices(X).map(lambda a: tf.py_function(load, [a], tf.float32)).batch(4)
for b in ds:
    print(b.numpy().shape)
""",
    "shapes in layer": """\
class L(layers.Layer):
    def build(self, s):
        self.k = self.add_weight(shape=(int(np.prod(s[1:])), 3), name="k")
        self.scale = np.sqrt(s[-1])
        self.built = True
    def call(self, x):
        n = np.prod(x.shape[1:])
        return tf.reshape(x, (-1, n)) @ self.k * np.float32(self.scale) * np.log(2.0).astype("float32")
i = keras.Input((8,))
o = L()(i)
""",
    "model call eager": """\
m = net()
p = m(X, training=False)
print(np.argmax(p, axis=-1), np.mean(p), np.array(p).shape, np.array([p, p]).shape)
""",
    "ops of arrays": """\
print(tf.reduce_mean(X).numpy(), keras.ops.mean(X).numpy(), tf.one_hot([1, 2], 3).numpy())
print((tf.constant(1.0) * X).numpy(), (X * tf.constant(1.0)).numpy())
""",
    "layer output eager": """\
print(layers.Dense(3)(X).numpy(), layers.Flatten()(X).numpy())
print(layers.Embedding(5, 2)(np.array([1, 2])).numpy())
""",
    "gradcam": """\
i = keras.Input((8, 8, 3))
c = layers.Conv2D(4, 3, name="c")(i)
o = layers.Dense(2)(layers.GlobalAveragePooling2D()(c))
m = keras.Model(i, o)
gm = keras.Model(m.inputs, [m.get_layer("c").output, m.output])
with tf.GradientTape() as tape:
    conv, pred = gm(np.zeros((1, 8, 8, 3), "float32"))
    top = pred[:, 0]
g = tape.gradient(top, conv)
w = tf.reduce_mean(g, axis=(0, 1, 2))
h = conv[0] @ w[..., tf.newaxis]
print(np.squeeze(h.numpy()), np.maximum(h, 0).max())
""",
    "train step called by hand": """\
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(1)
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((self(x) - y) ** 2)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"loss": loss.numpy()}
m = M()
m.compile("adam")
print(m.train_step((X, Y)))
""",
    "compile in init": """\
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(1)
        self.compile("adam", "mse")
    def call(self, x):
        return self.d(x)
m = M()
m.fit(X, Y, verbose=0)
""",
    "compile branch": """\
import sys
m = net()
if len(sys.argv) > 5:
    m.compile("sgd", "mse")
else:
    m.compile("adam", "mse")
m.fit(X, Y, verbose=0)
""",
    "trainer class": """\
class T:
    def __init__(self):
        self.model = net()
    def setup(self):
        self.model.compile("adam", "mse")
    def train(self):
        self.model.fit(X, Y, verbose=0)
t = T()
t.setup()
t.train()
""",
    "trainer class unused": """\
class T:
    def __init__(self):
        self.model = net()
    def setup(self):
        self.model.compile("adam", "mse")
    def train(self):
        self.model.fit(X, Y, verbose=0)
""",
    "function of model": """\
model = net()
def train():
    model.fit(X, Y, verbose=0)
model.compile("adam", "mse")
train()
""",
    "function unused": """\
model = net()
def train():
    model.fit(X, Y, verbose=0)
def setup():
    model.compile("adam", "mse")
""",
    "own compile super": """\
class M(Own):
    def compile(self, opt):
        super().compile(optimizer=opt, loss="mse")
m = M()
m.compile("adam")
m.fit(X, Y, verbose=0)
""",
    "own compile extra": """\
class M(Own):
    def compile(self, loss_fn, **kw):
        super().compile(**kw)
        self.loss_fn = loss_fn
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as t:
            l = self.loss_fn(y, self(x))
        self.optimizer.apply_gradients(zip(t.gradient(l, self.trainable_variables), self.trainable_variables))
        return {"loss": l}
m = M()
m.compile(loss_fn=keras.losses.MeanSquaredError(), optimizer="adam")
m.fit(X, Y, verbose=0)
""",
    "clone not compiled": """\
m = net()
m.compile("adam", "mse")
n = keras.models.clone_model(m)
n.fit(X, Y, verbose=0)
""",
    "folds": """\
for k in range(3):
    m = net()
    m.compile("adam", "mse")
    m.fit(X, Y, verbose=0)
    m.evaluate(X, Y, verbose=0)
""",
    "compile in loop later": """\
m = net()
for k in range(2):
    if k == 0:
        m.compile("adam", "mse")
    m.fit(X, Y, verbose=0)
""",
    "no loss regularized": """\
m = keras.Sequential([keras.Input((8,)), layers.Dense(4, kernel_regularizer="l2")])
m.compile("adam")
m.fit(X, verbose=0)
""",
    "no loss own layer": """\
class A(layers.Layer):
    def call(self, x):
        self.add_loss(tf.reduce_mean(x ** 2))
        return x
m = keras.Sequential([keras.Input((8,)), layers.Dense(4), A()])
m.compile("adam")
m.fit(X, verbose=0)
""",
    "callbacks nested": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, callbacks=[[keras.callbacks.EarlyStopping()]], verbose=0)
""",
    "callbacks lambda": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=lambda e, l: None)], verbose=0)
""",
    "loss wrapper": """\
def weighted(w):
    def loss(y_true, y_pred, alpha=0.5):
        return tf.reduce_mean(w * alpha * (y_true - y_pred) ** 2)
    return loss
m = net()
m.compile("adam", weighted(2.0))
m.fit(X, Y, verbose=0)
""",
    "loss partial": """\
from functools import partial
def loss(y_true, y_pred, w):
    return tf.reduce_mean(w * (y_true - y_pred) ** 2)
m = net()
m.compile("adam", partial(loss, w=2.0))
m.fit(X, Y, verbose=0)
""",
    "loss method": """\
class K:
    def loss(self, t, p):
        return tf.reduce_mean((t - p) ** 2)
    @staticmethod
    def metric(t, p):
        return tf.reduce_mean(p)
k = K()
m = net()
m.compile("adam", k.loss, metrics=[K.metric])
m.fit(X, Y, verbose=0)
""",
    "loss star": """\
def loss(*args):
    return tf.reduce_mean((args[0] - args[1]) ** 2)
m = net()
m.compile("adam", loss)
m.fit(X, Y, verbose=0)
""",
    "metric sample weight": """\
def metric(t, p, sample_weight=None):
    return tf.reduce_mean(p)
m = net()
m.compile("adam", "mse", metrics=[metric])
m.fit(X, Y, verbose=0)
""",
    "loss none branch": """\
def loss(t, p):
    if p is None:
        return None
    return tf.reduce_mean((t - p) ** 2)
m = net()
m.compile("adam", loss)
m.fit(X, Y, verbose=0)
""",
    "model attr own": """\
m = net()
m.label = "a"
print(m.label)
setattr(m, "other", 3)
print(m.other)
""",
    "model attr getattr": """\
m = net()
print(getattr(m, "label", None), hasattr(m, "label"))
""",
    "model attr try": """\
m = net()
try:
    print(m.label)
except AttributeError:
    print("no")
""",
    "model history": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, verbose=0)
print(m.history.history["loss"], m.optimizer, m.loss, m.stop_training)
""",
    "np int": """\
m = net()
m.compile("adam", "mse")
m.fit(X, Y, epochs=np.int64(2), batch_size=np.int64(8), steps_per_epoch=np.int64(2), verbose=0)
""",
}

REFUSED = {
    **{name: (text, "KML408") for name, text in _KML408.items()},
    **{name: (text, "KML309") for name, text in _KML309.items()},
    **{name: (text, "KML309") for name, text in _NOT_CALLABLE.items()},
    **{name: (text, "KML503") for name, text in _KML503.items()},
    **{name: (text, "KML502") for name, text in _KML502.items()},
    **{name: (text, "KML306") for name, text in _KML306.items()},
}


def _codes(text: str) -> list[str]:
    found = check_source(f"{_HEAD}{text}", "program.py", Settings(keras_version="3"))
    return [one.code for one in found]


@pytest.mark.parametrize("name", REFUSED)
def test_what_keras_refuses(name: str) -> None:
    text, code = REFUSED[name]
    assert _codes(text) == [code]


@pytest.mark.parametrize("name", RUN)
def test_what_runs(name: str) -> None:
    assert _codes(RUN[name]) == []
