"""A cast to the dtype of the other operand."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import (
    Candidate,
    Edit,
    Example,
    Family,
    Scene,
    is_of_keras,
    replaced,
)
from kerasmergelint.repairs.families.wrapping import places
from kerasmergelint.repairs.spelling import of_op
from kerasmergelint.repairs.texts import Text


def _candidates(scene: Scene) -> Iterator[Candidate]:
    yield from _made_otherwise(scene)
    dtypes = [tensor.spec.dtype for tensor in scene.record.operands]
    if len(set(dtypes) - {None}) < 2:
        return
    for place in places(scene):
        if place.index is None or place.index >= len(dtypes):
            continue
        for other in dict.fromkeys(dtypes):
            if other is None or other == dtypes[place.index]:
                continue
            words, imports = _cast(place.text, place.node, other)
            edit = Edit(
                place.text.path, place.text.start(place.node), place.text.end(place.node), words
            )
            cost = 1.2 if "float" in other else 1.4
            title = f"cast {place.text.words(place.node)} to {other} in {scene.place(edit)}"
            yield Candidate(title, (edit, *imports), cost)


def _made_otherwise(scene: Scene) -> Iterator[Candidate]:
    """Numbers of another type from the start."""
    if scene.finding.code not in ("KML203", "KML307", "KML141", "KML131"):
        return
    for slot in scene.slots:
        is_type = isinstance(slot.node, ast.Constant) and isinstance(slot.node.value, str)
        if slot.parameter == "dtype" and is_type and is_of_keras(slot):
            yield replaced(scene, slot, '"float32"', 1.1)


def _cast(text: Text, node: ast.expr, dtype: str) -> tuple[str, tuple[Edit, ...]]:
    """The cast by whichever library the file has at hand."""
    for statement in text.tree.body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                if alias.name == "tensorflow":
                    return f'{alias.asname or alias.name}.cast({text.words(node)}, "{dtype}")', ()
    spelled = of_op(text, "cast")
    return f'{spelled.words}({text.words(node)}, "{dtype}")', spelled.imports


FAMILY = Family(
    "dtype",
    "a cast",
    _candidates,
    examples=(
        Example(
            "import tensorflow as tf\n"
            "import tf_keras\n"
            "from tf_keras.layers import Concatenate, Input\n"
            "\n"
            'age, words = Input((1,)), Input((20,), dtype="int32")\n'
            "both = Concatenate()([age, words])\n",
            "import tensorflow as tf\n"
            "import tf_keras\n"
            "from tf_keras.layers import Concatenate, Input\n"
            "\n"
            'age, words = Input((1,)), Input((20,), dtype="int32")\n'
            'both = Concatenate()([age, tf.cast(words, "float32")])\n',
        ),
    ),
)
