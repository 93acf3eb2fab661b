"""Loops of the program's own over data of another type than the predictions, and sizes that are None."""

from __future__ import annotations

from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

pytestmark = pytest.mark.oracle
HEAD = "import numpy as np\nimport tensorflow as tf\nimport keras\nfrom keras import layers, ops\n"
LOOP = """
model = keras.Sequential([keras.Input((4,)), layers.Dense({units})])
x, y = np.zeros((16, 4), "float32"), {targets}
for xb, yb in tf.data.Dataset.from_tensor_slices((x, y)).batch(8):
    with tf.GradientTape() as tape:
        p = model(xb, training=True)
        loss = {loss}
    tape.gradient(loss, model.trainable_weights)
"""
COLUMNS = {
    "int64": "np.random.randint(0, 3, (16, 1))",
    "float64": "np.random.rand(16, 1)",
    "float32": "np.random.rand(16, 1).astype('float32')",
}
LOSSES = [
    "tf.reduce_mean(tf.square(yb - p))", "tf.reduce_mean((p - yb) ** 2)",
    "tf.reduce_mean(tf.abs(tf.subtract(yb, p)))", "tf.reduce_mean(tf.math.squared_difference(yb, p))",
    "keras.losses.MeanSquaredError()(yb, p)", "tf.reduce_mean(keras.losses.mean_squared_error(yb, p))",
    "ops.mean(ops.square(yb - p))", "ops.mean(ops.square(ops.subtract(yb, p)))",
    "-tf.reduce_mean(yb * tf.math.log(p))", "tf.reduce_mean(tf.square(tf.cast(yb, tf.float32) - p))",
    "tf.reduce_mean(tf.square(tf.cast(yb, p.dtype) - p))", "tf.reduce_mean(yb[:, 0] + p[:, 0])",
    "tf.reduce_mean(tf.where(yb > 0, p, 0.0))", "tf.reduce_mean(2 * yb) + tf.reduce_mean(3 * p)",
]  # fmt: skip
CLASSES = {"int64": "np.zeros((16,), 'int64')", "float32": "np.zeros((16,), 'float32')"}
OF_CLASSES = [
    "tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=yb, logits=p))",
    "keras.losses.SparseCategoricalCrossentropy(from_logits=True)(yb, p)",
    "tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=yb, logits=p))",
    "tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=tf.one_hot(yb, 3), logits=p))",
    "tf.reduce_mean(tf.gather(p, yb, axis=1, batch_dims=1))",
]  # fmt: skip
FIT = """
class Fit(layers.Layer):
    def call(self, x):
        return tf.image.resize(x[1], {}[1:3])
"""
PROGRAMS = [
    *(LOOP.format(units=1, targets=y, loss=loss) for y in COLUMNS.values() for loss in LOSSES),
    *(LOOP.format(units=3, targets=y, loss=loss) for y in CLASSES.values() for loss in OF_CLASSES),
    "open = keras.Input((None, None, 3))\nops.image.resize(keras.Input((8, 8, 3)), open.shape[1:3])\n",
    "open = keras.Input((6, 6, 3))\nops.image.resize(keras.Input((8, 8, 3)), open.shape[1:3])\n",
    FIT.format("x[0].shape") + "Fit()([keras.Input((None, None, 3)), keras.Input((8, 8, 3))])\n",
    FIT.format("tf.shape(x[0])") + "Fit()([keras.Input((None, None, 3)), keras.Input((8, 8, 3))])\n",
]  # fmt: skip


def raises(program: str) -> bool:
    names: dict[str, Any] = {"__name__": "__main__"}
    pytest.importorskip("tensorflow")
    try:
        exec(HEAD + program, names)
    except Exception:
        return True
    return False


@pytest.mark.parametrize("program", PROGRAMS)
def test_types_of_operands(program: str) -> None:
    found = check_source(HEAD + program, "/program.py", Settings(keras_version="3"))
    assert bool(found) == raises(program)


@pytest.mark.parametrize("before", [
    "from somewhere import model, x, y\n", "import sys\nx, y, model = sys.modules['data'].load()\n",
    "model = keras.models.load_model('m.keras')\nx, y = np.load('x.npy'), np.load('y.npy')\n",
    "keras.mixed_precision.set_global_policy(open('policy').read())\n"
    "model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])\n"
    "x, y = np.zeros((16, 4), 'float32'), np.zeros((16, 1), 'float32')\n",
    "keras.backend.set_floatx('float64')\nmodel = keras.Sequential([keras.Input((4,)), layers.Dense(1)])\n"
    "x, y = np.zeros((16, 4)), np.zeros((16, 1))\n",
])  # fmt: skip
def test_types_that_are_not_known(before: str) -> None:
    loop = LOOP[LOOP.index("for xb") :].format(loss="tf.reduce_mean(tf.square(yb - p))")
    assert not check_source(HEAD + before + loop, "/program.py", Settings(keras_version="3"))
