"""The verdicts on the merges of a function that follow from runs under suppositions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.shapes.entailment import minimal
from kerasmergelint.shapes.needs import Need
from kerasmergelint.shapes.wording import alike, conjunction
from kerasmergelint.shapes.wording import axes as axes_of
from kerasmergelint.tracker.machine.events import Merge, Verdict, with_types
from kerasmergelint.tracker.machine.paths import Decision
from kerasmergelint.tracker.program.contracts.contract import (
    Case,
    Ways,
    axes,
    distinguished,
    inner,
    joined,
    way_parts,
)
from kerasmergelint.tracker.program.contracts.supposing import Supposition, Trials, Tried
from kerasmergelint.tracker.program.contracts.uses import Uses
from kerasmergelint.tracker.program.merge_keys import MergeKey, key_of
from kerasmergelint.tracker.values.terms import Term

_LEFT_OUT = "it works on every path that was followed, but not all were"
_NEVER = "the sizes differ on one of the paths that were followed"


@dataclass(frozen=True, slots=True)
class _Seen:
    """A merge as one run shows it, on the path of these decisions; None: on all paths at once."""

    supposed: Supposition
    decisions: tuple[Decision, ...] | None
    merge: Merge


@dataclass(frozen=True, slots=True)
class _Met:
    """What all runs under one supposition show of a merge; ``whole`` if they leave out no path to it."""

    supposed: Supposition
    seen: tuple[_Seen, ...]
    whole: bool

    @property
    def decides(self) -> bool:
        """Whether the merge works here, on every path."""
        works = (Verdict.SAFE, Verdict.CONDITIONAL)
        return self.whole and all(one.merge.verdict in works for one in self.seen)


def verdicts(trials: Trials, uses: Uses, names: Mapping[Term, str]) -> dict[MergeKey, Merge]:
    """The verdict on each merge for the shapes that the function accepts at all.

    Where some ranks leave a merge open, or were not tried, the verdict names those that do not.
    """
    found: dict[MergeKey, list[_Met]] = {}
    followed: list[Collection[MergeKey]] = [] if trials.every_rank else [()]
    refused = _for_other_ranks(trials)
    for one in trials.tried:
        if not one.complete:
            followed.append(_on_every_path(one))
        if one.works:
            for key, met in _met(one).items():
                found.setdefault(key, []).append(met)
    judged = {
        key: _of_all(
            met,
            names,
            complete=all(key in keys for keys in followed),
            elsewhere=refused.get(key, ()),
        )
        for key, met in found.items()
    }
    ranked = {key: _with_ranks(key, merge, trials, uses, names) for key, merge in judged.items()}
    single = sorted(names[term] for term in uses.spread & uses.ranks.keys())
    return {key: _of_single(merge, single) for key, merge in ranked.items()}


def _of_single(merge: Merge, single: Sequence[str]) -> Merge:
    """The verdict where a parameter is a tensor, or a list of some elsewhere: ``a, b = inputs``."""
    if not single or merge.verdict not in (Verdict.SAFE, Verdict.CONDITIONAL):
        return merge
    told = [f"{name} is one tensor" for name in single]
    reason = conjunction([*told, *([merge.reason] if merge.reason else [])])
    return replace(merge, verdict=Verdict.CONDITIONAL, reason=reason, needs=())


def _with_ranks(
    key: MergeKey, merge: Merge, trials: Trials, uses: Uses, names: Mapping[Term, str]
) -> Merge:
    """The verdict that also says of which ranks something merged must be, if only merges tell."""
    told = {
        names[term]: rank
        for term, rank in uses.likened_at(key).items()
        if f" of {names[term]} are " not in merge.reason
    }
    works = merge.verdict in (Verdict.SAFE, Verdict.CONDITIONAL)
    if not told or not works or " axes" in merge.reason:
        return merge
    reason = conjunction([axes_of(told), *([merge.reason] if merge.reason else [])])
    return replace(merge, verdict=Verdict.CONDITIONAL, reason=reason, needs=())


def _for_other_ranks(trials: Trials) -> dict[MergeKey, list[Merge]]:
    """The merges that fail, or may, for ranks that the function does not accept."""
    found: dict[MergeKey, list[Merge]] = {}
    for one in trials.tried:
        for run in () if one.works else one.runs:
            for merge in run.result.outputs.merges:
                if merge.verdict is not Verdict.SAFE:
                    found.setdefault(key_of(merge), []).append(merge)
    return found


def _asks_for_more(other: Merge, judged: Merge) -> bool:
    """Whether a merge may fail for other ranks though what it needs for these is met."""
    if judged.verdict is Verdict.SAFE or other.verdict is Verdict.BROKEN:
        return True
    return bool(judged.needs and set(other.needs) - set(judged.needs))


def _on_every_path(one: Tried) -> Collection[MergeKey]:
    """The merges to which the runs left out no path, if these were not all paths."""
    together = one.together if one.works else None
    return set() if together is None else {key_of(merge) for merge in together.merges}


def _met(one: Tried) -> dict[MergeKey, _Met]:
    outputs = [(run.decisions, run.result.outputs) for run in one.runs]
    at_once = None if one.complete else one.together
    seen: dict[MergeKey, list[_Seen]] = {}
    for decisions, output in (*outputs, *([(None, at_once)] if at_once is not None else [])):
        for merge in output.merges:
            seen.setdefault(key_of(merge), []).append(_Seen(one.supposed, decisions, merge))
    followed = seen if one.complete else _on_every_path(one)
    return {key: _Met(one.supposed, tuple(found), key in followed) for key, found in seen.items()}


def _of_all(
    met: Sequence[_Met], names: Mapping[Term, str], *, complete: bool, elsewhere: Sequence[Merge]
) -> Merge:
    """The verdict for all ranks; if there is none, that for the ranks that decide it.

    ``elsewhere`` is how the merge fares for ranks for which something else fails.
    """
    seen = [found for one in met for found in one.seen]
    judged = with_types(_verdict(seen, names, complete=complete), (found.merge for found in seen))
    works = judged.verdict in (Verdict.SAFE, Verdict.CONDITIONAL)
    is_by_rank = any(_asks_for_more(other, judged) for other in elsewhere)
    if is_by_rank and works and " axes" not in judged.reason:
        reason = _condition_of_ranks(_ways(seen, names))
        return replace(judged, verdict=Verdict.CONDITIONAL, reason=reason, needs=())
    if judged.verdict is not Verdict.UNKNOWN or judged.stated:
        return judged
    decided = [one for one in met if one.decides and one.supposed.ranks]
    if not decided or (complete and len(decided) == len(met)):
        return judged
    seen = [found for one in decided for found in one.seen]
    condition = conjunction([*_matrices(seen, names), _condition_of_ranks(_ways(seen, names))])
    return replace(judged, verdict=Verdict.CONDITIONAL, reason=condition, needs=())


def _verdict(seen: Sequence[_Seen], names: Mapping[Term, str], *, complete: bool) -> Merge:
    first = seen[0].merge
    left = [one.merge for one in seen if one.merge.verdict is Verdict.UNKNOWN]
    for merge in left:
        if not merge.stated:
            return merge
    if any(not merge.needs for merge in left):
        return _in_words(seen, left[0], names if complete else None)
    is_broken = any(one.merge.verdict is Verdict.BROKEN for one in seen)
    if left and complete and not is_broken:
        settled = [replace(one, merge=one.merge.settled) for one in seen]
        return _verdict(settled, names, complete=True).open_like(left[0])
    if is_broken:
        return replace(first, verdict=Verdict.UNKNOWN, reason=_NEVER, needs=(), stated="")
    if not complete:
        return replace(first, verdict=Verdict.UNKNOWN, reason=_LEFT_OUT, needs=(), stated="")
    ways = _ways(seen, names)
    cases = [case for way in ways for case in way.cases]
    if not any(case.needs for case in cases):
        return replace(first, verdict=Verdict.SAFE, reason="", needs=())
    needs = cases[0].needs if len(cases) == 1 else ()
    condition = _condition(ways)
    told = [one for one in _matrices(seen, names) if f"{one.partition(' ')[0]}[" in condition]
    if told:
        condition, needs = conjunction([*told, condition]), ()
    return replace(first, verdict=Verdict.CONDITIONAL, reason=condition, needs=needs)


def _in_words(seen: Sequence[_Seen], open_one: Merge, names: Mapping[Term, str] | None) -> Merge:
    """What is not about sizes alone does not add up: it holds for all ranks, or for the likeliest ones."""
    told = {one.merge.stated for one in seen}
    if names is not None and len(told) == 1:
        return open_one
    first = seen[0].supposed.ranks
    likeliest = {one.merge.stated for one in seen if one.supposed.ranks == first}
    if names is None or len(likeliest) > 1 or "" in likeliest:
        return replace(open_one, needs=(), stated="")
    ranks = axes_of({names[term]: rank for term, rank in first.items()})
    return replace(open_one, needs=(), stated=conjunction([ranks, *likeliest]))


def _ways(seen: Sequence[_Seen], names: Mapping[Term, str]) -> list[Ways]:
    """What a merge needs, for each choice of ranks."""
    by_ranks: dict[tuple[tuple[str, int], ...], list[_Seen]] = {}
    for one in seen:
        ranks = tuple((names[term], rank) for term, rank in one.supposed.ranks.items())
        by_ranks.setdefault(ranks, []).append(one)
    return [Ways(dict(ranks), _cases(found), True) for ranks, found in by_ranks.items()]


def _cases(seen: Sequence[_Seen]) -> tuple[Case, ...]:
    """What a merge needs on each path; together, if a run that followed all of them met it, too."""
    apart = all(one.decisions is not None for one in seen)
    needs: dict[tuple[Decision, ...], list[Need]] = {}
    for one in seen:
        path = one.decisions if apart and one.decisions is not None else ()
        needs.setdefault(path, []).extend(one.merge.needs)
    return tuple(distinguished([Case(path, minimal(found)) for path, found in needs.items()]))


def _matrices(seen: Sequence[_Seen], names: Mapping[Term, str]) -> list[str]:
    """That what was taken for a matrix is one."""
    found = {names[term] for one in seen for term in one.supposed.matrices}
    return [f"{name} has 2 axes" for name in sorted(found)]


def _condition(ways: Sequence[Ways]) -> str:
    if len(ways) == 1:
        return joined(way_parts(ways[0], None))
    common = alike([way_parts(way, inner(way)) for way in ways])
    if common is not None:
        return joined(common)
    return _condition_of_ranks(ways)


def _condition_of_ranks(ways: Sequence[Ways]) -> str:
    """What is needed for certain ranks; other ranks may work as well."""
    told: dict[str, list[str]] = {}
    for way in ways:
        told.setdefault(joined(way_parts(way, None)), []).append(axes(way))
    if list(told) == ["always"]:
        return " or ".join(told["always"])
    return "; ".join(f"{' or '.join(ranks)}: {needs}" for needs, ranks in told.items())


__all__ = ["verdicts"]
