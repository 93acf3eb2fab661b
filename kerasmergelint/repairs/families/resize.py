"""Scaling an operand up or down where the sizes differ by a factor, or to the other's size."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.repairs.families.family import Example, Family
from kerasmergelint.repairs.families.wrapping import Sizes, Wrap, around_operands, spatial


def _wraps(has: Sizes, wants: Sizes | None) -> Iterator[Wrap]:
    pairs = spatial(has, wants)
    if pairs is None or wants is None:
        return
    dimensions = len(pairs)
    if all(a and b % a == 0 for a, b in pairs):
        yield Wrap(f"UpSampling{dimensions}D", _factors([b // a for a, b in pairs]))
    if all(b and a % b == 0 for a, b in pairs):
        yield Wrap(f"MaxPooling{dimensions}D", _factors([a // b for a, b in pairs]))
    if dimensions == 2:
        yield Wrap("Resizing", f"{pairs[0][1]}, {pairs[1][1]}", 0.5)


def _factors(factors: list[int]) -> str:
    if len(set(factors)) == 1:
        return str(factors[0]) if factors[0] != 2 else ""
    return str(tuple(factors))


FAMILY = Family(
    "resize",
    "upsampling, pooling or resizing",
    around_operands(_wraps),
    examples=(
        Example(
            "from keras import Input, layers\n"
            "\n"
            "coarse, fine = Input((16, 16, 8)), Input((32, 32, 8))\n"
            "merged = layers.Concatenate()([coarse, fine])\n",
            "from keras import Input, layers\n"
            "\n"
            "coarse, fine = Input((16, 16, 8)), Input((32, 32, 8))\n"
            "merged = layers.Concatenate()([layers.UpSampling2D()(coarse), fine])\n",
        ),
    ),
)
