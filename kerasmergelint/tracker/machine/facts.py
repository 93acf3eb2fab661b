"""What a path has decided about sizes: either branch of ``if x.shape[-1] != filters`` has a fact."""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.shapes import UNKNOWN, Dim, Expr
from kerasmergelint.shapes.entailment import Known
from kerasmergelint.shapes.needs import Need, equal
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.values.terms import Term, to_dim


def of_path(path: Path, needs: tuple[Need, ...] = ()) -> Known:
    """The facts of this path, besides needs that were met."""
    if not path.answers:
        return Known(needs)
    met, wrong = _equalities(path.answers)
    return Known((*needs, *met), frozenset(fact for need in wrong for fact in need.alternatives))


def _equalities(answers: Mapping[Term, bool]) -> tuple[list[Need], list[Need]]:
    """The equalities of sizes that hold on the path, and those that do not."""
    sides: dict[bool, list[Need]] = {True: [], False: []}
    for question, answer in answers.items():
        if not isinstance(question, tuple) or len(question) != 3 or question[0] not in ("==", "is"):
            continue
        left, right = dim_of(question[1]), dim_of(question[2])
        if UNKNOWN not in (left, right) and None not in (left, right):
            sides[answer].append(equal(left, right))
    return sides[True], sides[False]


def dim_of(term: Term) -> Dim:
    """The size that a term stands for."""
    if isinstance(term, Expr):
        return term
    if isinstance(term, tuple) and term[:1] == ("dim",):
        return term[1]  # type: ignore[no-any-return]
    return to_dim(term)
