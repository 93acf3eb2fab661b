"""A projection: a dense layer or a convolution of size 1 gives an operand the channels of the other."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.repairs.families.family import Example, Family
from kerasmergelint.repairs.families.wrapping import Sizes, Wrap, around_operands, differing

_CONVOLUTIONS = {4: "Conv2D", 5: "Conv3D"}


def _wraps(has: Sizes, wants: Sizes | None) -> Iterator[Wrap]:
    if wants is None or len(has) != len(wants) or has[-1] is None or wants[-1] is None:
        return
    if differing(has, wants) != [len(has) - 1]:
        return
    layer = _CONVOLUTIONS.get(len(has), "Dense")
    yield Wrap(layer, f"{wants[-1]}, 1" if layer != "Dense" else str(wants[-1]), 0.3)


FAMILY = Family(
    "project",
    "a projection of the channels",
    around_operands(_wraps, in_calls=False),
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Add, Conv2D\n"
            "\n"
            "image, other = Input((32, 32, 16)), Input((32, 32, 64))\n"
            "merged = Add()([image, other])\n",
            "from keras import Input\n"
            "from keras.layers import Add, Conv2D\n"
            "\n"
            "image, other = Input((32, 32, 16)), Input((32, 32, 64))\n"
            "merged = Add()([Conv2D(64, 1)(image), other])\n",
        ),
    ),
)
