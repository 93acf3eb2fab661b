"""``super().__init__()`` as the first statement of a constructor that lacks it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import (
    Candidate,
    Edit,
    Example,
    Family,
    Safety,
    Scene,
)


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.finding.code not in ("KML407", "KML141"):
        return
    for text in scene.texts.values():
        for node in ast.walk(text.tree):
            around = text.parents.get(node)
            if not isinstance(node, ast.FunctionDef) or not isinstance(around, ast.ClassDef):
                continue
            if node.name != "__init__" or "super" in ast.unparse(node) or not around.bases:
                continue
            has_words = isinstance(node.body[0], ast.Expr) and ast.get_docstring(node) is not None
            body = node.body[1:] if has_words and len(node.body) > 1 else node.body
            at = text.start(body[0])
            passed = f"**{node.args.kwarg.arg}" if node.args.kwarg else ""
            words = f"super().__init__({passed})\n{text.indent_of(body[0])}"
            edit = Edit(text.path, at, at, words)
            title = f"call super().__init__({passed}) first in {around.name}.__init__"
            yield Candidate(title, (edit,), 0.5, Safety.SAFE)


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
