"""``tf.float32.min`` and the like are the numbers that TensorFlow has for them."""

from __future__ import annotations

import os

import pytest

from kerasmergelint.tracker.python.builtins.constants import attribute

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

_BITS = {"int": (8, 16, 32, 64), "uint": (8, 16, 32, 64), "float": (16, 32, 64), "bfloat": (16,)}
DTYPES = [f"{kind}{bits}" for kind, every in _BITS.items() for bits in every]


@pytest.mark.oracle
@pytest.mark.parametrize("name", DTYPES)
def test_each_type_has_the_limits_of_tensorflow(name: str) -> None:
    tf = pytest.importorskip("tensorflow")
    dtype = getattr(tf, name)
    number = float if "float" in name else int
    assert attribute(name, "min") == number(dtype.min)
    assert attribute(name, "max") == number(dtype.max)


def test_other_words_have_none() -> None:
    assert attribute("string", "min") is None
    assert attribute("float", "max") is None
