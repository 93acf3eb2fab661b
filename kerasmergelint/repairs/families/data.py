"""Data in the form that a model takes: its order, its batches, and all of its arrays."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from kerasmergelint.keras_api.causes import OneForSeveral, OtherShape, Plain
from kerasmergelint.repairs.families.family import (
    Candidate,
    Example,
    Family,
    Scene,
    changed,
    without_keyword,
)
from kerasmergelint.repairs.texts import Text
from kerasmergelint.shapes import Shape

_WEIGHTS = {"class_weight": Plain.CLASS_WEIGHT, "sample_weight": Plain.SAMPLE_WEIGHT}
_MOST = 6  # arrays of the program that are tried in each place
_NEAR = 2.5


def _candidates(scene: Scene) -> Iterator[Candidate]:
    text, call = scene.home, scene.expression
    if not scene.is_of_data or text is None or not isinstance(call, ast.Call):
        return
    yield from _in_other_order(scene, text, call)
    yield from _batched(scene, text, call)
    yield from _all_arrays(scene, text, call)
    yield from _whole(scene, text)
    for keyword in call.keywords:
        if keyword.arg in _WEIGHTS and scene.cause is _WEIGHTS[keyword.arg]:
            edits = without_keyword(text, call, keyword)
            yield changed(scene, text, call, edits, f"leave out {keyword.arg}", 1.5)


def _in_other_order(scene: Scene, text: Text, call: ast.Call) -> Iterator[Candidate]:
    """Two arrays of a list that change places."""
    for given in (*call.args, *(keyword.value for keyword in call.keywords)):
        parts = given.elts if isinstance(given, (ast.List, ast.Tuple)) else []
        for one, other in itertools.combinations(parts, 2):
            words = text.words(one), text.words(other)
            edits = text.replacing(one, words[1]), text.replacing(other, words[0])
            yield changed(
                scene, text, one, edits, f"let {words[0]} and {words[1]} change places", 0.9
            )


def _batched(scene: Scene, text: Text, call: ast.Call) -> Iterator[Candidate]:
    """A data set of single samples in batches, or a single array as a batch of one."""
    if not isinstance(scene.cause, OtherShape) or not call.args:
        return
    expected, passed = scene.cause.expected, scene.cause.given
    if not isinstance(expected, Shape) or not isinstance(passed, Shape):
        return
    if expected.dims != (None, *passed.dims):
        return
    given = call.args[0]
    if not isinstance(given, ast.Name):
        return
    is_array = given.id in scene.data
    new = f"{given.id}[None]" if is_array else f"{given.id}.batch(32)"
    yield changed(scene, text, given, (text.replacing(given, new),), f"pass {new}", 1.0)


def _all_arrays(scene: Scene, text: Text, call: ast.Call) -> Iterator[Candidate]:
    """A list of arrays where one of them was passed."""
    cause = scene.cause
    if not isinstance(cause, OneForSeveral):
        return
    place, name = (0, "x") if cause.end == "input" else (1, "y")
    named = [keyword.value for keyword in call.keywords if keyword.arg == name]
    given = [*call.args[place : place + 1], *named]
    if not given:
        return
    parts = given[0].elts if isinstance(given[0], (ast.List, ast.Tuple)) else given[:1]
    passed = [part.id for part in parts if isinstance(part, ast.Name)]
    others = [array for array in scene.data if array not in passed][-_MOST:]
    for chosen in itertools.permutations([*passed, *others], cause.number):
        if passed and set(passed) <= set(chosen):
            new = f"[{', '.join(chosen)}]"
            cost = 1.2 if list(chosen[: len(passed)]) == passed else 1.4
            yield changed(
                scene, text, given[0], (text.replacing(given[0], new),), f"pass {new}", cost
            )


def _whole(scene: Scene, text: Text) -> Iterator[Candidate]:
    """All of a list where one item of it was passed."""
    items = (node for node in ast.walk(text.tree) if isinstance(node, ast.Subscript))
    for node in items:
        is_one = isinstance(node.slice, ast.Constant) and isinstance(node.value, ast.Name)
        is_one = is_one and scene.was_run(text, node)
        if is_one and scene.near(text, node) < _NEAR:
            new = text.words(node.value)
            title = f"use {new} instead of {text.words(node)}"
            yield changed(scene, text, node, (text.replacing(node, new),), title, 1.6)


_MODEL = (
    "import numpy as np\n"
    "from keras import Input, Model\n"
    "from keras.layers import Concatenate, Dense\n"
    "\n"
    "text, meta = Input((16,)), Input((4,))\n"
    "model = Model([text, meta], Dense(1)(Concatenate()([text, meta])))\n"
    "words, numbers = np.zeros((8, 16)), np.zeros((8, 4))\n"
)

FAMILY = Family(
    "data",
    "data in the form that the model takes",
    _candidates,
    valid=(f"{_MODEL}model.predict([words, numbers])\n",),
    examples=(
        Example(
            f"{_MODEL}model.predict([numbers, words])\n",
            f"{_MODEL}model.predict([words, numbers])\n",
        ),
        Example(
            f"{_MODEL}model.predict(words)\n",
            f"{_MODEL}model.predict([words, numbers])\n",
        ),
    ),
)
