"""Fewer axes: flattening, or pooling over all positions."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.repairs.families.family import Example, Family
from kerasmergelint.repairs.families.wrapping import Sizes, Wrap, around_operands


def _wraps(has: Sizes, wants: Sizes | None) -> Iterator[Wrap]:
    rank = len(has)
    if not 3 <= rank <= 5 or (wants is not None and len(wants) >= rank):
        return
    if wants is None or len(wants) == 2:
        known = all(size is not None for size in has[1:])
        if known:
            yield Wrap("Flatten", "", 0.0 if 1 in has[1:] else 0.1)
        yield Wrap(f"GlobalAveragePooling{rank - 2}D", "", 0.15)
    if rank == 4 and has[-1] is not None:
        yield Wrap("Reshape", f"(-1, {has[-1]})", 0.2)
    if wants is not None and len(wants) == rank - 1 and 1 in has[1:]:
        axis = has.index(1, 1)
        left = [size for place, size in enumerate(has) if place not in (0, axis)]
        if None not in left:
            yield Wrap("Reshape", _shape(left))


def _shape(sizes: list[int | None]) -> str:
    return str(tuple(sizes))


FAMILY = Family(
    "flatten",
    "flattening or pooling",
    around_operands(_wraps),
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Concatenate, Dense, Embedding\n"
            "\n"
            "city, numbers = Input((1,)), Input((4,))\n"
            "vector = Embedding(50, 8)(city)\n"
            "merged = Concatenate()([vector, numbers])\n",
            "from keras import Input\n"
            "from keras.layers import Concatenate, Dense, Embedding, Flatten\n"
            "\n"
            "city, numbers = Input((1,)), Input((4,))\n"
            "vector = Embedding(50, 8)(city)\n"
            "merged = Concatenate()([Flatten()(vector), numbers])\n",
        ),
    ),
)
