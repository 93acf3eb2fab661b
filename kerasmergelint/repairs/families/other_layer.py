"""Another layer in the same place: concatenating for adding, pooling over all positions for flattening."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import Candidate, Edit, Example, Family, Scene
from kerasmergelint.repairs.scene import last_name
from kerasmergelint.repairs.spelling import of_layer
from kerasmergelint.repairs.texts import Text

# What may stand for what, with the cost; the arguments of the first are dropped unless the second takes them.
_OTHERS = {
    "Add": (("Concatenate", 2.2),),
    "add": (("concatenate", 2.2),),
    "Multiply": (("Concatenate", 2.4),),
    "Concatenate": (("Add", 2.2),),
    "concatenate": (("add", 2.2),),
    "Flatten": tuple((f"GlobalAveragePooling{n}D", 1.6) for n in (1, 2, 3)),
}
_FOLLOWING = "name"


def _candidates(scene: Scene) -> Iterator[Candidate]:
    for text, call in scene.calls:
        for other, cost in _OTHERS.get(last_name(call.func), ()):
            yield from _instead(scene, text, call, other, cost)


def _instead(
    scene: Scene, text: Text, call: ast.Call, other: str, cost: float
) -> Iterator[Candidate]:
    spelled = of_layer(text, other)
    if spelled is None or scene.near(text, call) > 3.0:
        return
    inputs = text.words(call.args[0]) if other.islower() and call.args else ""
    kept = [text.words(k.value) for k in call.keywords if k.arg == _FOLLOWING]
    parts = [*([inputs] if inputs else []), *(f"{_FOLLOWING}={words}" for words in kept)]
    words = f"{spelled.words}({', '.join(parts)})"
    edit = Edit(text.path, text.start(call), text.end(call), words)
    title = f"use {other} instead of {last_name(call.func)} in {scene.place(edit)}"
    yield Candidate(title, (edit, *spelled.imports), cost + 0.1 * scene.near(text, call))


FAMILY = Family(
    "other_layer",
    "another layer in the same place",
    _candidates,
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Conv1D, Flatten, Subtract\n"
            "\n"
            "\n"
            "def encoded(text):\n"
            '    return Flatten()(Conv1D(8, 3, padding="same")(text))\n'
            "\n"
            "\n"
            "difference = Subtract()([encoded(Input((20, 4))), encoded(Input((30, 4)))])\n",
            "from keras import Input\n"
            "from keras.layers import Conv1D, Flatten, Subtract, GlobalAveragePooling1D\n"
            "\n"
            "\n"
            "def encoded(text):\n"
            '    return GlobalAveragePooling1D()(Conv1D(8, 3, padding="same")(text))\n'
            "\n"
            "\n"
            "difference = Subtract()([encoded(Input((20, 4))), encoded(Input((30, 4)))])\n",
        ),
    ),
)
