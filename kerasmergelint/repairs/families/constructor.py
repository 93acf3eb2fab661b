"""``Add([a, b])`` and ``Add()(a, b)`` mean ``Add()([a, b])``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from kerasmergelint.keras_api.merges import FUNCTIONS
from kerasmergelint.repairs.families.family import Candidate, Example, Family, Scene, rewrites
from kerasmergelint.repairs.scene import last_name
from kerasmergelint.syntax.codemods import CallOnTensors, Command, OneListOfLayers, PassAsList

_MERGES = frozenset(FUNCTIONS.values())
_CODES = ("KML404", "KML403", "KML104", "KML307", "KML101", "KML102", "KML103", "KML306")


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.finding.code not in _CODES:
        return
    told = scene.finding.code == "KML404"
    for text, call in scene.calls:
        here = [text.place_of(call)]
        callee = last_name(call.func)
        made = call.func.func if isinstance(call.func, ast.Call) else None
        if made is not None and last_name(made) in _MERGES and len(call.args) > 1:
            command: Command = partial(PassAsList, places=here)
            yield from rewrites(scene, text, call, command, "pass the tensors as one list")
        elif callee == "Sequential" and call.args and isinstance(call.args[0], ast.List):
            layers = call.args[0]
            command = partial(OneListOfLayers, places=[text.place_of(layers)])
            yield from rewrites(scene, text, layers, command, "use one list of layers")
        elif callee in _MERGES or (told and call is scene.expression):
            called = isinstance(text.parents.get(call), ast.Call)
            if not called and call.args and not isinstance(call.args[0], ast.Constant):
                command = partial(CallOnTensors, places=here)
                title = f"call {callee}(...) on the tensors"
                yield from rewrites(scene, text, call, command, title, 0.4)


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
        Example(
            "from keras import Sequential, layers\n"
            "\n"
            "project = Sequential([[layers.Dense(64), layers.Dense(32)]])\n",
            "from keras import Sequential, layers\n"
            "\n"
            "project = Sequential([layers.Dense(64), layers.Dense(32)])\n",
        ),
    ),
)
