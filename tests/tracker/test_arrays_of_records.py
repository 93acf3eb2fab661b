"""Rows that make no rectangle may be records, or arrays in an array: the type decides."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

HEAD = "import keras\nimport numpy as np\n"
WORK = [
    "pair = np.dtype([('a', 'f4', (3,)), ('b', 'f4')])\nrows = np.array([(np.ones(3), 1.0)], dtype=pair)\n",
    "rows = np.array([(np.ones(3), 2)], dtype=[('a', 'f4', (3,)), ('b', 'i4')])\n",
    "rows = np.array([(1, 2.0), (3, 4.0)], dtype=[('a', 'i4'), ('b', 'f4')])\nassert rows.shape == (2,)\n"
    "keras.layers.Add()([keras.Input(rows.shape), keras.Input((2,))])\n",
]
FAILS = [
    "rows = np.array([np.ones(3), np.ones(4)])\n",
    "rows = np.array([np.ones(3), np.ones(4)], dtype='float32')\n",
]


def codes(program: str) -> list[str]:
    return [f.code for f in check_source(HEAD + program, "net.py", Settings(keras_version="3"))]


@pytest.mark.oracle
@pytest.mark.parametrize("program", WORK)
def test_records(program: str) -> None:
    exec(HEAD + program, {})
    assert codes(program) == []


@pytest.mark.oracle
@pytest.mark.parametrize("program", FAILS)
def test_no_rectangle(program: str) -> None:
    with pytest.raises(ValueError, match="inhomogeneous"):
        exec(HEAD + program, {})
    assert codes(program) == ["KML309"]
