"""Cropping the larger operand, or padding the smaller one with zeros, by the sizes that differ."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.repairs.families.family import Example, Family
from kerasmergelint.repairs.families.wrapping import Sizes, Wrap, around_operands, spatial

# More than this is hardly an edge.
_MOST = 0.25


def _wraps(has: Sizes, wants: Sizes | None) -> Iterator[Wrap]:
    pairs = spatial(has, wants)
    if pairs is None or any(abs(a - b) > max(2, _MOST * a) for a, b in pairs):
        return
    gone = [a - b for a, b in pairs]
    dimensions = len(pairs)
    if min(gone) >= 0:
        yield Wrap(f"Cropping{dimensions}D", _amounts(gone), -0.3 if max(gone) == 1 else 0.3)
    elif max(gone) <= 0:
        added = [-amount for amount in gone]
        yield Wrap(f"ZeroPadding{dimensions}D", _amounts(added), -0.25 if max(added) == 1 else 0.35)


def _amounts(amounts: list[int]) -> str:
    """What to take from or add to both ends of each axis."""
    pairs = [(amount // 2, amount - amount // 2) for amount in amounts]
    if all(pair == (pairs[0][0],) * 2 for pair in pairs):
        return str(pairs[0][0])
    return str(pairs[0]) if len(pairs) == 1 else str(tuple(pairs))


FAMILY = Family(
    "crop",
    "cropping or zero padding",
    around_operands(_wraps),
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Concatenate, Conv2D\n"
            "\n"
            "image, other = Input((33, 33, 8)), Input((32, 32, 8))\n"
            "merged = Concatenate()([image, other])\n",
            "from keras import Input\n"
            "from keras.layers import Concatenate, Conv2D, Cropping2D\n"
            "\n"
            "image, other = Input((33, 33, 8)), Input((32, 32, 8))\n"
            "merged = Concatenate()([Cropping2D(((0, 1), (0, 1)))(image), other])\n",
        ),
    ),
)
