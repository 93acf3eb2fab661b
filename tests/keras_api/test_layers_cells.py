"""RNN over cells that the program wrote: their `state_size` and `output_size` give the shapes."""

from __future__ import annotations

from typing import Any

import pytest

from kerasmergelint.keras_api.layers import find
from kerasmergelint.keras_api.protocol import KerasVersion, LayerCall, SubLayer, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Shape

X = TensorSpec(Shape((None, 7, 5)), "float32")


class OwnCell(SubLayer):
    """A cell with these attributes."""

    type_name = "OwnCell"
    config: Any = {}  # noqa: RUF012

    def __init__(self, **attributes: Any) -> None:
        self.attributes = attributes

    def attribute(self, name: str) -> Any:
        return self.attributes.get(name)


def loop(cell: Any, **config: Any) -> Any:
    entry = find("RNN", KerasVersion.V3)
    assert entry is not None
    made = entry.construct([], {"cell": cell, **config}, KerasVersion.V3)
    return entry.call(LayerCall(made, X, KerasVersion.V3)).outputs


@pytest.mark.parametrize(
    ("cell", "width"),
    [
        (OwnCell(state_size=32), 32),
        (OwnCell(state_size=[8, 16]), 8),
        (OwnCell(state_size=(8, 16), output_size=4), 4),
        ([OwnCell(state_size=8), OwnCell(state_size=16)], 16),
    ],
)
def test_width(cell: Any, width: int) -> None:
    assert loop(cell).dims == (None, width)
    assert loop(cell, return_sequences=True).dims == (None, 7, width)


def test_states() -> None:
    outputs = loop(OwnCell(state_size=[8, 16]), return_state=True)
    assert [spec.dims for spec in outputs] == [(None, 8), (None, 8), (None, 16)]


@pytest.mark.parametrize(
    "cell", [OwnCell(), OwnCell(state_size=UNKNOWN), OwnCell(state_size=[UNKNOWN])]
)
def test_unknown(cell: Any) -> None:
    assert loop(cell) is UNKNOWN
