"""What ``isinstance`` and ``type`` say of values: as Python does, or nothing."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

IMPORTS = """import collections
import functools
import numbers
import types
import typing
from collections import OrderedDict, abc

import numpy as np
"""
TRUE = [
    "isinstance('a', abc.Hashable)",
    "isinstance([1], abc.Sized)",
    "isinstance([1], abc.MutableSequence)",
    "isinstance({}, abc.MutableMapping)",
    "isinstance({1}, abc.Set)",
    "isinstance('a', abc.Reversible)",
    "isinstance(range(3), abc.Sequence)",
    "isinstance(1, numbers.Real)",
    "isinstance(1j, numbers.Complex)",
    "isinstance(True, numbers.Integral)",
    "isinstance([1], typing.List)",
    "isinstance('a', typing.Text)",
    "isinstance(1, typing.SupportsInt)",
    "isinstance(lambda: 1, types.LambdaType)",
    "isinstance(len, types.BuiltinFunctionType)",
    "isinstance(functools.partial(len), functools.partial)",
    "isinstance(None, type(None))",
    "isinstance(OrderedDict(a=1), OrderedDict)",
    "isinstance(collections.Counter('a'), collections.Counter)",
    "isinstance(collections.deque(), collections.deque)",
    "type(OrderedDict(a=1)) is OrderedDict",
    "type(lambda: 1) is types.FunctionType",
    "type(range(3)) is range",
    "isinstance(np.float32(3), numbers.Real)",
    "isinstance(np.int64(3), numbers.Integral)",
    "isinstance(np.array(['a'])[0], np.str_)",
    "isinstance(np.array([1.0])[0], np.float64)",
    "isinstance(np.array([True])[0], np.bool_)",
    "isinstance(np.mean([1.0, 2.0]), np.floating)",
    "not isinstance('a', np.ndarray)",
    "not isinstance([1], np.ndarray)",
    "not isinstance(3, (list, np.ndarray))",
]
PROGRAM = """{imports}
from keras import Input, layers

if {condition}:
    layers.Add()([Input((4,)), Input((5,))])
"""
# Certain, though a value is of Python's own: what the branch does is certain, too.
DECIDED = [
    "isinstance([1], abc.Sequence)",
    "isinstance('a', (np.ndarray, str))",
    "isinstance(None, type(None))",
    "not isinstance((1, 2), np.ndarray)",
    "not isinstance({}, np.number)",
]


@pytest.mark.parametrize("condition", TRUE)
def test_what_python_finds_true_is_not_taken_for_false(condition: str) -> None:
    np = pytest.importorskip("numpy")
    namespace: dict[str, object] = {"np": np}
    exec(IMPORTS, namespace)
    assert eval(condition, namespace)
    assert not _found(f"not ({condition})")


@pytest.mark.parametrize("condition", DECIDED)
def test_what_is_certain_is_decided(condition: str) -> None:
    assert _found(condition) == ["KML111"]
    assert not _found(f"not ({condition})")


def _found(condition: str) -> list[str]:
    source = PROGRAM.format(imports=IMPORTS, condition=condition)
    return [finding.code for finding in check_source(source, "program.py", Settings())]
