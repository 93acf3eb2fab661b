"""``padding="same"`` where a window shrinks one branch, and ``"valid"`` where the other one shrinks."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import (
    Candidate,
    Example,
    Family,
    Scene,
    replaced,
    with_argument,
)
from kerasmergelint.repairs.families.windows import constructors
from kerasmergelint.repairs.scene import About

NAMES = ("padding", "border_mode")
_OTHERS = {"same": "valid", "valid": "same"}
WINDOWED = (
    "Conv",
    "MaxPool",
    "AveragePool",
    "AvgPool",
    "SeparableConv",
    "DepthwiseConv",
    "LocallyConnected",
)


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.about is About.CHANNELS:
        return
    for slot in scene.slots:
        node = slot.node
        if slot.parameter in NAMES and isinstance(node, ast.Constant) and node.value in _OTHERS:
            quote = slot.text.words(node)[:1]
            new = f"{quote}{_OTHERS[node.value]}{quote}"
            yield replaced(scene, slot, new, 1.0 if node.value == "valid" else 1.2)
    for slot, given in constructors(scene, WINDOWED):
        if given.isdisjoint(NAMES):
            candidate = with_argument(scene, slot, "padding", '"same"', 1.0)
            if candidate is not None:
                yield candidate


FAMILY = Family(
    "padding",
    "another padding",
    _candidates,
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Add, Conv2D\n"
            "\n"
            "image = Input((32, 32, 8))\n"
            "features = Conv2D(8, 3)(image)  # shrinks\n"
            "merged = Add()([image, features])\n",
            "from keras import Input\n"
            "from keras.layers import Add, Conv2D\n"
            "\n"
            "image = Input((32, 32, 8))\n"
            'features = Conv2D(8, 3, padding="same")(image)  # shrinks\n'
            "merged = Add()([image, features])\n",
        ),
    ),
)
