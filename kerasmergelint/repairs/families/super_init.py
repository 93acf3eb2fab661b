"""``super().__init__()`` as the first statement of a constructor that lacks it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from kerasmergelint.repairs.families.family import Candidate, Example, Family, Scene, rewrites
from kerasmergelint.syntax.codemods import CallBaseConstructor


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.finding.code not in ("KML407", "KML141"):
        return
    for text in scene.texts.values():
        for node in text.functions:
            owner = text.parents.get(node)
            if not isinstance(owner, ast.ClassDef) or not owner.bases:
                continue
            if node.name == "__init__" and "super" not in ast.unparse(node):
                passed = f"**{node.args.kwarg.arg}" if node.args.kwarg else ""
                command = partial(CallBaseConstructor, owner=owner.name, passed=passed)
                title = f"call super().__init__({passed}) first"
                yield from rewrites(scene, text, node, command, title)


FAMILY = Family(
    "super_init",
    "the constructor of the base class",
    _candidates,
    examples=(
        Example(
            "import keras\n"
            "from keras import layers\n"
            "\n"
            "\n"
            "class Scale(layers.Layer):\n"
            "    def __init__(self, factor, **kwargs):\n"
            '        """Scales."""\n'
            "        self.factor = factor\n"
            "\n"
            "    def call(self, inputs):\n"
            "        return self.factor * inputs\n"
            "\n"
            "\n"
            "y = Scale(0.5)(keras.Input((8,)))\n",
            "import keras\n"
            "from keras import layers\n"
            "\n"
            "\n"
            "class Scale(layers.Layer):\n"
            "    def __init__(self, factor, **kwargs):\n"
            '        """Scales."""\n'
            "        super().__init__(**kwargs)\n"
            "        self.factor = factor\n"
            "\n"
            "    def call(self, inputs):\n"
            "        return self.factor * inputs\n"
            "\n"
            "\n"
            "y = Scale(0.5)(keras.Input((8,)))\n",
        ),
    ),
)
