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
from keras.callbacks import LearningRateScheduler, ModelCheckpoint, ReduceLROnPlateau, TerminateOnNaN
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
    "callbacks in a set": """\
net().fit(X, Y, verbose=0, callbacks=[{EarlyStopping("loss"), TerminateOnNaN()}])
""",
    "checkpoint named after a validation": """\
net().fit(X, Y, verbose=0, callbacks=[ModelCheckpoint("{epoch:02d}-{val_loss:.2f}.keras")])
""",
    "checkpoint named after a batch": """\
net().fit(X, Y, verbose=0, callbacks=[ModelCheckpoint("{epoch}-{batch}.weights.h5", save_weights_only=True)])
""",
    "checkpoint named after a metric that is not measured": """\
saved = ModelCheckpoint("{val_mse:.2f}.keras")
net(metrics=["mae"]).fit(X, Y, verbose=0, validation_split=0.5, callbacks=[saved])
""",
    "scheduler beside a schedule": """\
m = net()
m.compile(keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)), "mse")
m.fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(lambda epoch, lr: lr)])
""",
    "scheduler beside a schedule of its own": """\
class Slowly(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return 0.1 / (step + 1)
m = net()
m.compile(keras.optimizers.SGD(learning_rate=Slowly()), "mse")
m.fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(lambda epoch: 0.1)])
""",
    "two weights for one loss": """\
net(loss_weights=[0.7, 0.3]).fit(X, Y, verbose=0)
""",
    "one weight for two losses": """\
i = keras.Input((8,))
m = keras.Model(i, [layers.Dense(1)(i), layers.Dense(1)(i)])
m.compile("sgd", ["mse", "mae"], loss_weights=[0.5])
m.fit(X, [Y, Y], verbose=0)
""",
    "a kernel that lies across": """\
layer = net().layers[0]
kernel, bias = layer.get_weights()
layer.set_weights([kernel.T, bias])
""",
    "weights in another order": """\
m = net()
m.set_weights(m.get_weights()[::-1])
""",
    "counts that are no floats": """\
counts = np.random.default_rng(0).poisson(3, (32, 1))
for a, b in tf.data.Dataset.from_tensor_slices((X, counts)).batch(8):
    b - net()(a)
""",
    "a loss object of chosen classes": """\
m, opt = net(3), keras.optimizers.Adam()
loss_of = keras.losses.MeanSquaredError()
for a, b in tf.data.Dataset.from_tensor_slices((X, Y[:, 0])).batch(8):
    with tf.GradientTape() as t:
        loss = loss_of(b, tf.cast(tf.argmax(m(a), axis=-1), tf.float32))
    opt.apply_gradients(zip(t.gradient(loss, m.trainable_variables), m.trainable_variables))
""",
    "a loss of arrays": """\
m, opt = net(), keras.optimizers.Adam()
with tf.GradientTape() as t:
    loss = tf.reduce_mean((Y - m(X).numpy()) ** 2)
opt.apply_gradients(zip(t.gradient(loss, m.trainable_variables), m.trainable_variables))
""",
    "a loss of what is predicted": """\
m, opt = net(), keras.optimizers.Adam()
with tf.GradientTape() as t:
    loss = keras.losses.MeanSquaredError()(Y, m.predict(X, verbose=0))
opt.apply_gradients(zip(t.gradient(loss, m.trainable_variables), m.trainable_variables))
""",
    "a training step of chosen classes": """\
class Chooses(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = layers.Dense(3)
    def call(self, x):
        return self.head(x)
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as t:
            chosen = tf.cast(tf.argmax(self(x, training=True), axis=-1), tf.float32)
            loss = tf.reduce_mean(tf.square(chosen - y[:, 0]))
        gradients = t.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"loss": loss}
m = Chooses()
m.compile("adam")
m.fit(X, Y, verbose=0)
""",
    "a tape asked twice": """\
m = net()
with tf.GradientTape() as t:
    loss = tf.reduce_mean(m(X) ** 2)
t.gradient(loss, m.layers[0].trainable_variables)
t.gradient(loss, m.layers[1].trainable_variables)
""",
    "a schedule that is set": """\
m = net()
m.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.1, 10)), "mse")
m.optimizer.learning_rate = 0.1
""",
    "a regularizer that is a number": "layers.Dense(3, kernel_regularizer=0.01)\n",
    "a bias that is a number": "layers.Conv2D(3, 3, bias_initializer=0.5)\n",
    "validation on four parts": "net().fit(X, Y, verbose=0, validation_data=(X, X, Y, Y))\n",
    "validation without targets": "net().fit(X, Y, verbose=0, validation_data=X)\n",
    "a schedule that gives a tensor": """\
def slower(epoch, lr):
    return lr * tf.math.exp(-0.1)
net().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(slower)])
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
    "callbacks in a tuple": """\
net().fit(X, Y, verbose=0, callbacks=(EarlyStopping("loss"), TerminateOnNaN()))
""",
    "checkpoint names ok": """\
names = ["{epoch:02d}-{loss:.2f}.keras", "{mae}.keras", "{val_mae:.3f}.keras", "plain.keras"]
saved = [ModelCheckpoint(name) for name in names]
net(metrics=["mae"]).fit(X, Y, verbose=0, validation_split=0.5, callbacks=saved)
""",
    "checkpoint of batches ok": """\
net().fit(X, Y, verbose=0, callbacks=[ModelCheckpoint("{batch}.keras", save_freq=1)])
""",
    "checkpoint named after what a callback adds": """\
class Adds(Callback):
    def on_epoch_end(self, epoch, logs=None):
        logs["f1"] = 0.5
net().fit(X, Y, verbose=0, callbacks=[Adds(), ModelCheckpoint("{f1}.keras")])
""",
    "schedule without a scheduler": """\
m = net()
m.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.1, 10)), "mse")
m.fit(X, Y, verbose=0, callbacks=[ReduceLROnPlateau("loss")])
""",
    "weights of losses ok": """\
net(loss_weights=[0.7]).fit(X, Y, verbose=0)
net(loss_weights=0.7).fit(X, Y, verbose=0)
i = keras.Input((8,))
m = keras.Model(i, [layers.Dense(1, name="a")(i), layers.Dense(1, name="b")(i)])
m.compile("sgd", ["mse", "mae"], loss_weights=(0.5, 1))
m.fit(X, [Y, Y], verbose=0)
m.compile("sgd", {"a": "mse", "b": "mae"}, loss_weights={"b": 0.5, "a": 1.0})
m.fit(X, [Y, Y], verbose=0)
""",
    "weights set ok": """\
m = net()
m.set_weights([2 * w for w in m.get_weights()])
m.layers[0].set_weights([np.zeros((8, 4)), np.zeros(4)])
""",
    "an optimizer built for two": """\
a, b = net(), net(2)
opt = keras.optimizers.Adam()
opt.build(a.trainable_variables + b.trainable_variables)
for m in (a, b):
    with tf.GradientTape() as t:
        loss = tf.reduce_mean(m(X) ** 2)
    opt.apply_gradients(zip(t.gradient(loss, m.trainable_variables), m.trainable_variables))
""",
    "an optimizer that fit has built": """\
m = net()
opt = keras.optimizers.Adam()
m.compile(opt, "mse")
m.fit(X, Y, verbose=0)
for layer in m.layers:
    with tf.GradientTape() as t:
        loss = tf.reduce_mean(m(X) ** 2)
    w = layer.trainable_variables
    opt.apply_gradients(zip(t.gradient(loss, w), w))
""",
    "an optimizer that was applied to all": """\
m = net()
opt = keras.optimizers.Adam()
with tf.GradientTape() as t:
    loss = tf.reduce_mean(m(X) ** 2)
opt.apply(t.gradient(loss, m.trainable_variables), m.trainable_variables)
for layer in m.layers:
    with tf.GradientTape() as t:
        loss = tf.reduce_mean(m(X) ** 2)
    w = layer.trainable_variables
    opt.apply_gradients(zip(t.gradient(loss, w), w))
""",
    "random floats and counts": """\
rng = np.random.default_rng(0)
tf.constant(rng.normal(size=(2, 3))) * tf.constant(rng.random((2, 3)))
tf.constant(rng.poisson(2, size=3)) + tf.constant(rng.integers(0, 3, 3))
tf.constant(rng.standard_normal(4, dtype="float32")) * tf.ones(4)
""",
    "a persistent tape, and others": """\
m = net()
with tf.GradientTape(persistent=True) as t:
    loss = tf.reduce_mean(m(X) ** 2)
t.gradient(loss, m.layers[0].trainable_variables)
t.gradient(loss, m.layers[1].trainable_variables)
t = tf.GradientTape()
for _ in range(2):
    with t:
        loss = tf.reduce_mean(m(X) ** 2)
    t.gradient(loss, m.trainable_variables)
with t:
    loss = tf.reduce_mean(m(X) ** 2)
t.gradient(loss, m.trainable_variables)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = tf.reduce_mean(m(X) ** 2)
    slope = inner.gradient(loss, m.trainable_variables)[0]
    more = tf.reduce_sum(slope ** 2)
outer.gradient(more, m.trainable_variables)
""",
    "gradients by data": """\
for a, b in tf.data.Dataset.from_tensor_slices((X, Y)).batch(8):
    opt = keras.optimizers.SGD()
    with tf.GradientTape() as t:
        t.watch(a)
        loss = tf.reduce_sum(tf.round(a) + a)
    v = tf.Variable(a)
    opt.apply_gradients([(t.gradient(loss, a), v)])
x = tf.convert_to_tensor(X)
with tf.GradientTape() as t:
    t.watch(x)
    loss = tf.reduce_sum(x * x)
opt = keras.optimizers.SGD()
opt.apply_gradients([(t.gradient(loss, x), tf.Variable(x))])
""",
    "gradients by variables in a list": """\
several = []
for size in (2, 3):
    several.append(tf.Variable(np.ones((size, 4), "float32")))
with tf.GradientTape() as t:
    loss = tf.add_n([tf.reduce_sum(v * v) for v in several])
keras.optimizers.SGD().apply_gradients(zip(t.gradient(loss, several), several))
""",
    "a gradient straight through": """\
m, opt = net(), keras.optimizers.SGD()
with tf.GradientTape() as t:
    p = m(X)
    p = p + tf.stop_gradient(tf.round(p) - p)
    loss = keras.losses.MeanSquaredError()(Y, p)
opt.apply_gradients(zip(t.gradient(loss, m.trainable_variables), m.trainable_variables))
""",
    "objects where numbers were": """\
layers.Dense(3, kernel_regularizer=keras.regularizers.L2(0.01), bias_initializer="zeros")
layers.Conv2D(3, 3, kernel_regularizer="l2", bias_initializer=keras.initializers.Constant(0.5))
net().fit(X, Y, verbose=0, validation_data=(X, Y, np.ones(32)))
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
