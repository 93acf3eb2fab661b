"""What other calls like this one are given: a variable for an argument, or a layer that is missing here."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.keras_api.layers import names as layer_names
from kerasmergelint.repairs.families import axis, padding, windows
from kerasmergelint.repairs.families.family import (
    Candidate,
    Edit,
    Example,
    Family,
    Scene,
    Slot,
    replaced,
)
from kerasmergelint.repairs.scene import About, last_name
from kerasmergelint.repairs.texts import NamedFunction, Text

_OF_CHANNELS = ("filters", "units")
_PARAMETERS = (*axis.NAMES, *padding.NAMES, *windows.NAMES, *_OF_CHANNELS)
_FAR = 3.0
_MOST = 3
_ARITHMETIC = (
    ast.Constant,
    ast.Name,
    ast.Attribute,
    ast.Tuple,
    ast.UnaryOp,
    ast.BinOp,
    ast.Subscript,
)


def _candidates(scene: Scene) -> Iterator[Candidate]:
    yield from _arguments(scene)
    yield from _sizes_of_weights(scene)
    yield from _missing_layers(scene)


def _arguments(scene: Scene) -> Iterator[Candidate]:
    """A parameter of the function around, or what the same argument is elsewhere."""
    given: dict[tuple[str, str], list[Slot]] = {}
    slots = [slot for slot in scene.slots if slot.parameter in _PARAMETERS and slot.call]
    for slot in slots:
        given.setdefault((slot.text.path, slot.parameter), []).append(slot)
    for slot in slots:
        of_channels = slot.parameter in _OF_CHANNELS or slot.parameter in axis.NAMES
        if scene.about is About.POSITIONS and slot.parameter in _OF_CHANNELS:
            continue
        if scene.about is About.CHANNELS and not of_channels:
            continue
        if slot.near > _FAR or not isinstance(slot.node, _ARITHMETIC):
            continue
        now = slot.text.words(slot.node)
        visible = slot.text.visible(slot.node)
        options = dict.fromkeys(_in_scope(slot), 0.95)
        if slot.parameter in axis.NAMES:
            options |= {name: 0.98 for name in sorted(visible) if name.endswith("_axis")}
        for other in given[slot.text.path, slot.parameter]:
            cost = 1.35 if other.callee == slot.callee else 1.5
            if other.callee == slot.callee and isinstance(other.node, (ast.Name, ast.Attribute)):
                cost = 0.95
            if isinstance(other.node, _ARITHMETIC) and names_in(other.node) <= visible:
                words = slot.text.words(other.node)
                options[words] = min(cost, options.get(words, cost))
        options.pop(now, None)
        for words, cost in sorted(options.items(), key=lambda option: option[1])[:_MOST]:
            yield replaced(scene, slot, words, cost)


def _sizes_of_weights(scene: Scene) -> Iterator[Candidate]:
    """A size that other weights of the same class have."""
    sizes: dict[ast.AST | None, list[tuple[Text, ast.expr]]] = {}
    for text, call in scene.calls:
        if last_name(call.func) != "add_weight":
            continue
        owner = next((n for n in text.above(call) if isinstance(n, ast.ClassDef)), None)
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        for shape in (part for part in given if isinstance(part, (ast.Tuple, ast.List))):
            sizes.setdefault(owner, []).extend((text, size) for size in shape.elts)
    for same in sizes.values():
        for text, size in same:
            others = dict.fromkeys(text.words(other) for _, other in same)
            for words in [other for other in others if other != text.words(size)][:_MOST]:
                yield replaced(scene, Slot(text, size, scene.near(text, size)), words, 1.2)


def names_in(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _in_scope(slot: Slot) -> Iterator[str]:
    """Parameters of the function around that are called like the argument."""
    for function in slot.text.above(slot.node):
        if isinstance(function, NamedFunction):
            for argument in (*function.args.args, *function.args.kwonlyargs):
                if argument.arg.rstrip("s") == slot.parameter.rstrip("s"):
                    yield argument.arg


def _missing_layers(scene: Scene) -> Iterator[Candidate]:
    """A layer of the same function around an operand, or around a name that is only renamed."""
    text, expression = scene.home, scene.expression
    if text is None or expression is None:
        return
    function = text.function_of(expression)
    layers = list(dict.fromkeys(_layers(text, function)))
    for node, cost in _bare(text, function, expression):
        for made in layers:
            start, end = text.start(node), text.end(node)
            edit = Edit(text.path, start, end, f"{made}({text.words(node)})")
            title = f"put {made} around {text.words(node)} in {scene.place(edit)}"
            yield Candidate(title, (edit,), cost + 0.1 * scene.near(text, node))


def _layers(text: Text, function: ast.AST) -> Iterator[str]:
    """How the layers of a function are made, without their names, of which each needs its own."""
    for call in ast.walk(function):
        made = call.func if isinstance(call, ast.Call) else None
        if not isinstance(made, ast.Call) or last_name(made.func) not in layer_names():
            continue
        parts = [text.words(argument) for argument in made.args]
        for keyword in made.keywords:
            if keyword.arg != "name":
                given = f"{keyword.arg}=" if keyword.arg else "**"
                parts.append(given + text.words(keyword.value))
        words = f"{text.words(made.func)}({', '.join(parts)})"
        if "\n" not in words:
            yield words


def _bare(text: Text, function: ast.AST, at: ast.expr) -> Iterator[tuple[ast.expr, float]]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
            yield node.value, 1.3
    first = at.args[0] if isinstance(at, ast.Call) and at.args else None
    for element in first.elts if isinstance(first, (ast.List, ast.Tuple)) else ():
        if isinstance(element, ast.Name):
            yield element, 2.0


FAMILY = Family(
    "siblings",
    "as in calls like this one",
    _candidates,
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Add, Conv2D\n"
            "\n"
            "\n"
            "def block(x, strides):\n"
            '    shortcut = Conv2D(8, 1, strides=1, padding="same")(x)\n'
            '    x = Conv2D(8, 3, strides=strides, padding="same")(x)\n'
            "    return Add()([x, shortcut])\n"
            "\n"
            "\n"
            "y = block(block(Input((32, 32, 3)), 1), 2)\n",
            "from keras import Input\n"
            "from keras.layers import Add, Conv2D\n"
            "\n"
            "\n"
            "def block(x, strides):\n"
            '    shortcut = Conv2D(8, 1, strides=strides, padding="same")(x)\n'
            '    x = Conv2D(8, 3, strides=strides, padding="same")(x)\n'
            "    return Add()([x, shortcut])\n"
            "\n"
            "\n"
            "y = block(block(Input((32, 32, 3)), 1), 2)\n",
        ),
    ),
)
