"""Filters, units and all other numbers that sizes come from, solved for the size that fits."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.repairs.families import axis, windows
from kerasmergelint.repairs.families.family import Candidate, Example, Family, Scene, replaced

_OTHERS = (*axis.NAMES, *windows.NAMES)
# Below this, a number is more likely a count, an axis or a factor than a size.
_SMALL = 8
_LARGE = 32
_MOST = 4


def _candidates(scene: Scene) -> Iterator[Candidate]:
    for slot in scene.slots():
        node = slot.node
        if not isinstance(node, ast.Constant) or type(node.value) is not int:
            continue
        if slot.parameter in _OTHERS:
            continue
        for rank, (value, cost) in enumerate(_solutions(scene, node.value)):
            if rank == _MOST:
                break
            yield replaced(scene, slot, str(value), cost)


def _solutions(scene: Scene, value: int) -> list[tuple[int, float]]:
    """What a number could be instead, with what that costs, the cheapest first."""
    found: dict[int, float] = {}

    def add(number: int, cost: float) -> None:
        if number > 0 and number != value:
            found[number] = min(cost, found.get(number, cost))

    for has, wants in scene.differing:
        if value == has:
            add(wants, 1.0)
        if value * wants % has == 0 if has else False:
            add(value * wants // has, 1.4)
        if value >= _SMALL:
            add(wants, 1.8)
        add(value + wants - has, 1.7)
    if value < _SMALL:
        add(value + 1, 2.0)
        add(value - 1, 2.0)
    else:
        add(value * 2, 2.1)
        add(value // 2, 2.1)
    if value >= _LARGE:
        for power in (32, 16, 64, 8):
            lower = value // power * power
            add(lower, 2.2)
            add(lower + power, 2.25)
    return sorted(found.items(), key=lambda entry: entry[1])


FAMILY = Family(
    "sizes",
    "another number of filters or units, or another size",
    _candidates,
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Add, Dense\n"
            "\n"
            "features = Input((16,))\n"
            "left = Dense(10)(features)\n"
            "right = Dense(9)(features)\n"
            "merged = Add()([left, right])\n",
            "from keras import Input\n"
            "from keras.layers import Add, Dense\n"
            "\n"
            "features = Input((16,))\n"
            "left = Dense(10)(features)\n"
            "right = Dense(10)(features)\n"
            "merged = Add()([left, right])\n",
        ),
    ),
)
