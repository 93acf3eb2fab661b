"""What Python says about a pattern of the program is said to its author, when it runs."""

from __future__ import annotations

import warnings

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import re
from tensorflow import keras

units = len(re.sub("[[a-z]", "", "abcd12"))
keras.layers.Add()([keras.Input((units,)), keras.Input((3,))])
"""


def test_nothing_is_warned_of() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = check_source(PROGRAM, "net.py", Settings())
    assert [finding.code for finding in found] == ["KML111"]
