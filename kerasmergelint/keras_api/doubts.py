"""Undecided checks of Keras: what they need of sizes, or words where that cannot be expressed."""

from __future__ import annotations

from collections.abc import Iterable

from kerasmergelint.shapes import UNKNOWN, Dim
from kerasmergelint.shapes.broadcast import Broadcast
from kerasmergelint.shapes.needs import Need, at_least, equal, is_sayable

Doubt = str | Need

COMPARED = "sizes that are not known are compared"


def of_equality(
    pairs: Iterable[tuple[Dim, Dim]], words: str = "sizes are not known"
) -> tuple[Doubt, ...]:
    """The sizes of each pair must be equal, or one of them None."""
    found: list[Doubt] = []
    for left, right in pairs:
        if left is None or right is None:
            continue
        if not is_sayable(left, right):
            return (words,)
        need = equal(left, right)
        if not need.always:
            found.append(need)
    return tuple(dict.fromkeys(found))


def of_broadcast(step: Broadcast, words: str = COMPARED) -> tuple[Doubt, ...]:
    """What a broadcast leaves undecided."""
    return (words,) if step.undecided else step.needs


def of_length(length: Dim, least: int = 1) -> tuple[Doubt, ...]:
    """A computed length must be at least this; about an unknown one nothing can be said."""
    if length is None or length is UNKNOWN:
        return ()
    need = at_least(length, least)
    return () if need.always else (need,)


def of_window(left: Dim, padding: str | None) -> tuple[Doubt, ...]:
    """What is left of an axis beside a kernel or a pool must not be negative if nothing is padded.

    ``padding`` is None where it is not known: then so is what it takes, unless this never is negative.
    """
    found = of_length(left, 0)
    if padding is None:
        return ("the padding is not known",) if found else ()
    return found if padding == "valid" else ()


def told(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The first doubt in words, or else all needs."""
    found = tuple(doubts)
    plain = tuple(doubt for doubt in found if isinstance(doubt, str))
    return plain[:1] or found
