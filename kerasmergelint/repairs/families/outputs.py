"""A model where its output belongs, and ``.output`` of a ``Sequential`` in Keras 3."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from kerasmergelint.keras_api.causes import Plain
from kerasmergelint.repairs.families.family import Candidate, Example, Family, Scene, rewrites
from kerasmergelint.repairs.families.wrapping import Place, places
from kerasmergelint.repairs.texts import Text
from kerasmergelint.syntax.codemods import Suffix

_COST = 0.6


def _candidates(scene: Scene) -> Iterator[Candidate]:
    text, node = scene.home, scene.expression
    if text is None or node is None:
        return
    if scene.cause is Plain.OPEN_SEQUENTIAL:
        statement = text.statement_of(node)
        parts = list(ast.walk(statement)) if statement is not None else []
        ends = [n for n in parts if isinstance(n, ast.Attribute) and n.attr in ("output", "input")]
        if ends:
            command = partial(Suffix, places=[text.place_of(end) for end in ends], words="")
            yield from rewrites(scene, text, node, command, f"use .{ends[0].attr}s[0]", _COST)
    if scene.finding.code in ("KML403", "KML307"):
        yield from _of_models(scene, text, node)


def _of_models(scene: Scene, text: Text, node: ast.expr) -> Iterator[Candidate]:
    """The outputs of operands that are models, of one or of all of them."""
    models = [place.node for place in places(scene) if _is_model(scene, place)]
    for words in (".output", ".outputs[0]"):
        told = {model: f"use {text.words(model)}{words}" for model in models}
        for model, title in told.items():
            command = partial(Suffix, places=[text.place_of(model)], words=words)
            yield from rewrites(scene, text, node, command, title, _COST)
        if len(models) > 1:
            command = partial(
                Suffix, places=[text.place_of(model) for model in models], words=words
            )
            yield from rewrites(scene, text, node, command, f"use {words} of each model", _COST)


def _is_model(scene: Scene, place: Place) -> bool:
    """Whether an operand is a layer or model."""
    told = scene.event.operands
    if not isinstance(place.node, ast.Name):
        return False
    return any(one.name == place.node.id and one.is_layer for one in told)


FAMILY = Family(
    "outputs",
    "the output of a model",
    _candidates,
    examples=(
        Example(
            "from keras import Input, Sequential\n"
            "from keras.layers import Concatenate, Dense\n"
            "\n"
            "left = Sequential([Input((8,)), Dense(4)])\n"
            "right = Sequential([Input((8,)), Dense(4)])\n"
            "both = Concatenate()([left, right])\n",
            "from keras import Input, Sequential\n"
            "from keras.layers import Concatenate, Dense\n"
            "\n"
            "left = Sequential([Input((8,)), Dense(4)])\n"
            "right = Sequential([Input((8,)), Dense(4)])\n"
            "both = Concatenate()([left.outputs[0], right.outputs[0]])\n",
        ),
    ),
)
