"""The loss, or metric, that is made for numbers of classes or for one-hot vectors."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import Candidate, Example, Family, Scene, changed

_PAIRS = (
    ("sparse_categorical_", "categorical_"),
    ("SparseCategorical", "Categorical"),
)


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if not scene.finding.code.startswith("KML5"):
        return
    for text in scene.texts.values():
        for node in ast.walk(text.tree):
            name = _name_of(node)
            other = _other(name)
            if other is None or not isinstance(node, ast.expr) or not scene.was_run(text, node):
                continue
            edit = text.replacing(node, text.words(node).replace(name, other))
            yield changed(scene, text, node, (edit,), f"use {other} instead of {name}", 0.9)


def _name_of(node: ast.AST) -> str:
    """The name of a loss: a string, or an attribute of a module."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return node.attr if isinstance(node, ast.Attribute) else ""


def _other(name: str) -> str | None:
    """The one for the other kind of targets.

    >>> _other("sparse_categorical_crossentropy"), _other("CategoricalCrossentropy"), _other("mse")
    ('categorical_crossentropy', 'SparseCategoricalCrossentropy', None)
    """
    for sparse, dense in _PAIRS:
        if name.startswith(sparse):
            return name.replace(sparse, dense, 1)
        if name.startswith(dense):
            return name.replace(dense, sparse, 1)
    return None


_PROGRAM = (
    "import numpy as np\n"
    "from keras import Input, Sequential\n"
    "from keras.layers import Dense\n"
    "\n"
    'model = Sequential([Input((8,)), Dense(4, activation="softmax")])\n'
    'model.compile("adam", {})\n'
    'model.fit(np.zeros((32, 8)), np.zeros((32,), "int32"))\n'
)

FAMILY = Family(
    "losses",
    "the loss for such targets",
    _candidates,
    examples=(
        Example(
            _PROGRAM.format('"categorical_crossentropy"'),
            _PROGRAM.format('"sparse_categorical_crossentropy"'),
        ),
    ),
)
