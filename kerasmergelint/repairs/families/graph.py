"""A model whose parts hold together: inputs that were left out, layers that are not called, names twice."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.keras_api.causes import Plain
from kerasmergelint.keras_api.layers import names as layer_names
from kerasmergelint.repairs.families.family import (
    Candidate,
    Example,
    Family,
    Scene,
    changed,
    without_keyword,
)
from kerasmergelint.repairs.scene import last_name
from kerasmergelint.repairs.texts import Text

_MOST = 4


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.cause is Plain.UNLISTED_INPUT:
        yield from _further_inputs(scene)
    elif scene.cause is Plain.SAME_NAME:
        yield from _without_names(scene)
    elif scene.finding.code == "KML403":
        yield from _called(scene)


def _further_inputs(scene: Scene) -> Iterator[Candidate]:
    """``Model([a, b], y)`` for ``Model(a, y)``"""
    text, call = scene.home, scene.expression
    if text is None or not isinstance(call, ast.Call):
        return
    given = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "inputs")]
    if not given:
        return
    parts = given[0].elts if isinstance(given[0], (ast.List, ast.Tuple)) else given[:1]
    words = [text.words(part) for part in parts]
    made = [
        target.id
        for node in ast.walk(text.tree)
        if isinstance(node, ast.Assign) and _is_call_of(node.value, ("Input",))
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    missing = [name for name in made if name not in words and name in text.visible(call)]
    for chosen in ([name] for name in missing[:_MOST]):
        yield _with_inputs(scene, text, given[0], [*words, *chosen], 0.8)
    if len(missing) > 1:
        yield _with_inputs(scene, text, given[0], [*words, *missing], 0.9)


def _with_inputs(
    scene: Scene, text: Text, given: ast.expr, words: list[str], cost: float
) -> Candidate:
    new = f"[{', '.join(words)}]"
    edits = (text.replacing(given, new),)
    return changed(scene, text, given, edits, f"use the inputs {new}", cost)


def _without_names(scene: Scene) -> Iterator[Candidate]:
    """Layers that Keras names itself, each in another way."""
    for text, call in scene.calls:
        for keyword in call.keywords:
            of_layer = last_name(call.func) == "Input" or _is_call_of(call, layer_names())
            if keyword.arg == "name" and of_layer:
                edits = without_keyword(text, call, keyword)
                title = f"leave out name={text.words(keyword.value)}"
                yield changed(scene, text, call, edits, title, 1.0, alike="without name")


def _called(scene: Scene) -> Iterator[Candidate]:
    """``Dense(8)(x)`` for ``Dense(8)``"""
    for text in scene.texts.values():
        for node in ast.walk(text.tree):
            if not isinstance(node, ast.Assign) or not _is_call_of(node.value, layer_names()):
                continue
            visible = text.visible(node.value)
            used = dict.fromkeys(map(_operand_of_layer, text.calls))
            for name in [name for name in used if name in visible][:_MOST]:
                end = text.end(node.value)
                edits = (text.inserting(end, f"({name})"),)
                title = f"call {text.words(node.value)} on {name}"
                yield changed(scene, text, node.value, edits, title, 0.9)


def _is_call_of(node: ast.expr, names: tuple[str, ...] | frozenset[str]) -> bool:
    return isinstance(node, ast.Call) and last_name(node.func) in names


def _operand_of_layer(call: ast.Call) -> str:
    """The name in ``Layer(...)(name)``; empty for any other call."""
    if not _is_call_of(call.func, layer_names()) or len(call.args) != 1:
        return ""
    return last_name(call.args[0])


FAMILY = Family(
    "graph",
    "a model whose parts hold together",
    _candidates,
    examples=(
        Example(
            "from keras import Input, Model\n"
            "from keras.layers import Concatenate, Dense\n"
            "\n"
            "query = Input((4,))\n"
            "passage = Input((6,))\n"
            "score = Dense(1)(Concatenate()([query, passage]))\n"
            "model = Model(query, score)\n",
            "from keras import Input, Model\n"
            "from keras.layers import Concatenate, Dense\n"
            "\n"
            "query = Input((4,))\n"
            "passage = Input((6,))\n"
            "score = Dense(1)(Concatenate()([query, passage]))\n"
            "model = Model([query, passage], score)\n",
        ),
        Example(
            "from keras import Input\n"
            "from keras.layers import Add, Dense\n"
            "\n"
            "x = Input((8,))\n"
            "left = Dense(4)(x)\n"
            "right = Dense(4)\n"
            "total = Add()([left, right])\n",
            "from keras import Input\n"
            "from keras.layers import Add, Dense\n"
            "\n"
            "x = Input((8,))\n"
            "left = Dense(4)(x)\n"
            "right = Dense(4)(x)\n"
            "total = Add()([left, right])\n",
        ),
    ),
)
