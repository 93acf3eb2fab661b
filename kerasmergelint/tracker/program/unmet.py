"""Merges that the names in a file show, but that no run met."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.merge_call import Evidence, MergeCall
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.syntax.source import Span
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.program.watching import Ran, Watched, listed
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.scope import ModuleV


def spans(code: ir.ModuleCode, module: ModuleV, met: Iterable[Merge]) -> list[Span]:
    """Where the merges are that names show and that none of these runs met."""
    known = {span_in(code, m.site.node) for m in met if m.site.module.path == module.path}
    calls = (call for call in listed(code, module) if call.evidence is not Evidence.NONE)
    return [call.span for call in calls if call.span not in known]


_UNREACHED = "no path that was followed reaches it"


def unmet(
    code: ir.ModuleCode,
    module: ModuleV,
    met: Collection[Merge],
    watched: Watched | None,
    refused: Collection[str] = (),
) -> Iterator[Merge]:
    """Each with the reason why it has no verdict, or is broken: that one is among ``refused``.

    What ran without combining tensors is not a merge.  If the runs were not watched, only calls that
    merge whatever their arguments are listed.
    """
    nodes = {id(m.site.node): m.site.node for m in met if m.site.module.path == module.path}
    known = {span_in(code, node) for node in nodes.values()}
    run = () if watched is None else watched.within(module.path)
    ran = {span_in(code, one.site.node): one for one in run if id(one.site.node) not in nodes}
    owed = {Evidence.CALLEE} if watched is None else set(Evidence) - {Evidence.NONE}
    for call in listed(code, module):
        if call.evidence in owed and call.span not in known:
            reason = _why(call, ran.get(call.span))
            if reason:
                verdict = Verdict.BROKEN if reason in refused else Verdict.UNKNOWN
                yield Merge(Site(module, ir.Opaque(call.span)), call.name, verdict, reason)


def _why(call: MergeCall, ran: Ran | None) -> str:
    """Why there is no verdict; empty for what is not a merge."""
    if ran is None:
        return _UNREACHED
    if call.evidence is Evidence.OWN:  # where it is known it is that, and judged by what it does
        return "" if ran.resolved else ran.unknown_callee
    return ran.unknown_callee or ran.unknown_operand or ran.unknown_result
