"""The op of Keras for a function of TensorFlow on a Keras tensor."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import partial

from kerasmergelint.repairs.families.family import Candidate, Example, Family, Scene, rewrites
from kerasmergelint.repairs.spelling import of_op
from kerasmergelint.repairs.texts import Text
from kerasmergelint.syntax.codemods import UseOpOfKeras

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
        yield from _by_op(scene, text, [call.func], 0.5)
        every = [c.func for c in text.calls if isinstance(c.func, ast.Attribute)]
        same = [func for func in every if text.words(func) == text.words(call.func)]
        if len(same) > 1:
            yield from _by_op(scene, text, same, 0.7)


def _by_op(
    scene: Scene, text: Text, funcs: Sequence[ast.Attribute], cost: float
) -> Iterator[Candidate]:
    name = funcs[0].attr
    spelled = of_op(text, _RENAMED.get(name, name))
    command = partial(
        UseOpOfKeras,
        places=[text.place_of(func) for func in funcs],
        words=spelled.words,
        imports=bool(spelled.imports),
    )
    title = f"use {spelled.words}" + (f" instead of all {text.words(funcs[0])}," * (len(funcs) > 1))
    yield from rewrites(scene, text, funcs[0], command, title, cost)


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
