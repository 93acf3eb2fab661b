"""Merges that build but are hardly meant: what is reported by default, on demand, and not at all."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

START = """
import keras
import tensorflow as tf
from keras import Input, Model, layers, ops

x = Input((20,))
y = Input((20,))
seq = Input((24, 3))
"""

BY_DEFAULT = {
    "lifted and stretched": (
        "KML201",
        "layers.Add()([layers.Dense(1)(seq), layers.Dense(24)(x)])",
    ),
    "both stretched, unasked": (
        "KML201",
        "layers.Add()([layers.Dense(1)(seq), Input((1, 24))])",
    ),
    "an operator on rows of two samples": ("KML201", "layers.Dense(1)(x) + ops.sum(y, axis=-1)"),
    "batch against features": ("KML201", "ops.mean(x, axis=1) * layers.Dense(6)(y)"),
    "the batch axis": ("KML202", "Model([x, y], layers.Concatenate(axis=0)([x, y]))"),
    "the batch axis by default": ("KML202", "Model([x, y], ops.concatenate([x, y]))"),
    "the batch axis, passed on": (
        "KML202",
        "Model([x, y], layers.Dense(1)(layers.ReLU()(layers.concatenate([x, y], axis=0))))",
    ),
    "a constant": ("KML206", "layers.Concatenate()([x, tf.zeros((1, 4))])"),
    "a constant of 32, added": ("KML206", "x + tf.ones((32, 20))"),
    "a constant of 32 where the last batch is of 28": (
        "KML206",
        "model = Model(x, x + tf.ones((32, 20)))\nmodel.compile('sgd', 'mse')\n"
        "model.fit(tf.ones((60, 20)), tf.ones((60, 20)), batch_size=32)",
    ),
    "a constant of 32 where batches are of 20": (
        "KML206",
        "model = Model(x, x + tf.ones((32, 20)))\nmodel.compile('sgd', 'mse')\n"
        "model.fit(tf.ones((60, 20)), tf.ones((60, 20)), batch_size=20)",
    ),
    "a list reduced along its batch": (
        "KML202",
        "layers.Lambda(lambda t: tf.reduce_sum(t, axis=1))([x, y])",
    ),
    "a stack reduced along its batch": ("KML202", "ops.mean(ops.stack([x, y]), axis=1)"),
    "a constant of 32": ("KML206", "layers.Concatenate()([x, ops.zeros((32, 4))])"),
    "a scalar product": (
        "KML207",
        "layers.Dot(axes=(2, 1))([layers.Dense(1)(seq), layers.Dense(1)(x)])",
    ),
    "axes left over": (
        "KML207",
        "e = layers.Embedding(9, 4)\na, b = Input((1,)), Input((1,))\n"
        "Model([a, b], layers.Activation('sigmoid')(layers.Dot(2)([e(a), e(b)])))",
    ),
    "softmax over one unit": (
        "KML208",
        "layers.Multiply()([seq, layers.Dense(1, activation='softmax')(seq)])",
    ),
    "softmax over one unit, reshaped": (
        "KML208",
        "w = layers.Permute((2, 1))(layers.Softmax()(layers.Dense(1)(seq)))\nlayers.Dot((2, 1))([w, seq])",
    ),
    "softmax over one unit, as an op": ("KML208", "seq * ops.softmax(layers.Dense(1)(seq))"),
}
ON_DEMAND = {
    "a gray image in a residual block": (
        "g = Input((32, 32, 1))\nlayers.Add()([g, layers.Conv2D(8, 3, padding='same')(g)])"
    ),
    "a lifted rank": "layers.Add()([layers.Dense(3)(x), seq])",
    "a size of 1 at the end": "layers.Add()([layers.Dense(1)(x), y])",
    "an outer product that is asked for": (
        "layers.Multiply()([layers.Reshape((20, 1))(x), layers.Reshape((1, 20))(y)])"
    ),
}
SILENT = {
    "equal shapes": "layers.Add()([x, y])",
    "a gate for each step": "layers.Concatenate()([seq, layers.Dense(1)(seq)])",
    "a scalar": "x + ops.mean(y)",
    "a map that a convolution makes": (
        "g = Input((32, 32, 3))\n"
        "layers.Add()([layers.Conv2D(1, 1)(g), layers.Conv2D(8, 3, padding='same')(g)])"
    ),
    "a gray image as a gate": (
        "g = Input((32, 32, 1))\nlayers.Multiply()([g, layers.Conv2D(8, 3, padding='same')(g)])"
    ),
    "a list reduced along itself": "layers.Lambda(lambda t: tf.reduce_sum(t, axis=0))([x, y])",
    "a stack reduced along the new axis": "ops.mean(ops.stack([x, y], axis=1), axis=1)",
    "all pairs": "n = ops.sum(x, axis=1)\nops.expand_dims(n, 1) - n",
    "a third operand of full shape": (
        "f = Input((8, 8, 4))\n"
        "layers.Add()([f, layers.AveragePooling2D((1, 8))(f), layers.AveragePooling2D((8, 1))(f)])"
    ),
    "positions": "table = layers.Embedding(24, 3)(ops.arange(24))\nseq + table",
    "a weight, with which a batch of 1 is broadcast": (
        "dense = layers.Dense(3)\nModel(y, dense(y))\n"
        "class Spread(layers.Layer):\n"
        "    def call(self, given):\n"
        "        return tf.reduce_sum(tf.multiply(dense.weights[0], given), axis=-1)\n"
        "Model(x, Spread()(layers.Dense(3)(x)))"
    ),
    "a row that is not a sample": "ops.sum(x, axis=0) * layers.Dense(20)(y)",
    "two data sets that share a model": (
        "shared = layers.Dense(4)\nboth = layers.Concatenate(axis=0)([shared(x), shared(y)])\n"
        "Model([x, y], layers.Dense(1)(both))"
    ),
    "joined and split again": (
        "both = layers.Dense(4)(ops.concatenate([x, y], axis=0))\n"
        "a, b = ops.split(both, 2, axis=0)\nModel([x, y], layers.Add()([a, b]))"
    ),
    "a constant of 20 samples in a model that is trained on batches of 20": (
        "model = Model(x, x + tf.ones((20, 20)))\nmodel.compile('sgd', 'mse')\n"
        "model.fit(tf.ones((60, 20)), tf.ones((60, 20)), batch_size=20)"
    ),
    "a constant of 60 samples in a model that is fed 60": (
        "model = Model(x, x + tf.ones((60, 20)))\nmodel.compile('sgd', 'mse')\n"
        "model.train_on_batch(tf.ones((60, 20)), tf.ones((60, 20)))"
    ),
    "a constant of 6 samples in a model that is fed 6": (
        "model = Model(x, x + tf.ones((6, 20)))\nmodel.compile('sgd', 'mse')\n"
        "model.train_on_batch(tf.ones((6, 20)), tf.ones((6, 20)))"
    ),
    "a constant of one sample, added": "layers.Add()([x, tf.zeros((1, 20))])",
    "zeros like the tensor": "layers.Concatenate()([x, ops.zeros_like(y)])",
    "an outer product by Dot": (
        "layers.Dot(axes=(2, 1))([layers.Reshape((20, 1))(x), layers.Reshape((1, 20))(y)])"
    ),
    "a score that is flattened": (
        "e = layers.Embedding(9, 4)\na, b = Input((1,)), Input((1,))\n"
        "Model([a, b], layers.Flatten()(layers.Dot(2)([e(a), e(b)])))"
    ),
    "softmax over the steps, as TensorFlow 1 spells it": "seq * tf.nn.softmax(layers.Dense(1)(seq), dim=1)",
    "softmax over the steps": "layers.Multiply()([seq, layers.Softmax(axis=1)(layers.Dense(1)(seq))])",
    "a sigmoid gate": "layers.Multiply()([seq, layers.Dense(1, activation='sigmoid')(seq)])",
}
ZIP_START = (
    START
    + """
ts = [layers.Dense(4)(x) for _ in range(3)]
"""
)
ZIPS = {
    "one layer too few": ("total = [d(t) for d, t in zip([layers.Dense(2), layers.Dense(2)], ts)]", True),
    "used afterwards": (
        "total = [d(t) for d, t in zip([layers.Dense(2), layers.Dense(2)], ts)] + [layers.Dense(2)(ts[2])]",
        False,
    ),
    "an output itself": (
        "total = [d(t) for d, t in zip([layers.Dense(2), layers.Dense(2)], ts)] + [ts[2]]", False
    ),
    "its own tail": ("total = [layers.Add()([a, b]) for a, b in zip(ts, ts[1:])]", False),
    "numbers": ("total = [layers.Dense(n)(t) for n, t in zip((2, 3), ts)]", False),
    "equal lengths": ("total = [layers.Add()([a, b]) for a, b in zip(ts, [x, x, x][:3])]", None),
    "strict": (
        "total = [d(t) for d, t in zip([layers.Dense(2)] * 3, ts, strict=True)]", False
    ),
}  # fmt: skip


def hazards(source: str, *enabled: str) -> list[str]:
    found = check_source(source, "program.py", Settings(enabled=enabled))
    return [finding.code for finding in found if finding.code.startswith("KML2")]


@pytest.mark.parametrize("name", BY_DEFAULT)
def test_told_by_default(name: str) -> None:
    code, body = BY_DEFAULT[name]
    assert hazards(START + body) == [code]


@pytest.mark.parametrize("name", ON_DEMAND)
def test_told_on_demand(name: str) -> None:
    assert hazards(START + ON_DEMAND[name]) == []
    assert hazards(START + ON_DEMAND[name], "KML201") == ["KML201"]


@pytest.mark.parametrize("name", SILENT)
def test_not_told_by_default(name: str) -> None:
    assert hazards(START + SILENT[name]) == []


@pytest.mark.parametrize("name", ZIPS)
def test_zip(name: str) -> None:
    body, dropped = ZIPS[name]
    found = hazards(ZIP_START + body + "\nmodel = Model(x, total)\n")
    assert found == (["KML204"] if dropped else [])


def test_dropped_only_if_a_model_is_made() -> None:
    """A function that hands its tensors on may leave the rest to its caller."""
    body = ZIPS["one layer too few"][0]
    assert hazards(ZIP_START + body) == []


TRAINED = """
import keras
import numpy as np
from keras import layers, ops


def loss(t, p):
    return RETURNED


model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
model.compile("sgd", loss)
model.fit(np.ones((32, 4)), np.ones((32, 3)), batch_size=SIZE)
"""
# What a loss returns, whether it is told by default, and whether it is on demand.
LOSSES = {
    "one sample by its number": ("ops.square(t[0] - p[0])", True, True),
    "two samples by their numbers": ("ops.square(t[1] - p[1]) + ops.abs(p[2, 0])", True, True),
    "a sum over the batch": ("ops.sum(ops.square(t - p), axis=0)", False, True),
    "a mean over all": ("ops.mean(ops.square(t - p))", False, False),
    "a number for each sample": ("ops.sum(ops.square(t - p), axis=-1)", False, False),
    "a number for each output": ("ops.square(t - p)", False, False),
    "a column by its number": ("ops.square(t[:, 0] - p[:, 0])", False, False),
    "one sample beside the others": ("ops.square(t - p) + p[0]", False, False),
    "half of the batch": ("ops.square(p[::2] - p[1::2])", False, True),
    "every sample by its number": ("sum(ops.square(t[i] - p[i]) for i in range(32))", False, True),
}


@pytest.mark.parametrize("name", LOSSES)
def test_losses_that_mix_samples(name: str) -> None:
    returned, by_default, on_demand = LOSSES[name]
    text = TRAINED.replace("RETURNED", returned).replace("SIZE", "32")
    assert hazards(text) == (["KML202"] if by_default else [])
    assert hazards(text, "KML2") == (["KML202"] if on_demand else [])


def test_a_batch_of_one_sample_may_be_taken_by_its_number() -> None:
    text = TRAINED.replace("RETURNED", "ops.square(t[0] - p[0])").replace("SIZE", "1")
    assert hazards(text, "KML2") == []
