"""Functions for the items of a pipeline, which may have as many parts as nobody knows."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

HEAD = """
import tensorflow as tf
from other import load, pairs, parse, types

def two(a, b):
    return a, b

x = tf.zeros((8, 3))
data = tf.data.Dataset
"""
UNKNOWN = [
    "data.from_generator(load, output_signature=types)", "data.from_generator(load, types)",
    "data.from_generator(load, output_types=load())", "data.from_tensor_slices(load())",
    "data.TFRecordDataset('a').map(parse)", "data.zip(pairs)", "data.zip(*pairs)",
    "data.list_files('a').interleave(load)", "data.range(3).map(lambda i: load(i))",
    "data.range(3).map(lambda i: tf.numpy_function(load, [i], tf.float32)).map(parse)",
    "data.range(3).flat_map(load)", "data.from_tensor_slices(x).apply(load)",
    "data.from_tensor_slices(x).map(lambda row: (row, 1))", "data.from_tensor_slices((x, x)).map(parse)",
    "data.from_tensor_slices(x).enumerate()", "data.from_generator(load, (tf.float32, tf.int32))",
]  # fmt: skip
ONE_THING = [
    "data.from_generator(load, tf.float32)", "data.from_tensor_slices(x)", "data.range(3)",
    "data.from_tensor_slices({'a': x})", "data.from_tensor_slices((x, x)).map(lambda a, b: a)",
]  # fmt: skip


def codes(program: str) -> list[str]:
    return [found.code for found in check_source(HEAD + program, "/program.py", Settings())]


@pytest.mark.parametrize("items", UNKNOWN)
def test_an_item_that_may_have_two_parts(items: str) -> None:
    assert codes(f"{items}.map(two)\n{items}.map(two).filter(lambda a, b: a > b)\n") == []


@pytest.mark.parametrize("items", ONE_THING)
def test_an_item_that_is_one_thing(items: str) -> None:
    assert codes(f"{items}.map(two)\n") == ["KML309"]
    assert codes(f"{items}.filter(two)\n") == ["KML309"]
