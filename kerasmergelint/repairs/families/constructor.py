"""``Add([a, b])`` and ``Add()(a, b)`` mean ``Add()([a, b])``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.keras_api.merges import FUNCTIONS
from kerasmergelint.repairs.families.family import (
    Candidate,
    Edit,
    Example,
    Family,
    Safety,
    Scene,
)
from kerasmergelint.repairs.scene import last_name
from kerasmergelint.repairs.texts import Text

_MERGES = frozenset(FUNCTIONS.values())
_CODES = ("KML404", "KML403", "KML104", "KML307", "KML101", "KML102", "KML103", "KML306")


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.finding.code not in _CODES:
        return
    told = scene.finding.code == "KML404"
    for text in scene.texts.values():
        for call in text.calls:
            callee = last_name(call.func)
            made = call.func.func if isinstance(call.func, ast.Call) else None
            if made is not None and last_name(made) in _MERGES and len(call.args) > 1:
                yield _as_list(scene, text, call, 0.5)
            elif callee in _MERGES or (told and call is scene.expression):
                called = isinstance(text.parents.get(call), ast.Call)
                if not called and call.args and not isinstance(call.args[0], ast.Constant):
                    yield from _called(scene, text, call)


def _as_list(scene: Scene, text: Text, call: ast.Call, cost: float) -> Candidate:
    start, end = text.start(call.args[0]), text.end(call.args[-1])
    words = f"[{text.text[start:end]}]"
    edit = Edit(text.path, start, end, words)
    title = f"pass the tensors as one list in {scene.place(edit)}"
    return Candidate(title, (edit,), cost + 0.1 * scene.near(text, call), Safety.SAFE)


def _called(scene: Scene, text: Text, call: ast.Call) -> Iterator[Candidate]:
    """The call of a layer that got its inputs as arguments of the constructor."""
    first, last = call.args[0], call.args[-1]
    inputs = text.text[text.start(first) : text.end(last)]
    if len(call.args) > 1:
        inputs = f"[{inputs}]"
    after = text.text[text.end(last) : text.end(call)].lstrip().removeprefix(",").lstrip()
    edit = Edit(text.path, text.start(first), text.end(call), f"{after}({inputs})")
    title = f"call {last_name(call.func)}(...) on the tensors in {scene.place(edit)}"
    yield Candidate(title, (edit,), 0.4 + 0.1 * scene.near(text, call), Safety.SAFE)


FAMILY = Family(
    "constructor",
    "tensors for the call, not for the constructor",
    _candidates,
    examples=(
        Example(
            "from keras import Input, layers\n"
            "\n"
            "a, b = Input((4,)), Input((4,))\n"
            'total = layers.Add([a, b], name="total")\n',
            "from keras import Input, layers\n"
            "\n"
            "a, b = Input((4,)), Input((4,))\n"
            'total = layers.Add(name="total")([a, b])\n',
        ),
        Example(
            "from keras import Input, layers\n"
            "\n"
            "a, b = Input((4,)), Input((4,))\n"
            "total = layers.Add()(a, b)\n",
            "from keras import Input, layers\n"
            "\n"
            "a, b = Input((4,)), Input((4,))\n"
            "total = layers.Add()([a, b])\n",
        ),
    ),
)
