"""Another name in a string: of a layer, an input or an output."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator

from kerasmergelint.regex import regex
from kerasmergelint.repairs.families.family import Candidate, Example, Family, Scene, changed
from kerasmergelint.repairs.texts import Text

_CODES = ("KML307", "KML408", "KML501", "KML502", "KML503")
_QUOTED = regex(r"[`']([\w/.-]+)[`']")
_ALIKE = 0.5
_NEAR = 2.5


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.finding.code not in _CODES:
        return
    problem = scene.event.problem
    quoted = _QUOTED.findall(f"{problem.detail} {problem.hint or ''}")
    for text in scene.texts.values():
        names = list(dict.fromkeys([*quoted, *_given_names(text)]))
        for node in ast.walk(text.tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if not scene.was_run(text, node) or scene.near(text, node) > _NEAR:
                continue
            for name in names:
                likeness = difflib.SequenceMatcher(None, name, node.value, autojunk=False).ratio()
                if name == node.value or name in _beside(text, node):
                    continue
                if node.value in quoted or (name in quoted and likeness >= _ALIKE):
                    edit = text.replacing(node, repr(name).replace("'", text.words(node)[-1]))
                    title = f"use {name!r} instead of {node.value!r}"
                    yield changed(scene, text, node, (edit,), title, 1.2 - 0.5 * likeness)


def _given_names(text: Text) -> Iterator[str]:
    """The names that layers are given."""
    for call in text.calls:
        for keyword in call.keywords:
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                yield str(keyword.value.value)


def _beside(text: Text, node: ast.Constant) -> set[object]:
    """The other keys of the same dict."""
    around = text.parents.get(node)
    keys = around.keys if isinstance(around, ast.Dict) else []
    return {key.value for key in keys if isinstance(key, ast.Constant)}


_PROGRAM = (
    "from keras import Input, Model\n"
    "from keras.layers import Dense\n"
    "\n"
    "x = Input((8,))\n"
    'hidden = Dense(4, name="hidden")(x)\n'
    "model = Model(x, Dense(1)(hidden))\n"
    "features = Model(x, model.get_layer({}).output)\n"
)

FAMILY = Family(
    "strings",
    "the name of another layer, input or output",
    _candidates,
    examples=(Example(_PROGRAM.format('"hiden"'), _PROGRAM.format('"hidden"')),),
)
