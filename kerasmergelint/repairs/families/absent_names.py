"""Names that Keras does not have: ``Divide``, misspellings, and the ``merge`` of Keras 1."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.keras_api.absent import nearest
from kerasmergelint.keras_api.layers import names as layer_names
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

_MEANT = {
    "Sum": "Add", "Mean": "Average", "Concat": "Concatenate", "concat": "concatenate",
    "Mul": "Multiply", "mul": "multiply", "Sub": "Subtract", "sub": "subtract", "Max": "Maximum",
    "Min": "Minimum", "Transpose": "Permute", "Linear": "Dense",
}  # fmt: skip
_DIVISIONS = ("Divide", "divide", "Div")
_MODES = {
    "concat": "concatenate", "sum": "add", "mul": "multiply", "ave": "average", "max": "maximum",
    "dot": "dot",
}  # fmt: skip
_ARGUMENTS = {"concat_axis": "axis", "dot_axes": "axes"}
_COST = 0.5


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.finding.code not in ("KML401", "KML402") or scene.home is None:
        return
    text = scene.home
    yield from _renamed(scene, text)
    yield from _divisions(scene, text)
    yield from _merges_of_keras_1(scene, text)


def _renamed(scene: Scene, text: Text) -> Iterator[Candidate]:
    """The layer that a name stands for, wherever the name is used."""
    uses: dict[str, list[Edit]] = {}
    for node in ast.walk(text.tree):
        if isinstance(node, ast.Name):
            uses.setdefault(node.id, []).append(_edit(text, node, node.id))
        elif isinstance(node, ast.Attribute):
            uses.setdefault(node.attr, []).append(_edit(text, node, node.attr))
        elif isinstance(node, ast.alias):
            uses.setdefault(node.name, []).append(_edit(text, node, node.name))
    for name, edits in uses.items():
        if name in layer_names():
            continue
        meant = _MEANT.get(name) or nearest(name)
        if meant is not None:
            changed = tuple(Edit(e.path, e.start, e.end, meant) for e in edits)
            title = f"use {meant} instead of {name}"
            yield Candidate(title, changed, _COST, Safety.SAFE)


def _edit(text: Text, node: ast.expr | ast.alias, name: str) -> Edit:
    """The place of a name: at the end of an attribute, at the start of anything else."""
    at = text.end(node) - len(name) if isinstance(node, ast.Attribute) else text.start(node)
    return Edit(text.path, at, at + len(name), name)


def _divisions(scene: Scene, text: Text) -> Iterator[Candidate]:
    """``Divide()([a, b])``"""
    edits: list[Edit] = []
    for call in text.calls:
        made = call.func if isinstance(call.func, ast.Call) else call
        if last_name(made.func) not in _DIVISIONS or len(call.args) != 1:
            continue
        operands = call.args[0]
        if not isinstance(operands, (ast.List, ast.Tuple)) or len(operands.elts) != 2:
            continue
        one, other = (_bracketed(text, part) for part in operands.elts)
        words = f"{one} / {other}"
        if isinstance(
            text.parents.get(call), (ast.BinOp, ast.UnaryOp, ast.Attribute, ast.Subscript)
        ):
            words = f"({words})"
        edits.append(Edit(text.path, text.start(call), text.end(call), words))
    if edits:
        edits += _without_imports(text, _DIVISIONS)
        yield Candidate(
            f"use the operator / in {scene.place(edits[0])}", tuple(edits), _COST, Safety.SAFE
        )


def _bracketed(text: Text, node: ast.expr) -> str:
    words = text.words(node)
    return f"({words})" if isinstance(node, (ast.BinOp, ast.Lambda, ast.IfExp)) else words


def _without_imports(text: Text, names: tuple[str, ...]) -> Iterator[Edit]:
    """Imports from modules of layers, without some names."""
    for node in ast.walk(text.tree):
        if not isinstance(node, ast.ImportFrom) or "keras" not in (node.module or ""):
            continue
        left = [alias for alias in node.names if alias.name not in names]
        if len(left) == len(node.names):
            continue
        start, end = text.start(node.names[0]), text.end(node.names[-1])
        if left:
            yield Edit(text.path, start, end, ", ".join(map(_alias, left)))
        else:
            yield Edit(text.path, text.start(node), text.end(node) + 1, "")


def _alias(alias: ast.alias) -> str:
    return alias.name + (f" as {alias.asname}" if alias.asname else "")


def _merges_of_keras_1(scene: Scene, text: Text) -> Iterator[Candidate]:
    """``merge([a, b], mode="concat")``"""
    edits: list[Edit] = []
    used: list[str] = []
    for call in text.calls:
        if last_name(call.func) != "merge" or not call.args:
            continue
        mode, names = _mode_of(call), {k.arg: k for k in call.keywords}
        function = _MODES.get(mode)
        if function is None:
            return
        used.append(function)
        edits.append(_edit(text, call.func, "merge"))
        edits[-1] = Edit(text.path, edits[-1].start, edits[-1].end, function)
        kept = [text.words(call.args[0])]
        for name, keyword in names.items():
            if name is None:
                return
            if name != "mode" and not (name in _ARGUMENTS and not _takes(function, name)):
                kept.append(f"{_ARGUMENTS.get(name, name)}={text.words(keyword.value)}")
        start, end = text.start(call.args[0]), text.end(call) - 1
        edits.append(Edit(text.path, start, end, ", ".join(kept)))
    if used:
        edits += _imported_instead(text, list(dict.fromkeys(sorted(used))))
        yield Candidate(
            f"use {' and '.join(sorted(set(used)))} instead of merge",
            tuple(edits),
            _COST,
            Safety.SAFE,
        )


def _takes(function: str, argument: str) -> bool:
    return (function, argument) in (("concatenate", "concat_axis"), ("dot", "dot_axes"))


def _mode_of(call: ast.Call) -> str:
    given = [k.value for k in call.keywords if k.arg == "mode"] + call.args[1:2]
    first = given[0] if given else ast.Constant("sum")
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _imported_instead(text: Text, functions: list[str]) -> Iterator[Edit]:
    for node in ast.walk(text.tree):
        if isinstance(node, ast.ImportFrom) and "keras" in (node.module or ""):
            for alias in node.names:
                if alias.name == "merge":
                    yield Edit(text.path, text.start(alias), text.end(alias), ", ".join(functions))


FAMILY = Family(
    "absent_names",
    "a name that Keras has",
    _candidates,
    examples=(
        Example(
            "import keras\n"
            "from keras import layers\n"
            "\n"
            "a, b = keras.Input((4,)), keras.Input((4,))\n"
            "ratio = layers.Divide()([a, b])\n",
            "import keras\n"
            "from keras import layers\n"
            "\n"
            "a, b = keras.Input((4,)), keras.Input((4,))\n"
            "ratio = a / b\n",
        ),
        Example(
            "import keras\n"
            "from keras.layers import Concat\n"
            "\n"
            "a, b = keras.Input((4,)), keras.Input((4,))\n"
            "both = Concat()([a, b])\n",
            "import keras\n"
            "from keras.layers import Concatenate\n"
            "\n"
            "a, b = keras.Input((4,)), keras.Input((4,))\n"
            "both = Concatenate()([a, b])\n",
        ),
        Example(
            "from keras import Input\n"
            "from keras.layers import Dense, merge\n"
            "\n"
            "x = Input((8,))\n"
            'both = merge([Dense(4)(x), Dense(4)(x)], mode="concat", concat_axis=-1)\n',
            "from keras import Input\n"
            "from keras.layers import Dense, concatenate\n"
            "\n"
            "x = Input((8,))\n"
            "both = concatenate([Dense(4)(x), Dense(4)(x)], axis=-1)\n",
        ),
    ),
)
