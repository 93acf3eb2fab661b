"""Another variable in scope."""

from __future__ import annotations

import ast
import difflib
import os
from collections import Counter
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import Candidate, Example, Family, Scene, Slot, replaced
from kerasmergelint.repairs.texts import Text
from kerasmergelint.repairs.trace import Variables

_MOST = 8
_ALIKE = 0.4


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.is_of_data:
        return
    for frame, site in zip(scene.record.frames, scene.sites):
        text = scene.texts.get(os.path.abspath(site.module.path))
        expression = scene.node_at(site)
        if text is not None and expression is not None:
            yield from _within(scene, text, text.function_of(expression), frame)


def _within(scene: Scene, text: Text, function: ast.AST, known: Variables) -> Iterator[Candidate]:
    """Other tensors in place of those that a function in progress uses."""
    names = (node for node in ast.walk(function) if isinstance(node, ast.Name))
    uses = Counter(node.id for node in names if isinstance(node.ctx, ast.Load))
    for node in ast.walk(function):
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
            continue
        if node.id not in known.shapes or uses[node.id] < 2:
            continue  # a name in the wrong place is used in its right place, too
        if text.function_of(node) is not function:
            continue
        slot = Slot(text, node, scene.near(text, node))
        possible = text.visible(node) - _beside(text, node) - {node.id}
        others = [name for name in known.shapes if name in possible]
        others.sort(key=lambda name: -_likeness(name, node.id))
        fitting = [name for name in others if _fits(scene, node, known, name)]
        for name in fitting:
            yield replaced(scene, slot, name, 1.5 - 0.4 * _likeness(name, node.id))
        for name in [other for other in others if other not in fitting][:_MOST]:
            if _likeness(name, node.id) < _ALIKE:
                break
            yield replaced(scene, slot, name, 1.9 - 0.6 * _likeness(name, node.id))
        for words in _items(text, node, known.lists) if scene.near_operand(node) else ():
            yield replaced(scene, slot, words, 1.6)


def _fits(scene: Scene, node: ast.Name, known: Variables, name: str) -> bool:
    """Whether a name stands for an operand at fault, and another one has the size that it lacks."""
    now, then = known.shapes[node.id], known.shapes[name]
    axis = scene.axis
    if axis is None or not scene.near_operand(node) or len(now) != len(then):
        return False
    return then[axis] != now[axis] and any(
        shape != now and len(shape) == len(then) and shape[axis] == then[axis]
        for shape in scene.shapes
    )


def _items(text: Text, node: ast.Name, lists: tuple[str, ...]) -> Iterator[str]:
    """The item of a list in a loop over its places."""
    for around in text.above(node):
        if isinstance(around, ast.For) and isinstance(around.target, ast.Name):
            yield from (f"{name}[{around.target.id}]" for name in lists)


def _beside(text: Text, node: ast.Name) -> set[str]:
    """The names in the same list or operation: nobody merges a tensor with itself."""
    around = text.parents.get(node)
    if isinstance(around, ast.keyword):
        around = text.parents.get(around)
    if not isinstance(around, (ast.List, ast.Tuple, ast.BinOp, ast.Call)):
        return set()
    parts = list(ast.iter_child_nodes(around))
    parts += [part.value for part in parts if isinstance(part, ast.keyword)]
    return {part.id for part in parts if isinstance(part, ast.Name)}


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
