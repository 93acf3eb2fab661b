"""The op of Keras for a function of TensorFlow on a Keras tensor."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import (
    Candidate,
    Edit,
    Example,
    Family,
    Safety,
    Scene,
)
from kerasmergelint.repairs.spelling import of_op
from kerasmergelint.repairs.texts import Text

_RENAMED = {
    "concat": "concatenate", "reduce_sum": "sum", "reduce_mean": "mean", "reduce_max": "max",
    "reduce_min": "min", "reduce_prod": "prod", "reduce_any": "any", "reduce_all": "all",
    "pow": "power", "l2_normalize": "normalize",
}  # fmt: skip


def _candidates(scene: Scene) -> Iterator[Candidate]:
    text, call = scene.home, scene.expression
    if scene.finding.code != "KML406" or text is None or not isinstance(call, ast.Call):
        return
    if isinstance(call.func, ast.Attribute):
        edits = _edits(text, call.func)
        title = f"use {edits[0].replacement} in {scene.place(edits[0])}"
        yield Candidate(title, edits, 0.5, Safety.SAFE)
        every = [c.func for c in text.calls if isinstance(c.func, ast.Attribute)]
        same = [f for f in every if text.words(f) == text.words(call.func)]
        if len(same) > 1:
            edits = tuple(dict.fromkeys(edit for f in same for edit in _edits(text, f)))
            yield Candidate(f"use {edits[0].replacement} everywhere", edits, 0.7, Safety.SAFE)


def _edits(text: Text, func: ast.Attribute) -> tuple[Edit, ...]:
    spelled = of_op(text, _RENAMED.get(func.attr, func.attr))
    edit = Edit(text.path, text.start(func), text.end(func), spelled.words)
    return (edit, *spelled.imports)


FAMILY = Family(
    "raw_tf",
    "the op of Keras",
    _candidates,
    examples=(
        Example(
            "import keras\n"
            "import tensorflow as tf\n"
            "\n"
            "a, b = keras.Input((8,)), keras.Input((8,))\n"
            "both = tf.concat([a, b], axis=-1)\n"
            "model = keras.Model([a, b], both)\n",
            "import keras\n"
            "import tensorflow as tf\n"
            "\n"
            "a, b = keras.Input((8,)), keras.Input((8,))\n"
            "both = keras.ops.concatenate([a, b], axis=-1)\n"
            "model = keras.Model([a, b], both)\n",
        ),
    ),
)
