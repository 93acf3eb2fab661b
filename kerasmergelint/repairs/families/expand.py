"""More axes: an axis of size 1, or a vector that is repeated for each step."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.repairs.families.family import Example, Family
from kerasmergelint.repairs.families.wrapping import Sizes, Wrap, around_operands


def _wraps(has: Sizes, wants: Sizes | None) -> Iterator[Wrap]:
    inner = has[1:]
    known = None not in inner
    if wants is None:
        if known and 1 <= len(inner) <= 3:
            yield Wrap("Reshape", _shape((*inner, 1)), 0.2)
            if len(inner) == 1:
                yield Wrap("Reshape", _shape((1, *inner)), 0.1)
        return
    if len(has) == 1 and len(wants) == 2:
        yield Wrap("", "{}[:, None]", 0.2)
    if len(wants) <= len(has):
        return
    if len(has) == 2 and len(wants) == 3 and wants[1] is not None and wants[1] > 1:
        yield Wrap("RepeatVector", str(wants[1]))
    if known and len(wants) == len(has) + 1:
        if inner == wants[1:-1]:
            yield Wrap("Reshape", _shape((*inner, 1)), -0.1)
        yield Wrap("Reshape", _shape((1, *inner)), 0.2)
    if known and len(has) == 2 and len(wants) == 4:
        yield Wrap("Reshape", _shape((1, 1, *inner)), 0.1)


def _shape(sizes: tuple[int | None, ...]) -> str:
    return str(sizes)


FAMILY = Family(
    "expand",
    "another axis, or a repeated vector",
    around_operands(_wraps),
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Concatenate, LSTM\n"
            "\n"
            "words, context = Input((20, 8)), Input((16,))\n"
            "merged = Concatenate()([words, context])\n",
            "from keras import Input\n"
            "from keras.layers import Concatenate, LSTM, RepeatVector\n"
            "\n"
            "words, context = Input((20, 8)), Input((16,))\n"
            "merged = Concatenate()([words, RepeatVector(20)(context)])\n",
        ),
    ),
)
