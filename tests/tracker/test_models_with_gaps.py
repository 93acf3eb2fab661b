"""Models of which something that nobody knows is a part: neither their weights nor their masks are known."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

HEAD = """import numpy as np
from keras import Input, Model, layers
from other import block

x = Input((3,))
"""
SET = "Model(x, {}).set_weights([np.zeros((4, 2)), np.zeros((4, 2))])\n"
UNKNOWN = {
    "an output": "block(x)",
    "what comes before": "layers.Dense(3)(block(x))",
    "an operand": "layers.Dense(3)(x) + block(x)",
    "an input of a merge": "layers.Add()([layers.Dense(3)(x), block(x)])",
    "one of several inputs": "layers.Dense(3)(layers.Concatenate()([x, *block(x)]))",
    "one of several outputs": "[layers.Dense(3)(x), block(x)]",
    "the function of a Lambda": "layers.Lambda(block)(x)",
}


def codes(program: str) -> list[str]:
    return [finding.code for finding in check_source(HEAD + program, "model.py", Settings())]


@pytest.mark.parametrize("output", UNKNOWN.values(), ids=UNKNOWN)
def test_weights_are_not_counted(output: str) -> None:
    assert codes(SET.format(output)) == []


def test_weights_of_what_is_known_are_counted() -> None:
    assert codes(SET.format("layers.Dense(3)(x)")) == ["KML306"]
