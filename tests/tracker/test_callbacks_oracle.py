"""Callbacks, metrics and optimizers as the first epoch uses them: what fails then, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tracker.whole_programs import lines_of_failure, lines_of_findings

pytestmark = pytest.mark.oracle

_HEAD = """\
import numpy as np
import tensorflow as tf
import keras
from keras import layers, ops
from keras.callbacks import Callback, CSVLogger, EarlyStopping, LambdaCallback
from keras.callbacks import LearningRateScheduler, ReduceLROnPlateau, TerminateOnNaN
X = np.random.rand(32, 8).astype("float32")
Y = np.random.rand(32, 1).astype("float32")
def net(units=1, **kw):
    m = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.Dense(units)])
    m.compile("adam", "mse", **kw)
    return m
"""

_FAILS: dict[str, str] = {
    "logs get missing none format": """\
class Log(Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(f"{logs.get('acc'):.3f}")
net().fit(X, Y, verbose=0, callbacks=[Log()])
""",
    "logs index missing": """\
class Log(Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(logs["accuracy"])
net().fit(X, Y, verbose=0, callbacks=[Log()])
""",
    "logs val without validation": """\
class Log(Callback):
    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < 0.1:
            self.model.stop_training = True
net().fit(X, Y, verbose=0, callbacks=[Log()])
""",
    "logs get compare none": """\
class Stop(Callback):
    def on_epoch_end(self, epoch, logs={}):
        if logs.get("acc") > 0.9:
            self.model.stop_training = True
net(metrics=["accuracy"]).fit(X, Y, verbose=0, callbacks=[Stop()])
""",
    "optimizer lr": """\
class Lr(Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(self.model.optimizer.lr)
net().fit(X, Y, verbose=0, callbacks=[Lr()])
""",
    "predict in callback wrong": """\
class P(Callback):
    def __init__(self, x):
        super().__init__()
        self.x = x
    def on_epoch_end(self, epoch, logs=None):
        self.model.predict(self.x[0], verbose=0)
net().fit(X, Y, verbose=0, callbacks=[P(X)])
""",
    "scheduler returns none": """\
def schedule(epoch, lr):
    if epoch > 5:
        return lr * 0.5
net().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(schedule)])
""",
    "scheduler int": """\
net().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(lambda e: 1)])
""",
    "scheduler three arguments": """\
net().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(lambda e, lr, k: lr)])
""",
    "lambda callback": """\
net().fit(X, Y, verbose=0, callbacks=[LambdaCallback(on_epoch_end=lambda epoch: print(epoch))])
""",
    "lambda callback key": """\
net().fit(X, Y, verbose=0, callbacks=[LambdaCallback(on_epoch_end=lambda epoch, logs: print(logs["acc"]))])
""",
    "metric numpy": """\
def r2(a, b):
    return 1 - np.sum((a - b) ** 2) / np.sum((a - np.mean(a)) ** 2)
net(metrics=[r2]).fit(X, Y, verbose=0)
""",
    "metric class no result": """\
class M(keras.metrics.Metric):
    def __init__(self, name="m"):
        super().__init__(name=name)
        self.total = self.add_weight(name="t", initializer="zeros")
    def update_state(self, a, b, sample_weight=None):
        self.total.assign_add(ops.sum(a - b))
net(metrics=[M()]).fit(X, Y, verbose=0)
""",
    "metric class no sample weight": """\
class M(keras.metrics.Metric):
    def __init__(self, name="m"):
        super().__init__(name=name)
        self.total = self.add_weight(name="t", initializer="zeros")
    def update_state(self, a, b):
        self.total.assign_add(ops.sum(a - b))
    def result(self):
        return self.total
net(metrics=[M()]).fit(X, Y, verbose=0)
""",
    "metric assign wrong shape": """\
class M(keras.metrics.Metric):
    def __init__(self, name="m"):
        super().__init__(name=name)
        self.total = self.add_weight(name="t", initializer="zeros")
    def update_state(self, a, b, sample_weight=None):
        self.total.assign_add(ops.sum(a - b, axis=0))
    def result(self):
        return self.total
net(metrics=[M()]).fit(X, Y, verbose=0)
""",
    "metric confusion shape": """\
class M(keras.metrics.Metric):
    def __init__(self, n, name="m"):
        super().__init__(name=name)
        self.table = self.add_weight(name="t", shape=(n, n), initializer="zeros")
    def update_state(self, a, b, sample_weight=None):
        found = tf.math.confusion_matrix(ops.argmax(a, -1), ops.argmax(b, -1), 4, dtype="float32")
        self.table.assign_add(found)
    def result(self):
        return ops.trace(self.table)
net(3, metrics=[M(3)]).fit(X, np.eye(3)[np.zeros(32, int)], verbose=0)
""",
    "metric add weight positional shape": """\
class M(keras.metrics.Metric):
    def __init__(self, name="m"):
        super().__init__(name=name)
        self.total = self.add_weight("total", initializer="zeros")
    def update_state(self, a, b, sample_weight=None):
        self.total.assign_add(ops.sum(a - b))
    def result(self):
        return self.total
net(metrics=[M()]).fit(X, Y, verbose=0)
""",
    "precision on classes": """\
net(3, metrics=[keras.metrics.Precision()]).fit(X, np.zeros((32, 1)), verbose=0)
""",
    "auc multi": """\
net(3, metrics=[keras.metrics.AUC()]).fit(X, np.zeros(32), verbose=0)
""",
    "mean iou logits": """\
net(3, metrics=[keras.metrics.MeanIoU(num_classes=3)]).fit(X, np.zeros((32, 1)), verbose=0)
""",
    "f1 on ints": """\
net(3, metrics=[keras.metrics.F1Score()]).fit(X, np.zeros(32), verbose=0)
""",
    "metrics length": """\
a = keras.Input((8,))
m = keras.Model(a, [layers.Dense(1)(a), layers.Dense(2)(a)])
m.compile("adam", ["mse", "mse"], metrics=["mae", "mae", "mae"])
m.fit(X, [Y, np.zeros((32, 2))], verbose=0)
""",
    "history acc": """\
h = net(metrics=["accuracy"]).fit(X, Y, verbose=0)
print(h.history["acc"])
""",
    "history val": """\
h = net(metrics=["accuracy"]).fit(X, Y, verbose=0)
print(h.history["val_accuracy"])
""",
    "evaluate unpack": """\
loss, acc = net().evaluate(X, Y, verbose=0)
""",
    "evaluate dict": """\
s = net(metrics=["accuracy"]).evaluate(X, Y, verbose=0, return_dict=True)
print(s["acc"])
""",
    "custom train step unpack": """\
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(1)
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        x, y, w = data
        with tf.GradientTape() as t:
            p = self(x, training=True)
            loss = self.compute_loss(y=y, y_pred=p)
        g = t.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(g, self.trainable_variables))
        return {"loss": loss}
m = M()
m.compile("adam", "mse")
m.fit(X, Y, verbose=0)
""",
    "custom step minimize": """\
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(1)
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as t:
            loss = tf.reduce_mean((self(x) - y) ** 2)
        self.optimizer.minimize(loss, self.trainable_variables, tape=t)
        return {"loss": loss}
m = M()
m.compile("adam")
m.fit(X, Y, verbose=0)
""",
    "gan two optimizers compile": """\
class G(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(1)
    def compile(self, a, b):
        super().compile()
        self.a, self.b = a, b
    def train_step(self, data):
        with tf.GradientTape() as t:
            loss = tf.reduce_mean(self.d(data))
        g = t.gradient(loss, self.d.trainable_weights)
        self.a.apply_gradients(zip(g, self.d.trainable_weights))
        return {"loss": loss}
m = G()
m.compile(keras.optimizers.Adam())
m.fit(X, verbose=0)
""",
    "apply gradients without zip": """\
d = net()
opt = keras.optimizers.Adam()
with tf.GradientTape() as t:
    loss = tf.reduce_mean((d(X) - Y) ** 2)
g = t.gradient(loss, d.trainable_variables)
opt.apply_gradients(g)
""",
    "checkpoint weights keras name": """\
net().fit(X, Y, verbose=0, callbacks=[keras.callbacks.ModelCheckpoint("w.h5", save_weights_only=True)])
""",
    "tensorboard histogram generator": """\
net().fit(X, Y, verbose=0, callbacks=[TerminateOnNaN])
""",
    "logs batch val": """\
class B(Callback):
    def on_train_batch_end(self, batch, logs=None):
        print(logs["val_loss"])
net().fit(X, Y, validation_data=(X, Y), verbose=0, callbacks=[B()])
""",
    "logs weighted": """\
class B(Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(logs["weighted_mae"])
net(weighted_metrics=["mae"]).fit(X, Y, verbose=0, callbacks=[B()])
""",
    "logs stored then compared": """\
class B(Callback):
    def on_epoch_end(self, epoch, logs={}):
        acc = logs.get("acc")
        if acc > 0.9:
            self.model.stop_training = True
net().fit(X, Y, verbose=0, callbacks=[B()])
""",
    "logs arithmetic": """\
class B(Callback):
    def on_epoch_end(self, epoch, logs={}):
        print(1 - logs.get("acc"))
net().fit(X, Y, verbose=0, callbacks=[B()])
""",
}

_RUNS: dict[str, str] = {
    "a method of the name of an argument": """\
class Rates(Callback):
    def schedule(self, warm):
        self.warm = warm
net().fit(X, Y, verbose=0, callbacks=[Rates()])
""",
    "logs get ok": """\
class Log(Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(f"{logs.get('loss'):.3f}")
net().fit(X, Y, verbose=0, callbacks=[Log()])
""",
    "logs get compare ok": """\
class Stop(Callback):
    def on_epoch_end(self, epoch, logs={}):
        if logs.get("accuracy") > 0.9:
            self.model.stop_training = True
net(metrics=["accuracy"]).fit(X, Y, verbose=0, callbacks=[Stop()])
""",
    "optimizer learning rate": """\
class Lr(Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(float(self.model.optimizer.learning_rate))
net().fit(X, Y, verbose=0, callbacks=[Lr()])
""",
    "predict in callback ok": """\
class P(Callback):
    def __init__(self, x):
        super().__init__()
        self.x = x
    def on_epoch_end(self, epoch, logs=None):
        self.model.predict(self.x[:1], verbose=0)
net().fit(X, Y, verbose=0, callbacks=[P(X)])
""",
    "callback no super": """\
class P(Callback):
    def __init__(self, x):
        self.x = x
    def on_epoch_end(self, epoch, logs=None):
        self.model.predict(self.x[:1], verbose=0)
net().fit(X, Y, verbose=0, callbacks=[P(X)])
""",
    "scheduler ok": """\
def schedule(epoch, lr):
    if epoch > 5:
        return lr * 0.5
    return lr
net().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(schedule)])
""",
    "scheduler array": """\
rates = np.linspace(0.1, 0.01, 10)
net().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(lambda e: rates[e])])
""",
    "reduce on plateau with schedule": """\
m = keras.Sequential([keras.Input((8,)), layers.Dense(1)])
m.compile(keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)), "mse")
m.fit(X, Y, verbose=0, callbacks=[ReduceLROnPlateau("loss")])
""",
    "lambda callback ok": """\
net().fit(X, Y, verbose=0, callbacks=[LambdaCallback(on_epoch_end=lambda epoch, logs: print(epoch))])
""",
    "metric returns per sample": """\
def within(a, b):
    return ops.abs(a - b) < 0.1
net(metrics=[within]).fit(X, Y, verbose=0)
""",
    "metric bool mean": """\
def within(a, b):
    return ops.mean(ops.abs(a - b) < 0.1)
net(metrics=[within]).fit(X, Y, verbose=0)
""",
    "metric class ok": """\
class M(keras.metrics.Metric):
    def __init__(self, name="m"):
        super().__init__(name=name)
        self.total = self.add_weight(name="t", initializer="zeros")
    def update_state(self, a, b, sample_weight=None):
        self.total.assign_add(ops.sum(a - b))
    def result(self):
        return self.total
net(metrics=[M()]).fit(X, Y, verbose=0)
""",
    "metric dtype mismatch": """\
class M(keras.metrics.Metric):
    def __init__(self, name="m"):
        super().__init__(name=name)
        self.total = self.add_weight(name="t", initializer="zeros")
    def update_state(self, a, b, sample_weight=None):
        self.total.assign_add(tf.reduce_sum(tf.cast(a > b, tf.int32)))
    def result(self):
        return self.total
net(metrics=[M()]).fit(X, Y, verbose=0)
""",
    "precision ok": """\
net(1, metrics=[keras.metrics.Precision()]).fit(X, np.zeros((32, 1)), verbose=0)
""",
    "f1 ok": """\
net(3, metrics=[keras.metrics.F1Score()]).fit(X, np.eye(3)[np.zeros(32, int)], verbose=0)
""",
    "evaluate unpack ok": """\
loss, acc = net(metrics=["accuracy"]).evaluate(X, Y, verbose=0)
""",
    "custom train step compiled loss": """\
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(1)
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as t:
            p = self(x, training=True)
            loss = self.compiled_loss(y, p, regularization_losses=self.losses)
        g = t.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(g, self.trainable_variables))
        return {"loss": loss}
m = M()
m.compile("adam", "mse")
m.fit(X, Y, verbose=0)
""",
    "custom train step compiled metrics": """\
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(1)
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as t:
            p = self(x, training=True)
            loss = self.compute_loss(y=y, y_pred=p)
        g = t.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(g, self.trainable_variables))
        self.compiled_metrics.update_state(y, p)
        return {m.name: m.result() for m in self.metrics}
m = M()
m.compile("adam", "mse", metrics=["mae"])
m.fit(X, Y, verbose=0)
""",
    "early stopping restore": """\
net().fit(X, Y, verbose=0, callbacks=[EarlyStopping(monitor="val_loss", patience=2)])
""",
    "csv logger": """\
net().fit(X, Y, verbose=0, callbacks=CSVLogger("a.csv"))
""",
    "logs uses all kinds": """\
class Log(Callback):
    def __init__(self):
        super().__init__()
        self.rows = []
    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        self.rows.append(dict(logs))
        for k, v in logs.items():
            print(k, f"{v:.3f}")
        if "accuracy" in logs:
            print(logs["accuracy"])
        print(len(logs), sorted(logs), list(logs.keys()))
        print({**logs, "epoch": epoch})
        print(logs.get("acc", 0.0) > 0.5)
        v = logs.get("val_loss")
        if v is not None and v < 0.1:
            print(v)
        print(logs.get("val_loss") or 0)
        s = " - ".join(f"{k}: {v}" for k, v in logs.items())
        print(str(logs), s, logs == {}, not logs)
net().fit(X, Y, verbose=0, callbacks=[Log()])
""",
    "logs added by other": """\
class A(Callback):
    def on_epoch_end(self, epoch, logs=None):
        logs["extra"] = 1.0
class B(Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(logs["extra"])
net().fit(X, Y, verbose=0, callbacks=[A(), B()])
""",
    "logs updated by other": """\
class A(Callback):
    def on_epoch_end(self, epoch, logs=None):
        logs.update(extra=1.0)
class B(Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(logs["extra"])
net().fit(X, Y, verbose=0, callbacks=[A(), B()])
""",
    "logs train end val": """\
class B(Callback):
    def on_train_end(self, logs=None):
        print(logs["val_loss"])
net().fit(X, Y, validation_data=(X, Y), verbose=0, callbacks=[B()])
""",
    "logs begin loss": """\
class B(Callback):
    def on_epoch_begin(self, epoch, logs=None):
        print(logs.get("loss"))
net().fit(X, Y, verbose=0, callbacks=[B()])
""",
    "logs lr with scheduler": """\
class B(Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(logs["learning_rate"])
net().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(lambda e: 0.1), B()])
""",
    "logs metric str": """\
class B(Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(logs["mae"], logs["val_mae"])
net(metrics=["mae"]).fit(X, Y, validation_split=0.2, verbose=0, callbacks=[B()])
""",
    "logs default arg dict": """\
class B(Callback):
    def on_epoch_end(self, epoch, logs={}):
        if logs.get("val_acc") is not None and logs.get("val_acc") > 0.9:
            self.model.stop_training = True
net().fit(X, Y, verbose=0, callbacks=[B()])
""",
    "logs try": """\
class B(Callback):
    def on_epoch_end(self, epoch, logs={}):
        try:
            print(logs["acc"])
        except KeyError:
            print(logs["loss"])
net().fit(X, Y, verbose=0, callbacks=[B()])
""",
    "logs append get": """\
class B(Callback):
    def on_train_begin(self, logs=None):
        self.losses = []
    def on_epoch_end(self, epoch, logs={}):
        self.losses.append(logs.get("val_loss"))
net().fit(X, Y, verbose=0, callbacks=[B()])
""",
    "optimizer assign lr": """\
m = net()
m.optimizer.lr = 0.1
""",
    "optimizer schedule int ok": """\
net().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(lambda e: 0.1 * 0.9 ** e)])
""",
    "schedule np": """\
net().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(lambda e, lr: float(np.exp(-0.1) * lr))])
""",
    "schedule method": """\
class S:
    def __init__(self, base):
        self.base = base
    def __call__(self, epoch):
        return self.base / (epoch + 1)
    def half(self, epoch, lr):
        return lr / 2
net().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(S(0.1)), LearningRateScheduler(S(0.1).half)])
""",
    "schedule verbose kw": """\
net().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(schedule=lambda e: 0.1, verbose=0)])
""",
    "metric subclass mean ok": """\
class M(keras.metrics.Mean):
    def update_state(self, a, b, sample_weight=None):
        super().update_state(ops.abs(a - b))
net(metrics=[M()]).fit(X, Y, verbose=0)
""",
    "evaluate dict ok": """\
s = net(metrics=["mae"]).evaluate(X, Y, verbose=0, return_dict=True)
print(f"{s['loss']:.2f} {s['mae']:.2f}", s.get("val"), max(s.values()))
""",
    "apply gradients ok": """\
d = net()
opt = keras.optimizers.Adam()
with tf.GradientTape() as t:
    loss = tf.reduce_mean((d(X) - Y) ** 2)
g = t.gradient(loss, d.trainable_variables)
opt.apply_gradients(zip(g, d.trainable_variables))
opt.apply(g, d.trainable_variables)
""",
}


@pytest.mark.parametrize("name", _FAILS)
def test_what_fails_is_found(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    program = _HEAD + _FAILS[name]
    expected = lines_of_failure(program)
    assert expected
    found = lines_of_findings(program, tmp_path)
    assert found
    assert set(found) <= set(expected)


@pytest.mark.parametrize("name", _RUNS)
def test_what_runs_is_silent(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    program = _HEAD + _RUNS[name]
    assert lines_of_failure(program) == []
    assert lines_of_findings(program, tmp_path) == []
