"""What is kept of the merges in a report: their verdicts, and contributions to merges in other files."""

from __future__ import annotations

import os
from collections.abc import Iterator

from kerasmergelint.cache.entry import Kept, KeptFunction, KeptMerge, KeptReach
from kerasmergelint.dataclass import replace
from kerasmergelint.rules.findings import Places, why_unknown
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import walk
from kerasmergelint.tracker.machine.events import Merge, Reached
from kerasmergelint.tracker.machine.verdict import Verdict
from kerasmergelint.tracker.program.reaching import Contribution
from kerasmergelint.tracker.program.report import Report
from kerasmergelint.tracker.values.graph import Site


def with_merges(kept: Kept, report: Report) -> Kept:
    """Add what is needed to judge the merges of a project once its other files are known, too."""
    places = Places(report)
    own = (m for m in report.merges.values() if m.site.node is not None)
    merges = tuple(_merge(merge, places) for merge in own if places.in_main(merge.site))
    found = report.contributions.found
    reaches = tuple(_reach(one, places) for one in found if one.merge.site.node is not None)
    left_out = () if report.complete else tuple(sorted(map(os.path.abspath, report.codes)))
    return replace(
        kept,
        merges=merges,
        reaches=reaches,
        general=tuple(dict.fromkeys(_general(report, places))),
        left_out=left_out,
    )


def _merge(merge: Merge, places: Places) -> KeptMerge:
    span = places.span(merge.site)
    return KeptMerge(
        span.line,
        span.column,
        span.end_line,
        span.end_column,
        merge.callee,
        merge.verdict.value,
        _reason(merge, places),
    )


def _reason(merge: Merge, places: Places) -> str:
    return why_unknown(merge, places) if merge.verdict is Verdict.UNKNOWN else merge.words


def _reach(one: Contribution, places: Places) -> KeptReach:
    span = places.span(one.merge.site)
    through = (_function(site, places) for way in one.ways for site in way.through)
    calls = {places.span(way.call).line for way in one.ways}
    return KeptReach(
        None if one.entry is None else places.span(one.entry).line,
        os.path.abspath(one.merge.site.module.path),
        span.line,
        span.column,
        span.end_line,
        span.end_column,
        one.merge.callee,
        one.merge.verdict.value,
        _reason(one.merge, places),
        tuple(sorted(calls)),
        tuple(dict.fromkeys(through)),
        tuple(sorted({_door(way, one.merge, places) for way in one.ways})),
    )


def _function(site: Site, places: Places) -> KeptFunction:
    return KeptFunction(os.path.abspath(site.module.path), places.span(site).line)


def _door(way: Reached, merge: Merge, places: Places) -> int:
    """The line of the function through which a way enters the file of a merge."""
    path = merge.site.module.path
    first = next((site for site in way.through if site.module.path == path), way.through[-1])
    return places.span(first).line


def _general(report: Report, places: Places) -> Iterator[KeptReach]:
    """The verdict on a merge that holds for every caller of an entry, if known."""
    inside: dict[int, frozenset[int]] = {}
    for one in report.contributions.general:
        if one.merge.verdict is not Verdict.UNKNOWN and places.in_main(one.merge.site):
            function = None if one.entry is None else one.entry.node
            if id(function) not in inside:
                inside[id(function)] = _nodes_of(function)
            yield replace(
                _reach(one, places), direct=id(one.merge.site.node) in inside[id(function)]
            )


def _nodes_of(function: object) -> frozenset[int]:
    """The ids of the nodes that run in a function itself, not in others that it defines."""
    body = function.body if isinstance(function, ir.FunctionCode) else ()
    return frozenset(id(node) for node in walk(body, entered=()))
