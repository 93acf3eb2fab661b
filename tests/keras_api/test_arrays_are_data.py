"""Functions of TensorFlow and Keras make the same of an array of NumPy as of a tensor that holds data."""

from __future__ import annotations

from unittest import mock

import pytest

from kerasmergelint.keras_api.protocol import KerasVersion, TensorKind
from tests.draws import each_draw
from tests.keras_api import op_answers, op_draws
from tests.keras_api.op_answers import EAGER, Drawn, ours, replaced
from tests.keras_api.op_answers import T as Drawn_tensor

pytestmark = pytest.mark.oracle
TABLE = op_draws.table()


def with_sizes(drawn: Drawn) -> Drawn:
    return replaced(
        drawn, lambda t: Drawn_tensor(tuple(2 if d is None else d for d in t.dims), t.dtype)
    )


@pytest.mark.parametrize("name", sorted(name for name in TABLE if not name.startswith("random.")))
def test_an_array_is_taken_for_data(name: str) -> None:
    version = KerasVersion.V3 if name.partition(".")[0] == "ops" else KerasVersion.V2

    differing: list[Drawn] = []

    def compare(drawn: Drawn) -> None:
        fit = with_sizes(drawn)
        on_tensors = ours(name, fit, EAGER, version)
        with mock.patch.dict(op_answers.KINDS, {EAGER: TensorKind.ARRAY}):
            on_arrays = ours(name, fit, EAGER, version)
        if repr(on_arrays) != repr(on_tensors):
            differing.append(fit)

    each_draw(TABLE[name], 3, name, compare)
    assert differing == []
