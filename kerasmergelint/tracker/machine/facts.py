"""What a path has decided about sizes: either branch of ``if x.shape[-1] != filters`` has a fact."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from kerasmergelint.shapes import UNKNOWN, Dim, Expr
from kerasmergelint.shapes.entailment import Known
from kerasmergelint.shapes.needs import Need, equal
from kerasmergelint.tracker.machine.paths import Path, Sizes
from kerasmergelint.tracker.values.terms import Term, to_dim


def of_path(path: Path, needs: tuple[Need, ...] = ()) -> Known:
    """What holds on this path, besides needs that were met."""
    if not path.answers:
        return Known(needs)
    if path.sizes.answers != len(path.answers):
        path.sizes = _further(path.sizes, path.answers)
    sizes = path.sizes
    return Known((*needs, *sizes.equal), sizes.unequal)


def _further(known: Sizes, answers: Mapping[Term, bool]) -> Sizes:
    """The equalities of sizes that hold, and those that do not, with those of the latest answers."""
    sides: dict[bool, list[Need]] = {True: [], False: []}
    for question, answer in islice(answers.items(), known.answers, None):
        if not isinstance(question, tuple) or len(question) != 3 or question[0] not in ("==", "is"):
            continue
        left, right = dim_of(question[1]), dim_of(question[2])
        if UNKNOWN not in (left, right) and None not in (left, right):
            sides[answer].append(equal(left, right))
    unequal = frozenset(fact for need in sides[False] for fact in need.alternatives)
    return Sizes(len(answers), (*known.equal, *sides[True]), known.unequal | unequal)


def dim_of(term: Term) -> Dim:
    """The size that a term stands for."""
    if isinstance(term, Expr):
        return term
    if isinstance(term, tuple) and term[:1] == ("dim",):
        size: Dim = term[1]
        return size
    return to_dim(term)
