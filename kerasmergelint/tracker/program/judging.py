"""One verdict for each merge, from the verdicts of several runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kerasmergelint.dataclass import replace
from kerasmergelint.late import late
from kerasmergelint.shapes.entailment import minimal
from kerasmergelint.shapes.wording import conjunction, words
from kerasmergelint.tracker.machine.events import Merge, Verdict, with_types
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.program import blind
from kerasmergelint.tracker.program.merge_keys import MergeKey, key_of

if TYPE_CHECKING:
    from kerasmergelint.tracker.program.contracts import entering
else:
    entering = late("kerasmergelint.tracker.program.contracts.entering")

_LEFT_OUT = "it works on every path that was followed, but not all were"
_RANK = {Verdict.SAFE: 0, Verdict.CONDITIONAL: 1, Verdict.UNKNOWN: 2, Verdict.BROKEN: 3}


def judged(runs: list[Outputs], rest: Outputs | None, *, complete: bool) -> dict[MergeKey, Merge]:
    """The verdict on each merge of an entry.

    A merge is safe only if it works on all paths; ``rest``, the run that followed all of them at
    once, must have met it, too.
    """
    merges: dict[MergeKey, Merge] = {}
    met = None if rest is None else {key_of(merge) for merge in rest.merges}
    for outputs in runs if rest is None else [*runs, rest]:
        for merge in outputs.merges:
            works = merge.verdict in (Verdict.SAFE, Verdict.CONDITIONAL)
            if (works or merge.stated) and not (complete and (met is None or key_of(merge) in met)):
                reason = _LEFT_OUT if works else merge.reason
                merge = replace(merge, verdict=Verdict.UNKNOWN, reason=reason, needs=(), stated="")
            note(merges, merge)
    return merges


def is_undecided(merges: Mapping[MergeKey, Merge]) -> bool:
    """Whether a merge has no verdict yet; names alone are no reason to look further."""
    return any(m.verdict is Verdict.UNKNOWN and not m.tentative for m in merges.values())


def fill(merges: dict[MergeKey, Merge], others: Mapping[MergeKey, Merge]) -> None:
    """Take over the verdicts on merges that have none yet."""
    for key, merge in others.items():
        before = merges.get(key, merge)
        if before.verdict is Verdict.UNKNOWN and not (
            before.stated and merge.verdict is Verdict.UNKNOWN
        ):
            merges[key] = merge
        else:
            merges.setdefault(key, merge)


def note(merges: dict[MergeKey, Merge], merge: Merge) -> None:
    """Keep the worst verdict that the runs gave to a merge; conditions add up."""
    key = key_of(merge)
    before = merges.get(key)
    if before is None:
        merges[key] = merge
        return
    worse, other = before, merge
    if _RANK[merge.verdict] > _RANK[before.verdict]:
        worse, other = merge, before
    if worse.verdict is other.verdict is Verdict.CONDITIONAL:
        worse = _both(before, merge)
    elif worse.stated and other.verdict is Verdict.UNKNOWN and not other.stated:
        worse = other
    elif worse.stated and other.verdict is not Verdict.SAFE:
        same = (
            worse.stated == other.stated
            or bool(worse.needs)
            or other.verdict is Verdict.CONDITIONAL
        )
        both = _both(worse.settled, other.settled).open_like(worse)
        general = worse.general if worse.general == other.general else ""
        worse = both if same else replace(worse, needs=(), stated=general)
    merges[key] = with_types(worse, (before, merge))


def learn(merges: dict[MergeKey, Merge], merge: Merge) -> None:
    """Note a merge; what was met already, as far as its names tell, is better known now."""
    before = merges.get(key_of(merge))
    if before is None or not before.tentative:
        note(merges, merge)
    elif merge.verdict is not Verdict.UNKNOWN or (merge.stated and not before.stated):
        merges[key_of(merge)] = merge


def tell_of_defaults(merges: dict[MergeKey, Merge], merge: Merge, entry: blind.Entry) -> None:
    """What works by the run of an entry alone works with its defaults: say which."""
    key = key_of(merge)
    if merges.get(key) is not merge:
        return
    if merge.stated or merge.verdict in (Verdict.SAFE, Verdict.CONDITIONAL):
        merges[key] = replace(merge, defaults=entering.defaults_in_words(entry))


def _both(one: Merge, other: Merge) -> Merge:
    """A merge under the conditions of two runs; some conditions are not about sizes."""
    one = replace(one, defaults=one.defaults or other.defaults)
    if one.needs and other.needs:
        needs = minimal((*one.needs, *other.needs))
        return replace(one, needs=needs, reason=words(needs))
    told = dict.fromkeys((one.reason, other.reason))
    return replace(one, needs=(), reason=conjunction(list(told)))
