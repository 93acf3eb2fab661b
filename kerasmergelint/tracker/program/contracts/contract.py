"""What a function requires of its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.shapes.dim import is_readable
from kerasmergelint.shapes.entailment import minimal
from kerasmergelint.shapes.needs import NEVER, Need
from kerasmergelint.shapes.wording import alike, conjunction, parts, words
from kerasmergelint.shapes.wording import axes as axes_of
from kerasmergelint.tracker.machine.paths import Decision, Run
from kerasmergelint.tracker.program.attempt import Attempt
from kerasmergelint.tracker.program.contracts.supposing import Tried, goes_through
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.terms import Term, text


@dataclass(frozen=True, slots=True)
class Case:
    """What is needed on one path, the one on which these ``decisions`` were taken.

    ``unsaid`` is what the tracker could not follow; if ``refused``, this path fails whatever is
    passed.  ``types`` are those that the tensors must be of.
    """

    decisions: tuple[Decision, ...]
    needs: tuple[Need, ...]
    unsaid: tuple[str, ...] = ()
    refused: bool = False
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ways:
    """All cases for one choice of ranks, given by the names of the tensors."""

    ranks: Mapping[str, int]
    cases: tuple[Case, ...]
    complete: bool

    @property
    def works(self) -> bool:
        return any(not case.refused for case in self.cases)


@dataclass(frozen=True, slots=True)
class Contract:
    """The conditions of a function; ``signature`` shows the defaults that they hold for."""

    name: str
    signature: str
    site: Site
    ways: tuple[Ways, ...]

    @property
    def condition(self) -> str:
        """The conditions in one line."""
        able = [way for way in self.ways if way.works]
        if not able:
            return "not known" if not self.ways else "no shapes are known for which it works"
        if len(able) == 1:
            return joined([axes(able[0]), *way_parts(able[0], None)])
        common = alike([way_parts(way, inner(way)) for way in able])
        if common is not None:
            return joined([_together(able), *common])
        return "; ".join(joined([axes(way), *way_parts(way, None)]) for way in able)


def joined(found: Iterable[str]) -> str:
    """Conditions in one line; ``always`` if there is none."""
    told = [part for part in found if part and part != "always"]
    return conjunction(told) or "always"


def axes(way: Ways) -> str:
    """How many axes the tensors have."""
    return axes_of(way.ranks)


def _together(ways: Sequence[Ways]) -> str:
    """The tensors whose ranks are open but must be equal."""
    open_ones = [n for n in ways[0].ranks if len({way.ranks[n] for way in ways}) > 1]
    fixed = {n: ways[0].ranks[n] for n in ways[0].ranks if n not in open_ones}
    told = [axes(replace(ways[0], ranks=fixed))] if fixed else []
    if len(open_ones) > 1:
        told.append(f"{' and '.join(open_ones)} have as many axes as each other")
    return " and ".join(told)


def inner(way: Ways) -> int:
    """The largest number of axes between the batch and the channels."""
    return max(way.ranks.values(), default=2) - 2


def way_parts(way: Ways, inner: int | None) -> list[str]:
    """What all paths need, then what single paths need besides."""
    able = [case for case in way.cases if not case.refused]
    common = [need for need in able[0].needs if all(need in case.needs for case in able)]
    told = [*parts(common, inner), *_types_of(able)]
    apart = distinguished([replace(case, types=()) for case in way.cases])
    for case in apart:
        rest = [need for need in case.needs if need not in common]
        if rest and not case.refused:
            guard = _guard(case, apart)
            told.append(f"{words(rest)}{f' where {guard}' if guard else ''}")
    told += [f"what {unsaid} is not known" for case in able for unsaid in case.unsaid[:1]]
    return list(dict.fromkeys(told))


def _types_of(cases: Sequence[Case]) -> list[str]:
    """The types that are needed on all paths."""
    return [told for told in cases[0].types if all(told in case.types for case in cases)]


def distinguished(cases: Sequence[Case]) -> list[Case]:
    """The cases by those decisions alone on which it depends what they need; equal ones are one."""
    found = list(dict.fromkeys(cases))
    for term in dict.fromkeys(decision.term for case in cases for decision in case.decisions):
        without = [_without(case, term) for case in found]
        if not any(_contradict(one, other) for one, other in combinations(without, 2)):
            found = list(dict.fromkeys(without))
    return found


def _without(case: Case, term: Term) -> Case:
    return replace(case, decisions=tuple(d for d in case.decisions if d.term != term))


def _contradict(one: Case, other: Case) -> bool:
    """Whether the same decisions lead to different needs."""
    if replace(one, decisions=()) == replace(other, decisions=()):
        return False
    chosen = {decision.term: decision.choice for decision in one.decisions}
    return all(chosen.get(d.term, d.choice) is d.choice for d in other.decisions)


def _guard(case: Case, cases: Sequence[Case]) -> str:
    """The decisions that distinguish a path from the others."""
    told = []
    for decision in case.decisions:
        contested = any(
            other.term == decision.term and other.choice is not decision.choice
            for one in cases
            for other in one.decisions
        )
        question = text(decision.term)
        if contested and is_readable(question):
            told.append(question if decision.choice else f"not {question}")
    return " and ".join(told)


def case_of(run: Run[Attempt], names: Mapping[Term, str]) -> Case:
    """What one path needs."""
    demands = run.result.outputs.demands
    needs = minimal(need for demand in demands for need in demand.needs)
    unsaid = tuple(f"{d.callee} needs" for d in demands if d.unsaid)
    types = tuple(need.words(names) for need in run.result.types)
    return Case(run.decisions, needs, unsaid, NEVER in needs or not goes_through(run), types)


def ways_of(tried: Tried, names: Mapping[Term, str]) -> Ways:
    ranks = {names[term]: rank for term, rank in tried.supposed.ranks.items()}
    return Ways(ranks, tuple(case_of(run, names) for run in tried.runs), tried.complete)
