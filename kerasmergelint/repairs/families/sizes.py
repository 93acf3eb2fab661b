"""Filters, units and all other numbers that sizes come from, solved for the size that fits."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator

from kerasmergelint.repairs.families import axis, windows
from kerasmergelint.repairs.families.family import (
    Candidate,
    Edit,
    Example,
    Family,
    Scene,
    Slot,
    is_of_keras,
    replaced,
)
from kerasmergelint.repairs.scene import About

_OTHERS = (*axis.NAMES, *windows.NAMES, "batch_size")  # how data is divided decides no shape
# Below this, a number is more likely a count, an axis or a factor than a size.
_SMALL = 8
_LARGE = 32
_MOST = 4
_TIMES = 4
_COST_OF_ROUNDING = 1.1
_OFTEN_HALVED = 32
_CHANNELS = ("filters", "num_filters", "nb_filter", "n_filters", "channels", "units", "output_dim")


def _candidates(scene: Scene) -> Iterator[Candidate]:
    about = scene.about
    if scene.is_of_metric:
        return
    for slot in scene.slots:
        node = slot.node
        if not isinstance(node, ast.Constant) or type(node.value) is not int:
            continue
        if scene.is_of_data and not is_of_keras(slot):
            continue
        if slot.parameter in _OTHERS or (about is About.POSITIONS and slot.parameter in _CHANNELS):
            continue
        for rank, (value, cost) in enumerate(_solutions(scene, node.value)):
            if rank == _MOST:
                break
            yield replaced(scene, slot, str(value), cost)
    yield from _rounded_together(scene)


def _rounded_together(scene: Scene) -> Iterator[Candidate]:
    """Height and width, both rounded to what can be halved often."""
    if scene.is_of_data:
        return
    statements: dict[ast.stmt, list[Slot]] = {}
    for slot in scene.slots:
        value = slot.node.value if isinstance(slot.node, ast.Constant) else None
        statement = slot.text.statement_of(slot.node)
        odd = type(value) is int and value >= _LARGE and value % _OFTEN_HALVED
        if odd and statement is not None and slot.parameter not in _OTHERS:
            statements.setdefault(statement, []).append(slot)
    for slots in statements.values():
        if not 1 < len(slots) <= _MOST:
            continue
        for up, cost in ((0, _COST_OF_ROUNDING), (_OFTEN_HALVED, _COST_OF_ROUNDING + 0.1)):
            changes = [(slot, _rounded(slot.node, up)) for slot in slots]
            edits = tuple(
                Edit(slot.text.path, slot.text.start(slot.node), slot.text.end(slot.node), new)
                for slot, new in changes
            )
            old = " and ".join(slot.text.words(slot.node) for slot in slots)
            new = " and ".join(new for _, new in changes)
            title = f"use {new} instead of {old} in {scene.place(edits[0])}"
            yield Candidate(title, edits, cost + 0.1 * slots[0].near)


def _rounded(node: ast.expr, up: int) -> str:
    assert isinstance(node, ast.Constant) and isinstance(node.value, int)
    return str(node.value // _OFTEN_HALVED * _OFTEN_HALVED + up)


def _solutions(scene: Scene, value: int) -> list[tuple[int, float]]:
    """What a number could be instead, with what that costs, the cheapest first."""
    found: dict[int, float] = {}

    def add(number: int, cost: float, most: float = _TIMES * value) -> None:
        if number != value and 0 < number <= most:
            found[number] = min(cost, found.get(number, cost))

    for has, wants in scene.differing:
        if value == has:
            add(wants, 1.0, math.inf)
        if has and value > 1 and value * wants % has == 0:
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
        base = _COST_OF_ROUNDING if scene.by_one else 2.2
        for power in (32, 16, 64, 8):
            lower = value // power * power
            add(lower, base)
            add(lower + power, base + 0.05)
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
