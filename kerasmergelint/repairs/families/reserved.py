"""Another name for an attribute that Keras keeps for itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from kerasmergelint.repairs.families.family import Candidate, Example, Family, Scene, rewrites
from kerasmergelint.syntax.codemods import RenameOwnAttribute


def _candidates(scene: Scene) -> Iterator[Candidate]:
    text = scene.home
    if scene.finding.code != "KML405" or text is None:
        return
    for owner in ast.walk(text.tree):
        if not isinstance(owner, ast.ClassDef) or not _holds(owner, scene.finding.line):
            continue
        own = [n for n in ast.walk(owner) if isinstance(n, ast.Attribute) and _is_self(n.value)]
        taken = {node.attr for node in own}
        stored = {
            n.attr for n in own if isinstance(n.ctx, ast.Store) and n.lineno == scene.finding.line
        }
        for attribute in sorted(stored):
            name = f"own_{attribute}"
            while name in taken:
                name += "_"
            command = partial(RenameOwnAttribute, owner=owner.name, old=attribute, new=name)
            title = f"use self.{name} instead of self.{attribute}"
            node = next(node for node in own if node.attr == attribute)
            yield from rewrites(scene, text, node, command, title)


def _holds(owner: ast.ClassDef, line: int) -> bool:
    return owner.lineno <= line <= (owner.end_lineno or owner.lineno)


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


FAMILY = Family(
    "reserved",
    "another name for an attribute",
    _candidates,
    examples=(
        Example(
            "import keras\n"
            "from keras import layers\n"
            "\n"
            "\n"
            "class Scale(layers.Layer):\n"
            "    def build(self, input_shape):\n"
            '        self.weights = self.add_weight(shape=(2,), name="mix")\n'
            "\n"
            "    def call(self, inputs):\n"
            "        return self.weights[0] * inputs\n"
            "\n"
            "\n"
            "y = Scale()(keras.Input((8,)))\n",
            "import keras\n"
            "from keras import layers\n"
            "\n"
            "\n"
            "class Scale(layers.Layer):\n"
            "    def build(self, input_shape):\n"
            '        self.own_weights = self.add_weight(shape=(2,), name="mix")\n'
            "\n"
            "    def call(self, inputs):\n"
            "        return self.own_weights[0] * inputs\n"
            "\n"
            "\n"
            "y = Scale()(keras.Input((8,)))\n",
        ),
    ),
)
