"""What functions of TensorFlow, Keras and NumPy give that are no ops: shapes and dtypes, as they say."""

from __future__ import annotations

import os

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.shapes import UNKNOWN
from kerasmergelint.tracker.program.analysis import evaluate
from kerasmergelint.tracker.values.graph import TensorV

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

pytestmark = pytest.mark.oracle

BEFORE = """
import math
import random
from collections import deque, namedtuple
import numpy as np
import tensorflow as tf
import keras
from keras import ops

rows, picture, flat = tf.ones((2, 5)), tf.ones((2, 8, 8, 3)), tf.ones((7,))
cube, table, vector, square = np.ones((4, 6, 3)), np.ones((4, 6)), np.ones(6), np.eye(5)
numbers = np.ones((4, 6), "int64")
steps, latest = [], deque(maxlen=100)
for k in range(5):
    steps.append((np.full((3, 2), k), k, 0.5))
    latest.append(steps[-1])
Step = namedtuple("Step", "state reward")
listed, pairs, named = [], [], deque(maxlen=9)
for k in range(5):
    listed.append([np.full((3, 2), k), 0.5 * k])
    pairs.append((np.ones(2), [k % 3, k]))
    named.append(Step(np.full((3, 2), k), 0.5))
"""

GRADIENTS = """
tape.gradient(y, rows)
tape.gradient(y, [rows, rows])[1]
tape.gradient(y, {"x": rows})["x"]
tape.gradient(y, (rows, rows))[0]
tape.gradient(target=y, sources=rows)
tape.jacobian(y, rows)
tape.batch_jacobian(y, rows)
tape.gradient(of_array, made)
"""

VARIABLES = """
tf.Variable(np.zeros((2, 3)), dtype=tf.float32)
tf.Variable(tf.initializers.GlorotUniform()((3, 4)))
tf.Variable(tf.random_normal_initializer()(shape=(3, 4), dtype="float32"))
tf.zeros_initializer()((3,))
keras.initializers.GlorotUniform()((3, 4))
keras.initializers.HeNormal()(shape=(3, 4), dtype="float64")
keras.initializers.get("zeros")((2, 2))
keras.initializers.get({"class_name": "Ones", "config": {}})((2, 2))
ops.ones((3 if isinstance(keras.initializers.get("zeros"), keras.initializers.Initializer) else 4,))
ops.ones((3 if isinstance("zeros", keras.initializers.Initializer) else 4,))
keras.Variable(np.zeros((2, 3)))
keras.Variable(ops.zeros((2, 3)), trainable=False)
keras.Variable(0.0)
keras.Variable(initializer="zeros", shape=(2, 3))
keras.Variable("glorot_uniform", (2, 3), "float64")
keras.Variable(keras.initializers.Zeros(), shape=(2, 3))
keras.Variable(lambda shape, dtype: ops.ones(shape, dtype), shape=(2, 3))
"""

LOOPS = """
tf.map_fn(lambda x: x * 2, rows)
tf.map_fn(tf.reduce_sum, rows)
ops.associative_scan(lambda a, b: a + b, rows, axis=1)
ops.associative_scan(lambda a, b: (a[0] * b[0], b[0] * a[1] + b[1]), (rows, rows))[1]
ops.convert_to_numpy(rows)
ops.convert_to_numpy([[1.0, 2.0]])
ops.convert_to_numpy(x=np.ones((2, 3)))
ops.take_along_axis(picture, ops.zeros((2, 3, 1, 1), "int32"), axis=1)
ops.take_along_axis(rows[:1], ops.zeros((4, 2), "int32"), axis=1)
tf.map_fn(lambda x: (x[0] * 2, x[1]), (rows, picture))[1]
tf.vectorized_map(lambda x: x * 2, rows)
tf.scan(lambda a, x: a + x, rows)
tf.scan(lambda a, x: a + tf.reduce_sum(x), rows, initializer=0.0)
tf.foldl(lambda a, x: a + x, rows)
tf.while_loop(lambda k, x: k < 3, lambda k, x: (k + 1, x * 2), [0, rows])[1]
tf.cond(True, lambda: rows, lambda: rows * 2)
ops.while_loop(lambda k, x: k < 3, lambda k, x: (k + 1, x * 2), (0, rows))[1]
ops.scan(lambda c, x: (c, x * 2), ops.zeros(5), rows)[1]
ops.scan(lambda c, x: (c * 2, None), ops.zeros(5), length=3)[0]
ops.map(lambda x: x * 2, rows)
ops.vectorized_map(ops.sum, rows)
ops.fori_loop(0, 3, lambda k, x: x * 2, rows)
ops.fori_loop(0, 2, lambda k, x: x + rows[k], rows[0])
tf.while_loop(lambda k, x: k < 2, lambda k, x: (k + 1, x + rows[k]), [0, rows[0]])[1]
tf.while_loop(lambda k, x: k < 2, lambda k, x: (k + 1, x * 2.0), [0, 1.0])[1]
ops.cond(True, lambda: rows, lambda: rows)
ops.switch(1, [lambda x: x, lambda x: x * 2], rows)
"""

COMPARED = """
keras.losses.mean_squared_error(rows, rows)
keras.losses.binary_crossentropy(picture, picture, from_logits=True)
keras.losses.sparse_categorical_crossentropy(tf.zeros((2, 1), tf.int32), rows, from_logits=True)
keras.losses.CategoricalCrossentropy(reduction="none")(rows, rows)
keras.losses.CosineSimilarity(reduction=None)(picture, picture)
tf.keras.backend.binary_crossentropy(rows, rows, from_logits=True)
tf.shape(rows, out_type=tf.int64)
tf.shape(rows, tf.int64) * tf.constant(2, tf.int64)
"""

PIXELS = """
keras.applications.vgg16.preprocess_input(picture)
keras.applications.resnet.preprocess_input(np.ones((2, 8, 8, 3), "uint8"))
keras.applications.resnet50.preprocess_input(np.ones((2, 8, 8, 3), "float64"))
keras.applications.efficientnet.preprocess_input(np.ones((2, 8, 8, 3), "uint8"))
keras.applications.imagenet_utils.preprocess_input(picture, mode="tf")
keras.applications.mobilenet_v2.preprocess_input(keras.Input((8, 8, 3)))
keras.applications.xception.preprocess_input(x=keras.Input((8, 8, 3), dtype="uint8"))
"""

ARRAYS = """
np.average(cube, axis=0, weights=np.ones(4))
np.insert(table, 0, 1, axis=1)
np.rollaxis(cube, 2)
np.rollaxis(cube, 0, 3)
np.rollaxis(cube, 2, 1)
np.around(cube, 2)
np.cov(table)
np.cov(table, rowvar=False)
np.corrcoef(table)
np.fft.fft(vector)
np.fft.fft(table, 10)
np.fft.rfft(table)
np.fft.rfft(table, axis=0)
np.fft.fft2(table)
np.fft.fftshift(table)
np.fft.fftfreq(10)
np.fft.rfftfreq(10, d=0.1)
np.abs(np.fft.fft(table, axis=1))
np.digitize(table, [1, 2])
np.searchsorted(vector, table)
np.interp(table, vector, vector)
np.indices((3, 4))
np.kron(square, square)
np.inner(table, table)
np.cross(np.ones((4, 3)), np.ones((4, 3)))
np.pad(table, 1)
np.pad(table, (1, 2))
np.pad(table, [(1, 2), (0, 0)])
np.gradient(vector)
np.gradient(table)[1]
np.prod(cube, axis=0)
np.histogram(vector, bins=10)[0]
np.histogram(vector)[1]
np.atleast_1d(vector)
np.atleast_2d(vector)
np.convolve(vector, np.ones(3), mode="same")
np.convolve(vector, np.ones(3), mode="valid")
np.convolve(vector, np.ones(3))
np.float32(table)
np.int32(table)
np.zeros_like(table, dtype=bool)
np.ones_like(table, np.int32)
np.empty_like(numbers)
np.random.dirichlet([1, 1, 1], 5)
np.lib.stride_tricks.sliding_window_view(vector, 3)
np.lib.stride_tricks.sliding_window_view(table, 3, axis=1)
np.array([[1, 2.5], [3, 4]])
np.array([[True, 2], [1, 0]])
1 - np.array([[0, 1], [1, 0]], dtype="float32")[1]
np.array([0, 1], dtype="int32") * 2.5
np.sqrt(numbers)
np.abs(numbers)
np.argsort(table)
np.argsort(table, axis=None)
np.sort(table, axis=None)
table.argsort(0)
np.array([1.0, 2.0], ndmin=3)
keras.layers.MultiHeadAttention(2, 4)(cube, np.ones((4, 7, 3)), return_attention_scores=True)[1]
keras.layers.MultiHeadAttention(2, 4, attention_axes=2)(picture, picture, return_attention_scores=True)[1]
table[np.argsort(vector)[:2]]
cube.argmax(axis=1)
np.correlate(vector, np.ones(3))
np.correlate(vector, np.ones(3), "full")
np.polyfit(vector, vector, 2)
np.polyval([1.0, 2.0], vector)
np.linalg.svd(table)[0]
np.linalg.svd(table)[1]
np.linalg.svd(table, full_matrices=False)[2]
np.trace(cube)
np.resize(table, (3, 7))
np.lexsort((vector, vector))
np.isin(table, [1, 2])
np.radians(table)
np.invert(numbers)
np.unwrap(table)
np.asfortranarray(table)
np.maximum.accumulate(table)
np.add.reduce(table)
np.logical_or.reduce([table, table], axis=0)
np.multiply.outer(vector, np.ones(3))
cube.swapaxes(0, 2)
cube.dot(np.ones((3, 2)))
table.round(2)
cube.trace()
"""

NUMBERS = """
np.asarray([np.random.randint(0, 5, size=1)[0], 1], dtype=np.int32).reshape((2, 1))
np.asarray([np.random.rand(), 1.5], dtype=np.float32)
np.array([random.random(), 2]).astype("int64")
np.array([np.random.rand(), 1.0])
np.array([[random.random(), random.gauss(0, 1)] for _ in range(3)])
np.array([np.array([np.float32(np.random.randint(9)), 2.0]) for _ in range(4)])
np.array([(random.choice([1, 2]), i) for i in range(5)])
np.array([float(table[0, 0]), int(table.sum())])
np.array([abs(np.random.randn()), round(random.random(), 2), -random.random()])
np.array([math.sin(random.random()), math.sqrt(table.max())])
np.array([np.sqrt(np.random.rand()), min(random.random(), 0.5), max(0.5, random.random())])
np.array([np.random.rand() < 0.5, float(np.random.rand() > 0.5) * 2 - 1])
np.array(np.random.rand())
np.array([vector[0], np.random.rand()])
np.vstack([[np.random.rand(), 1.0], [2.0, np.random.rand()]])
np.asarray([random.random()] * 7, dtype="float32")
tf.constant([[np.random.rand(), 1.0]])
tf.convert_to_tensor([random.random() for _ in range(3)])
ops.convert_to_tensor([random.random(), 1.0])
keras.utils.pad_sequences([[random.randint(1, 9)], [2, 3]], maxlen=4)
keras.utils.pad_sequences([[1], [2, 3, 4]], padding="post")
"""

DRAWN = """
np.array([step[0] for step in random.sample(steps, 3)])
np.array([step[1] for step in random.sample(latest, 3)])
np.array([step[0] for step in random.choices(latest, k=4)])
np.array([latest[k][0] for k in np.random.choice(len(latest), 3)])
np.array([steps[k][0] for k in random.sample(range(5), 2)])
np.stack([steps[np.random.randint(5)][0], latest[random.randrange(5)][0]])
np.vstack([random.choice(steps)[0] for _ in range(3)])
np.array(list(zip(*random.sample(latest, 3)))[0])
np.array([table[k] for k in np.random.randint(0, 4, size=3)])
random.choice(latest)[0] + random.choices(steps)[0][0]
np.array([step[0] for step in random.sample(listed, 3)])
np.array([step[1] for step in random.sample(listed, 3)])
np.vstack([step[1] for step in random.choices(pairs, k=3)])
np.array(Step(*zip(*random.sample(named, 3))).state)
np.array([step.reward for step in random.sample(named, 2)])
"""

# What their sizes are depends on numbers in the arrays.
OPEN = {
    "np.unique(table)": (1,),
    "np.unique(table, return_counts=True)[1]": (1,),
    "np.where(table > 0)[1]": (1,),
    "np.nonzero(cube)[2]": (1,),
    "np.argwhere(cube)": (2, 3),
    "np.flatnonzero(cube)": (1,),
    "np.bincount(numbers[0], minlength=10)": (1,),
}

TAPE = """
with tf.GradientTape(persistent=True) as tape:
    tape.watch(rows)
    y = rows * rows
    made = keras.layers.Dense(3)(table)
    tape.watch(made)
    of_array = made**2
"""


def expressions(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


TOLD = VARIABLES + LOOPS + COMPARED + PIXELS + ARRAYS + NUMBERS + DRAWN


@pytest.mark.parametrize("expression", expressions(TOLD))
def test_what_functions_give(expression: str) -> None:
    agree(f"{BEFORE}result = {expression}\n")


@pytest.mark.parametrize("expression", expressions(GRADIENTS))
def test_what_tapes_give(expression: str) -> None:
    agree(f"{BEFORE}{TAPE}result = {expression}\n")
    kept = TAPE.replace("with tf.GradientTape(persistent=True) as tape", "with tape")
    agree(f"{BEFORE}tape = tf.GradientTape(persistent=True)\n{kept}result = {expression}\n")


def agree(program: str) -> None:
    """The shape is that of TensorFlow; and the dtype, where the tracker says one."""
    scope: dict[str, object] = {}
    exec(compile(program, "program.py", "exec"), scope)
    real = scope["result"]
    report = evaluate(program, "program.py", Settings(keras_version="3"))
    assert report.module is not None
    assert not report.events
    found = report.module.scope.variables["result"]
    assert isinstance(found, TensorV), found
    assert found.spec.dims == tuple(real.shape)  # type: ignore[attr-defined]
    dtype = real.dtype  # type: ignore[attr-defined]
    assert found.spec.dtype in (None, getattr(dtype, "name", dtype))


def test_a_loop_that_changes_a_size_leaves_it_open() -> None:
    program = f"""{BEFORE}
result = tf.while_loop(
    lambda k, x: k < 3, lambda k, x: (k + 1, tf.concat([x, x], 0)), [0, rows],
    shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, 5])],
)[1]
"""
    report = evaluate(program, "program.py", Settings(keras_version="3"))
    assert report.module is not None
    found = report.module.scope.variables["result"]
    assert isinstance(found, TensorV) and found.spec.dims is not None
    assert not isinstance(found.spec.dims[0], int)
    assert found.spec.dims[1:] == (5,)


def test_a_list_that_a_loop_fills_stays_one_when_it_is_turned_round() -> None:
    program = f"""{BEFORE}
gathered = []
while np.random.rand() < 0.5:
    gathered.append(np.random.rand(3))
result = np.array(gathered[::-1])
"""
    report = evaluate(program, "program.py", Settings(keras_version="3"))
    assert report.module is not None
    found = report.module.scope.variables["result"]
    assert isinstance(found, TensorV) and found.spec.dims == (UNKNOWN, 3)


@pytest.mark.parametrize(
    "change",
    ["steps[k] = other", "steps[0] = other", "steps.append(other)", "steps[1:2] = [other]"],
)
def test_an_item_of_a_list_that_also_holds_others_is_any_of_them(change: str) -> None:
    """Drawn from a list that is known, and from one that a loop filled."""
    for filled in ("", "while np.random.rand() < 0.5:\n    steps.append(steps[0])\n"):
        program = f"""{BEFORE}
k, other = np.random.randint(5), (np.zeros((7, 2)), 1, 0.5)
{filled}{change}
result = random.choice(steps)[0]
"""
        report = evaluate(program, "program.py", Settings(keras_version="3"))
        assert report.module is not None
        found = report.module.scope.variables["result"]
        assert not isinstance(found, TensorV) or found.spec.dims == (UNKNOWN, 2)


@pytest.mark.parametrize("expression", OPEN)
def test_sizes_that_the_numbers_decide_are_not_known(expression: str) -> None:
    rank, *rest = OPEN[expression]
    report = evaluate(f"{BEFORE}result = {expression}\n", "program.py", Settings())
    assert report.module is not None
    found = report.module.scope.variables["result"]
    assert isinstance(found, TensorV) and found.spec.dims is not None
    assert len(found.spec.dims) == rank
    assert found.spec.dims[0] is UNKNOWN
    assert list(found.spec.dims[1:]) == rest
