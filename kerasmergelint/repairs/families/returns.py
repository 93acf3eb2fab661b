"""A function that forgot to return its tensor."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import Candidate, Edit, Example, Family, Scene
from kerasmergelint.repairs.texts import NamedFunction

_CODES = ("KML104", "KML307", "KML309", "KML403", "KML131", "KML408")


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.finding.code not in _CODES:
        return
    for text in scene.texts.values():
        for node in ast.walk(text.tree):
            if not isinstance(node, NamedFunction) or node.name == "__init__":
                continue
            last = node.body[-1]
            inner = (part for part in ast.walk(node) if text.function_of(part) is node)
            if any(isinstance(part, (ast.Return, ast.Yield)) for part in inner):
                continue
            if isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
                name = last.targets[0].id
                end = text.end(last)
                edit = Edit(text.path, end, end, f"\n{text.indent_of(last)}return {name}")
                yield Candidate(f"return {name} from {node.name}", (edit,), 0.6)


FAMILY = Family(
    "returns",
    "a result that is returned",
    _candidates,
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Add, Dense\n"
            "\n"
            "\n"
            "def tower(x):\n"
            '    x = Dense(8, activation="relu")(x)\n'
            "    x = Dense(4)(x)\n"
            "\n"
            "\n"
            "a, b = Input((4,)), Input((4,))\n"
            "total = Add()([tower(a), tower(b)])\n",
            "from keras import Input\n"
            "from keras.layers import Add, Dense\n"
            "\n"
            "\n"
            "def tower(x):\n"
            '    x = Dense(8, activation="relu")(x)\n'
            "    x = Dense(4)(x)\n"
            "    return x\n"
            "\n"
            "\n"
            "a, b = Input((4,)), Input((4,))\n"
            "total = Add()([tower(a), tower(b)])\n",
        ),
    ),
)
