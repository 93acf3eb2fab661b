"""Needs in words: "x[-1] = filters", "rows and columns of skip are twice those of x"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from kerasmergelint.regex import regex
from kerasmergelint.shapes.conditions import every
from kerasmergelint.shapes.dim import Dim, Expr, Symbol
from kerasmergelint.shapes.entailment import divisibility
from kerasmergelint.shapes.needs import Fact, Need, Sign, leaves_of, solved

_TIMES: Final = {1: "", 2: "twice ", 3: "three times ", 4: "four times "}
_OPEN = regex(r", or | = .* or | or .* = | axes or | where |: |; ")
_BRACKETS = regex(r"\([^()]*\)")
_SIZE = regex(r"(.+)\[([123])\]")


def words(needs: Sequence[Need], inner: int | None = None) -> str:
    """All needs in one line, without one: "always".

    ``inner`` is the number of axes between the batch and the last one, if the rank is open: a need
    of all of them is then one of "inner sizes".

    >>> from kerasmergelint.shapes import mul, symbol
    >>> from kerasmergelint.shapes.needs import equal
    >>> size = symbol("skip[1]", positive=True), symbol("x[1]", positive=True)
    >>> words([equal(size[0], mul(2, size[1]))])
    'skip[1] = 2*x[1]'
    """
    if not needs:
        return "always"
    if any(need.never for need in needs):
        return "never"
    return conjunction(parts(needs, inner))


def conjunction(told: Sequence[str]) -> str:
    """Several conditions in one line; one with an "or" is put in brackets.

    >>> conjunction(["x has 2 axes", "(x[-1] = 4 or 1) and (x[0] = 3 or 1)"])
    'x has 2 axes and (x[-1] = 4 or 1) and (x[0] = 3 or 1)'
    """
    if len(told) < 2:
        return "".join(told)
    return " and ".join(f"({one})" if _OPEN.search(_outside(one)) else one for one in told)


def _outside(told: str) -> str:
    """What stands outside of all brackets."""
    while (rest := _BRACKETS.sub("", told)) != told:
        told = rest
    return told


def alike(told: Sequence[list[str]]) -> list[str] | None:
    """One condition for several ranks, if they differ only in axes that the lower ranks lack."""
    fullest = max(told, key=len)
    rest = [one for one in told if one != fullest]
    short = [part for part in fullest if not part.startswith("inner sizes")]
    return fullest if not rest or rest == [short] else None


def axes(ranks: Mapping[str, int]) -> str:
    """How many axes tensors have, by their names.

    >>> axes({"x": 4, "y": 4, "z": 1})
    'x and y have 4 axes and z has 1 axis'
    """
    by_rank: dict[int, list[str]] = {}
    for name, rank in ranks.items():
        by_rank.setdefault(rank, []).append(name)
    return " and ".join(
        f"{' and '.join(names)} {'has' if len(names) == 1 else 'have'} "
        f"{rank} {'axis' if rank == 1 else 'axes'}"
        for rank, names in by_rank.items()
    )


def parts(needs: Sequence[Need], inner: int | None = None) -> list[str]:
    """The needs one by one, with those that are the same on several axes combined."""
    told: list[str] = []
    rest = list(needs)
    while rest:
        need = rest.pop(0)
        moved = [need, *(other for other in rest if _moved(other) == _moved(need))]
        together = _on_all(moved, inner)
        if together is not None:
            rest = [other for other in rest if other not in moved]
            told.append(together)
            continue
        remainder = divisibility(need)
        if remainder is not None:
            same = [o for o in rest if (d := divisibility(o)) and d.name == remainder.name]
            rest = [other for other in rest if other not in same]
            joint = every([remainder, *(d for o in same if (d := divisibility(o)))])
            told.append(str(joint or remainder))
            continue
        told.append(need_text(need))
    return told


def need_text(need: Need) -> str:
    """One need: its alternatives, with those about the same symbol combined."""
    first = solved(need.alternatives[0])
    if first is not None and len(need.alternatives) > 1:
        leaf, value = first
        ones = [_is_one(fact) for fact in need.alternatives[1:]]
        if ones == [leaf]:
            return f"{leaf} = {value} or 1"
        if len(ones) == 2 and None not in ones:
            return f"{leaf} = {value}, or one of them is 1"
    return " or ".join(map(_fact_text, need.alternatives))


def _is_one(fact: Fact) -> Symbol | None:
    """The symbol that is 1 by a fact, if it says so."""
    found = solved(fact)
    return found[0] if found is not None and found[1] == 1 else None


def _fact_text(fact: Fact) -> str:
    remainder = divisibility(Need((fact,)))
    if remainder is not None:
        return str(remainder)
    found = solved(fact)
    if found is not None:
        return f"{found[0]} = {found[1]}"
    left = Expr(tuple(term for term in fact.expr.terms if term[1] > 0))
    right = Expr(tuple((m, -c) for m, c in fact.expr.terms if c < 0))
    return f"{left} {'=' if fact.sign is Sign.ZERO else '>='} {right}"


# -- rows and columns -----------------------------------------------------------------------


_NOUNS: Final = {frozenset({1, 2}): "rows and columns", frozenset({1, 2, 3}): "inner sizes"}


def _on_all(moved: Sequence[Need], inner: int | None) -> str | None:
    """The words for needs that are the same on several axes."""
    found = frozenset(axis for axis in map(_axis, moved) if axis is not None)
    noun = _NOUNS.get(found) if inner is None else None
    if inner is not None and found == frozenset(range(1, inner + 1)):
        noun = "inner sizes"
    if noun is None or len(found) != len(moved):
        return None
    first = moved[0]
    remainder = divisibility(first)
    if remainder is not None:
        subject = _SIZE.fullmatch(remainder.name)
        rest = str(remainder).removeprefix(remainder.name)
        if subject is None or not rest.startswith(" is "):
            return None
        return f"{noun} of {subject[1]} are{rest.removeprefix(' is')}"
    fact = first.alternatives[0]
    if fact.sign is Sign.NOT_NEGATIVE:
        return _at_least(noun, first)
    related = _multiple(fact)
    if related is None:
        return None
    whole = _ending(first)
    return None if whole is None else f"{noun} of {related}{whole}"


def _axis(need: Need) -> int | None:
    """The axis of all sizes in a need, if it is the same."""
    found = {_SIZE.fullmatch(name) for name in _names(need)}
    axes = {None if match is None else int(match[2]) for match in found}
    return axes.pop() if len(axes) == 1 else None


def _names(need: Need) -> set[str]:
    return {leaf.name for leaf in leaves_of(need)}


def _moved(need: Need) -> frozenset[tuple[str, Sign]]:
    """A need without its axis."""
    return frozenset(
        (re.sub(r"\[[123]\]", "[]", str(fact.expr)), fact.sign) for fact in need.alternatives
    )


def _at_least(noun: str, need: Need) -> str | None:
    names = _names(need)
    subject = _SIZE.fullmatch(next(iter(names)))
    text = need_text(need)
    prefix = f"{subject[0]} >= " if subject is not None else ""
    if subject is None or len(names) > 1 or not text.startswith(prefix):
        return None
    return f"{noun} of {subject[1]} are {text.removeprefix(prefix)} or more"


def _ending(need: Need) -> str | None:
    """The ending for a size that may also be 1."""
    ones = [_is_one(fact) for fact in need.alternatives[1:]]
    if None in ones or len(ones) > 2:
        return None
    return ("", ", or 1", ", or one of both is 1")[len(ones)]


def _multiple(fact: Fact) -> str | None:
    """``skip[1] = 2*x[1]`` as "skip are twice those of x"; ``x[1] = 7`` as "x are 7"."""
    found = solved(fact)
    subject = None if found is None else _SIZE.fullmatch(str(found[0]))
    if found is None or subject is None:
        return None
    if isinstance(found[1], int):
        return f"{subject[1]} are {found[1]}"
    factor, leaf = _scaled(found[1])
    of = None if leaf is None else _SIZE.fullmatch(leaf.name)
    if of is None or factor not in _TIMES:
        return None
    return f"{subject[1]} are {_TIMES[factor]}those of {of[1]}"


def _scaled(value: Dim) -> tuple[int, Symbol | None]:
    """A factor and its symbol; no symbol for anything else."""
    if not isinstance(value, Expr) or len(value.terms) != 1:
        return 0, None
    monomial, factor = value.terms[0]
    single = monomial[0] if len(monomial) == 1 else None
    return factor, single if isinstance(single, Symbol) else None
