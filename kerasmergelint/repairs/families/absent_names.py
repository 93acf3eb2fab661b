"""Names that Keras does not have: ``Divide``, misspellings, and the ``merge`` of Keras 1."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from kerasmergelint.keras_api.absent import nearest
from kerasmergelint.keras_api.layers import names as layer_names
from kerasmergelint.repairs.families.family import (
    Candidate,
    Example,
    Family,
    Safety,
    Scene,
    edits_by,
)
from kerasmergelint.repairs.texts import Text
from kerasmergelint.syntax.codemods import (
    Command,
    DivideByOperator,
    MergeOfKeras1,
    RenameLayer,
)

_MEANT = {
    "Sum": "Add", "Mean": "Average", "Concat": "Concatenate", "concat": "concatenate",
    "Mul": "Multiply", "mul": "multiply", "Sub": "Subtract", "sub": "subtract", "Max": "Maximum",
    "Min": "Minimum", "Transpose": "Permute", "Linear": "Dense",
}  # fmt: skip


def _candidates(scene: Scene) -> Iterator[Candidate]:
    text = scene.home
    if scene.finding.code not in ("KML401", "KML402") or text is None:
        return
    commands: dict[str, Command] = {
        "use the operator /": DivideByOperator,
        "use the functions that replaced merge": MergeOfKeras1,
    }
    for name in sorted(_named(text) - layer_names()):
        meant = _MEANT.get(name) or nearest(name)
        if meant is not None:
            commands[f"use {meant} instead of {name}"] = partial(RenameLayer, old=name, new=meant)
    for title, command in commands.items():
        edits = edits_by(text, command)
        if edits:
            yield Candidate(title, edits, 0.5, Safety.SAFE)


def _named(text: Text) -> set[str]:
    """The names that a file uses, attributes and imports included."""
    nodes = list(ast.walk(text.tree))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    names |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return names | {node.name for node in nodes if isinstance(node, ast.alias)}


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
