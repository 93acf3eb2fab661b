"""Another variable in scope."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import Candidate, Example, Family, Scene, Slot, replaced
from kerasmergelint.repairs.texts import Text

_MOST = 8


def _candidates(scene: Scene) -> Iterator[Candidate]:
    frames = scene.record.frames
    if scene.home is None or scene.expression is None or not frames:
        return
    shapes = frames[0].shapes
    function = scene.home.function_of(scene.expression)
    for node in ast.walk(function):
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
            continue
        if node.id not in shapes or scene.home.function_of(node) is not function:
            continue
        slot = Slot(scene.home, node, scene.near(scene.home, node))
        beside = _beside(scene.home, node)
        others = [name for name in shapes if name != node.id and name not in beside]
        others.sort(key=lambda name: -_likeness(name, node.id))
        for name in others[:_MOST]:
            yield replaced(scene, slot, name, 1.9 - 0.6 * _likeness(name, node.id))


def _beside(text: Text, node: ast.Name) -> set[str]:
    """The names in the same list or operation: nobody merges a tensor with itself."""
    around = text.parents.get(node)
    if not isinstance(around, (ast.List, ast.Tuple, ast.BinOp, ast.Call)):
        return set()
    return {part.id for part in ast.iter_child_nodes(around) if isinstance(part, ast.Name)}


def _likeness(one: str, other: str) -> float:
    """How much alike two names are, from 0 to 1."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


FAMILY = Family(
    "names",
    "another variable",
    _candidates,
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Concatenate, Conv2D, MaxPooling2D, UpSampling2D\n"
            "\n"
            "image = Input((64, 64, 3))\n"
            'level1 = Conv2D(8, 3, padding="same")(image)\n'
            'level2 = Conv2D(16, 3, padding="same")(MaxPooling2D()(level1))\n'
            'level3 = Conv2D(32, 3, padding="same")(MaxPooling2D()(level2))\n'
            "up2 = UpSampling2D()(level3)\n"
            "merged2 = Concatenate()([up2, level1])\n"
            'up1 = UpSampling2D()(Conv2D(16, 3, padding="same")(merged2))\n'
            "merged1 = Concatenate()([up1, level1])\n",
            "from keras import Input\n"
            "from keras.layers import Concatenate, Conv2D, MaxPooling2D, UpSampling2D\n"
            "\n"
            "image = Input((64, 64, 3))\n"
            'level1 = Conv2D(8, 3, padding="same")(image)\n'
            'level2 = Conv2D(16, 3, padding="same")(MaxPooling2D()(level1))\n'
            'level3 = Conv2D(32, 3, padding="same")(MaxPooling2D()(level2))\n'
            "up2 = UpSampling2D()(level3)\n"
            "merged2 = Concatenate()([up2, level2])\n"
            'up1 = UpSampling2D()(Conv2D(16, 3, padding="same")(merged2))\n'
            "merged1 = Concatenate()([up1, level1])\n",
        ),
    ),
)
