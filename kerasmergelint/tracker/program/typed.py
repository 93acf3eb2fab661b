"""What a run of a function found out about the data types of its parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.keras import type_sources
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.values.graph import TensorV, identity
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import Value


@dataclass(frozen=True, slots=True)
class TypeNeed:
    """Parameters, by their terms, that must be ``of`` this, or else of one type."""

    terms: tuple[Term, ...]
    of: str = ""
    numbers: bool = False  # no truth values

    def words(self, names: Mapping[Term, str]) -> str:
        """The condition, in the names of the parameters."""
        told = " and ".join(names[term] for term in self.terms)
        if self.of:
            return f"{told} is of {self.of}"
        return f"{told} are {'numbers ' if self.numbers else ''}of one type"


def found_out(path: Path, values: Mapping[Term, Value]) -> tuple[TypeNeed, ...]:
    """What the tensors among the parameters must be at the end of a path."""
    alike: dict[Term, list[Term]] = {}
    needs: list[TypeNeed] = []
    for term, root in _roots(path, values):
        if type_sources.is_settled(root):
            of = type_sources.floats_in_words(root)
            needs += [TypeNeed((term,), of)] if of else []
        elif type_sources.is_whole(path, root):
            needs.append(TypeNeed((term,), "whole numbers"))
        else:
            alike.setdefault(root, []).append(term)
    groups = ((root, terms) for root, terms in alike.items() if len(terms) > 1)
    shared = [
        TypeNeed(tuple(terms), numbers=type_sources.is_of_numbers(root)) for root, terms in groups
    ]
    return (*needs, *shared)


def _roots(path: Path, values: Mapping[Term, Value]) -> Iterator[tuple[Term, Term]]:
    """The tensors of which something is known, by the terms of their parameters."""
    for term, value in values.items():
        if isinstance(value, TensorV) and value.node is None:
            own = ("tensor", *identity(value))
            if own in path.dtypes or own in path.dtypes.values():
                yield term, type_sources.root_on(path, own)
