"""Undecided checks of Keras: what they need of sizes, or words where that cannot be expressed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kerasmergelint.shapes import UNKNOWN, Dim, Expr
from kerasmergelint.shapes.broadcast import Broadcast
from kerasmergelint.shapes.dim import is_readable
from kerasmergelint.shapes.needs import Need, at_least, equal, fits, is_sayable
from kerasmergelint.shapes.residues import symbols

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


def of_batches(sizes: Sequence[Dim], *, stretched: bool = False) -> tuple[Doubt, ...]:
    """Batches must agree where one of them is a size of the program; two of callers are taken to.

    ``stretched``: a batch of 1 fits every other.
    """
    known = [size for size in sizes if is_of_program(size)]
    if not known:
        return ()
    first = next((size for size in known if size != 1), 1)
    needs: list[Doubt] = []
    for size in sizes:
        if size is None or size is first:
            continue
        if not is_sayable(size):
            return (COMPARED,)
        need = fits(first, size) if stretched else equal(first, size)
        needs += [] if need.always else [need]
    return tuple(dict.fromkeys(needs))


def is_of_program(size: Dim) -> bool:
    """Whether the program says how large this is; a batch is as large as a caller wants: ``x[0]``."""
    if not isinstance(size, Expr):
        return isinstance(size, int)
    names = [leaf.name for leaf in symbols(size)]
    return all(map(is_readable, names)) and not (str(size) in names and str(size).endswith("[0]"))


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
