"""Tensors of different types in a merge: TensorFlow converts none, so one must have the type of the other."""

from __future__ import annotations

import os

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

# What a function of ``x`` gives, and the type that it needs.
MERGES = {
    "x + tf.cast(x, tf.float64)": "float64",
    "x + tf.cast(x, tf.double)": "float64",
    "x + tf.cast(x, tf.dtypes.float64)": "float64",
    "x / tf.cast(tf.reduce_mean(x), tf.complex128)": "complex128",
    "x * tf.constant([[1.0, 2.0]], tf.float64)": "float64",
    "x * tf.cast(x > 0, tf.int32)": "int32",
    "x + tf.ones_like(x, tf.float64)": "float64",
    "x + tf.range(2)": "int32",
    "x / tf.cast(tf.shape(x)[0], x.dtype) * tf.cast(tf.shape(x)[0], tf.float64)": "float64",
    "x + tf.size(x)": "int32",
    "x * tf.shape(x)[0]": "int32",
    "tf.concat([x, tf.cast(x, tf.float64)], axis=-1)": "float64",
    "tf.stack([tf.cast(x, tf.int64), x])": "int64",
    "tf.matmul(x, tf.cast(x, tf.float64), transpose_b=True)": "float64",
    "tf.maximum(x, tf.cast(1, tf.int32))": "int32",
}


def judged(text: str) -> list[tuple[Verdict, str]]:
    program = f"import tensorflow as tf\n\ndef merged(x):\n    return {text}\n"
    report = analyse(program, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    return [(merge.verdict, merge.words) for merge in report.merges.values()]


@pytest.mark.parametrize(("text", "dtype"), MERGES.items(), ids=MERGES)
def test_a_merge_names_the_type(text: str, dtype: str) -> None:
    told = [words for verdict, words in judged(text) if verdict is Verdict.CONDITIONAL]
    assert any(f"is of {dtype}" in words for words in told)


@pytest.mark.oracle
@pytest.mark.parametrize(("text", "dtype"), MERGES.items(), ids=MERGES)
def test_it_works_for_that_type_alone(text: str, dtype: str) -> None:
    tf = pytest.importorskip("tensorflow")
    ones = tf.ones((2, 2))
    eval(text, {"tf": tf, "x": tf.cast(ones, dtype)})
    with pytest.raises((TypeError, tf.errors.InvalidArgumentError)):
        eval(text, {"tf": tf, "x": ones})


ANY_TYPE = [
    "x + x",
    "x + tf.cast(x, x.dtype)",
    "x * tf.zeros_like(x)",
    "tf.cast(x, tf.float64) + tf.cast(x, tf.float64)",
    "x * (x > 0)",
    "x + 2",
]


@pytest.mark.parametrize("text", ANY_TYPE)
def test_others_need_no_type(text: str) -> None:
    told = [words.replace("is of numbers", "") for _, words in judged(text)]
    assert not any(" is of " in words for words in told)


def test_a_size_is_multiplied_by_whole_numbers() -> None:
    """What a caller gives beside a size alone is taken for a number, not for a tensor of floats."""
    program = (
        "import tensorflow as tf\n\ndef length(x, stride):\n    return tf.shape(x)[1] * stride\n"
    )
    report = analyse(program, "program.py", Settings(), watch=Watch.MERGES)
    assert [merge.verdict for merge in report.merges.values()] == [Verdict.SAFE]


TWO_CALLS = """
import tensorflow as tf

def scaled(x, factor):
    return x * tf.cast(factor, tf.float64)

def of_floats(x, factor):
    return scaled(x, factor)

of_doubles = scaled(tf.ones((2, 2), tf.float64), tf.ones(()))
"""


def test_a_call_that_is_known_needs_nothing() -> None:
    program = TWO_CALLS.replace("def of_floats(x, factor):\n    return scaled(x, factor)\n\n", "")
    report = analyse(program, "program.py", Settings(), watch=Watch.MERGES)
    (merge,) = report.merges.values()
    assert merge.verdict is Verdict.SAFE


def test_one_of_two_calls_tells() -> None:
    report = analyse(TWO_CALLS, "program.py", Settings(), watch=Watch.MERGES)
    (merge,) = report.merges.values()
    assert merge.verdict is Verdict.CONDITIONAL
    assert "x is of float64" in merge.reason
