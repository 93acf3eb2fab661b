"""Another axis."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.repairs.families.family import (
    Candidate,
    Example,
    Family,
    Scene,
    is_of_keras,
    replaced,
    with_argument,
)
from kerasmergelint.repairs.families.windows import constructors

NAMES = ("axis", "axes", "concat_axis", "dim", "channel_axis", "bn_axis")
_JOINING = ("Concatenate", "concatenate", "concat", "Dot", "dot")


def _candidates(scene: Scene) -> Iterator[Candidate]:
    for slot in scene.slots:
        if slot.parameter not in NAMES or not _is_number(slot.node) or _keeps(slot.callee):
            continue
        if scene.is_of_data and not is_of_keras(slot):
            continue
        for rank, axis in enumerate(_axes(scene, slot.node)):
            if str(axis) != slot.text.words(slot.node):
                yield replaced(scene, slot, str(axis), 1.0 + 0.15 * rank)
    for slot, given in constructors(scene, _JOINING):
        if given.isdisjoint(NAMES):
            for rank, axis in enumerate((1, 2)):
                candidate = with_argument(scene, slot, "axis", str(axis), 1.3 + 0.15 * rank)
                if candidate is not None:
                    yield candidate


def _keeps(callee: str) -> bool:
    """Whether this is a layer whose axis says nothing about the shape of its output."""
    is_layer = find_layer(callee, KerasVersion.V3) is not None
    return is_layer and callee not in _JOINING


def _axes(scene: Scene, now: ast.expr) -> tuple[int, ...]:
    """The axes, the last one first; counted from the front where the program does so."""
    ranks = {len(dims) for dims in scene.shapes}
    last = ranks.pop() - 1 if len(ranks) == 1 and isinstance(now, ast.Constant) else -1
    return tuple(dict.fromkeys((last, 1, 2, 3, 0, -1)))


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


FAMILY = Family(
    "axis",
    "another axis",
    _candidates,
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Concatenate\n"
            "\n"
            "image, mask = Input((32, 32, 3)), Input((32, 32, 1))\n"
            "merged = Concatenate(axis=1)([image, mask])\n",
            "from keras import Input\n"
            "from keras.layers import Concatenate\n"
            "\n"
            "image, mask = Input((32, 32, 3)), Input((32, 32, 1))\n"
            "merged = Concatenate(axis=3)([image, mask])\n",
        ),
    ),
)
