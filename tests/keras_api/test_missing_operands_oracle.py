"""None where an op of Keras wants a tensor: refused by us only where Keras raises."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kerasmergelint.keras_api.protocol import KerasVersion
from tests.draws import each_draw
from tests.keras_api import op_draws
from tests.keras_api.op_answers import GRAPH, SYMBOLIC, Drawn, T, ours, real
from tests.oracle import Raised
from tests.some import some

pytestmark = pytest.mark.oracle
V3 = KerasVersion.V3
TABLE = op_draws.table()
NAMES = [name for name in TABLE if name.startswith("ops.")]
# Where the other tensors are symbolic, these take None for one.
LENIENT = "arctan2 equal greater isclose logical_and not_equal where"


def without_one(drawn: Drawn) -> Iterator[Drawn]:
    """The draw with None for one tensor after the other, also for the first in a list of them."""
    args, kwargs = drawn
    for place, given in enumerate(args):
        listed = isinstance(given, (list, tuple)) and bool(given)
        if isinstance(given, T):
            yield (*args[:place], None, *args[place + 1 :]), kwargs
        elif listed and all(isinstance(item, T) for item in given):
            yield (*args[:place], type(given)([None, *given[1:]]), *args[place + 1 :]), kwargs


@pytest.mark.parametrize("mode", [SYMBOLIC, GRAPH])
@pytest.mark.parametrize("name", some(NAMES))
def test_a_tensor_is_none(name: str, mode: str) -> None:
    drawn: list[Drawn] = []
    each_draw(TABLE[name], 2, f"{name}, one is None", drawn.append)
    taken = [
        lacking
        for each in drawn
        if not isinstance(real(name, each, mode), Raised)
        for lacking in without_one(each)
        if isinstance(ours(name, lacking, mode, V3), Raised)
        and not isinstance(real(name, lacking, mode), Raised)
    ]
    assert taken == []


REFUSED = {
    "ops.expand_dims": ((None, -1), {}),
    "ops.cast": ((None, "float32"), {}),
    "ops.multiply": ((None, 2), {}),
    "ops.convert_to_tensor": (([None, 1],), {}),
    "ops.stack": (([None, 1, 1],), {}),
    "ops.less": ((2, None), {}),
    "ops.arange": ((None,), {}),
    "ops.repeat": ((T((2, 3)), None), {"axis": 1}),
    "ops.split": ((T((2, 3)), None), {"axis": 1}),
    "ops.linspace": ((0, 1, None), {}),
    "ops.full": (((2,), None), {}),
    "ops.zeros": ((None,), {}),
    "ops.eye": ((None,), {}),
    "ops.tri": ((None,), {}),
    "ops.add": ((T((2, 3)), None), {}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    drawn = REFUSED[name]
    assert isinstance(real(name, drawn, SYMBOLIC), Raised)
    assert isinstance(ours(name, drawn, SYMBOLIC, V3), Raised)


@pytest.mark.parametrize("name", [f"ops.{name}" for name in LENIENT.split()])
def test_taken_beside_a_symbolic_tensor(name: str) -> None:
    args = (None, T((2, 3)), T((2, 3))) if name == "ops.where" else (None, T((2, 3)))
    assert not isinstance(real(name, (args, {}), SYMBOLIC), Raised)
    assert not isinstance(ours(name, (args, {}), SYMBOLIC, V3), Raised)
