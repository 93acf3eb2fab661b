"""What the number beside a tensor, a function of NumPy's and a tensor itself tell of data types."""

from __future__ import annotations

import operator
import os
from itertools import product
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch
from tests.some import some

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

_START = "import numpy as np\nimport tensorflow as tf\nfrom tensorflow.keras import layers\n\n"


def analysed(program: str, watch: Watch = Watch.MERGES) -> Any:
    report = analyse(_START + program, "program.py", Settings(keras_version="3"), watch=watch)
    assert report.errors == []
    return report


def conditions(text: str) -> list[str]:
    merges = analysed(f"def merged(x, y):\n    return {text}\n").merges
    assert merges
    return [merge.words for merge in merges.values()]


OF_FLOATS = [
    "tf.ones((2, 2)) * (x - 0.5)",
    "tf.ones((2, 2)) * (1.0 - x)",
    "(x / 255.0) * tf.ones((2, 2)) + x",
    "tf.where(x > 0.5, x, x) * tf.ones((2, 2))",
]


@pytest.mark.parametrize("text", OF_FLOATS)
def test_a_float_beside_a_tensor_took_floats_before(text: str) -> None:
    assert not any("float32" in one for one in conditions(text))


@pytest.mark.oracle
@pytest.mark.parametrize("text", OF_FLOATS)
@pytest.mark.parametrize("dtype", ["int32", "bool"])
def test_it_refuses_others(text: str, dtype: str) -> None:
    tf = pytest.importorskip("tensorflow")
    x = tf.cast(tf.ones((2, 2)), dtype)
    with pytest.raises((TypeError, ValueError, tf.errors.InvalidArgumentError)):
        eval(text, {"tf": tf, "x": x})


OPERATORS = ["add", "sub", "truediv", "floordiv", "mod", "pow", "lt", "ge", "eq", "ne"]


@pytest.mark.oracle
@pytest.mark.parametrize("name", OPERATORS)
def test_no_operator_makes_an_int_of_a_float(name: str) -> None:
    tf = pytest.importorskip("tensorflow")

    def takes(left: Any, right: Any) -> bool:
        try:
            getattr(operator, name)(left, right)
        except (TypeError, ValueError, tf.errors.InvalidArgumentError):
            return False
        return True

    for dtype, number in some(product(("int32", "int64", "bool"), (0.5, 2.0))):
        tensor = tf.cast(tf.ones(3), dtype)
        assert not takes(tensor, number)
        assert not takes(number, tensor)


OF_NUMBERS = {
    "tf.transpose(x) - tf.transpose(x, [0, 1])": "tf.transpose(x) is of numbers",
    "tf.transpose(x) + tf.transpose(x, [0, 1])": "tf.transpose(x) is of numbers",
    "tf.maximum(tf.transpose(x), tf.transpose(x, [0, 1]))": "tf.transpose(x) is of numbers",
}


@pytest.mark.parametrize(("text", "told"), OF_NUMBERS.items(), ids=OF_NUMBERS)
def test_what_is_combined_with_itself_is_no_truth_value(text: str, told: str) -> None:
    assert conditions(text)[0].endswith(told)


NO_TRUTH_BEFORE = ["tf.square(x) - tf.transpose(x)", "(x + 1) - tf.transpose(x)"]


@pytest.mark.parametrize("text", NO_TRUTH_BEFORE)
def test_truth_values_were_refused_before(text: str) -> None:
    assert not any("numbers" in one for one in conditions(text))


@pytest.mark.oracle
@pytest.mark.parametrize("text", [*OF_NUMBERS, *NO_TRUTH_BEFORE])
def test_numbers_are_taken_and_truth_values_refused(text: str) -> None:
    tf = pytest.importorskip("tensorflow")
    for dtype in ("float32", "int32"):
        eval(text, {"tf": tf, "x": tf.cast(tf.ones((2, 2)), dtype)})
    with pytest.raises((TypeError, ValueError, tf.errors.InvalidArgumentError)):
        eval(text, {"tf": tf, "x": tf.cast(tf.ones((2, 2)), "bool")})


OF_ARRAYS = [
    "np.sum(x) + np.max(y)",
    "np.max(x) ** 2 / np.sum(x)",
    "tf.ones((2, 2)) * np.max(x)",
    "np.squeeze(x).sum() - np.squeeze(y).sum()",
]


@pytest.mark.parametrize("text", OF_ARRAYS)
def test_arrays_are_converted(text: str) -> None:
    assert not any("type" in one or " is of " in one for one in conditions(text))


@pytest.mark.oracle
@pytest.mark.parametrize("text", OF_ARRAYS)
def test_arrays_of_any_type_are_taken(text: str) -> None:
    tf = pytest.importorskip("tensorflow")
    np = pytest.importorskip("numpy")
    for x, y in some(product(("float32", "float64", "int32"), repeat=2)):
        names = {"tf": tf, "np": np, "x": np.ones((2, 2), x), "y": np.ones((2, 2), y)}
        assert eval(text, names) is not None


def test_what_tensorflow_makes_of_an_array_keeps_its_type() -> None:
    assert "tf.constant(np.max(y)) is of float32" in conditions(
        "tf.ones((2, 2)) * tf.constant(np.max(y))"
    )


CONTRACTS = {
    "x * tf.square(y)": "numbers of one type",
    "tf.concat([x, y], -1)": "of one type",
    "tf.one_hot(x, 3) * tf.exp(y)": "x is of whole numbers and y is of floats",
    "tf.exp(x) + tf.square(y)": "x is of floats and y is of float32",
    "tf.reduce_sum(tf.exp(x)) + tf.reduce_sum(tf.cast(y, tf.float32))": "x is of floats",
}


@pytest.mark.parametrize(("text", "told"), CONTRACTS.items(), ids=CONTRACTS)
def test_a_contract_names_the_types_of_parameters(text: str, told: str) -> None:
    (found,) = analysed(f"def merged(x, y):\n    return {text}\n", Watch.CONTRACTS).contracts
    assert told in found.condition


def test_layers_convert_what_is_symbolic() -> None:
    program = "def block(x, skip):\n    return layers.Conv2D(8, 1)(x) + skip\n"
    (found,) = analysed(program, Watch.CONTRACTS).contracts
    assert "skip is of" not in found.condition and "one type" not in found.condition


OF_BLOCKS = """
class Block(layers.Layer):
    def __init__(self, width):
        super().__init__()
        self.dense = layers.Dense(width)

    def call(self, x, training, mask):
        return x + self.dense(x)

class Encoder(layers.Layer):
    def __init__(self, depth, width):
        super().__init__()
        self.depth = depth
        self.embedding = layers.Embedding(10, width)
        self.blocks = [Block(width) for _ in range(depth)]

    def call(self, x, training, mask):
        x = self.embedding(x)
        for place in range(self.depth):
            x = self.blocks[place](x, training, mask)
        return x
"""


def test_a_layer_in_a_list_of_unknown_length_is_judged_by_what_it_does() -> None:
    (merge,) = analysed(OF_BLOCKS).merges.values()
    assert merge.verdict.value == "conditional"
    assert "depth = 3" in merge.words


def test_what_numpy_makes_of_a_tensor_of_floats_has_no_type_to_tell() -> None:
    report = analysed(
        "def centred(x):\n    return x - np.mean(x)\n\n\n"
        "def mixed(x, y, weight=0.5):\n    return centred(x * weight + y * (1 - weight))\n"
    )
    assert not any("np.mean" in merge.words for merge in report.merges.values())


@pytest.mark.oracle
def test_tensorflow_converts_it() -> None:
    import numpy as np

    tf = pytest.importorskip("tensorflow")
    x = tf.ones((2, 3))
    assert (x - np.mean(x)).dtype == (x - np.mean(x.numpy().astype("float64"))).dtype == tf.float32
