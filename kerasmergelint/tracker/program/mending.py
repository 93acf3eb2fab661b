"""Verdicts on merges behind a failure: they work once the failure is mended.

Python stops at a failure, and so do findings, since whatever follows would be a guess.  For verdicts the
entry is run once more, and goes on with what each failing call was meant to give.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable, Iterable, Mapping, Sequence

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.shapes.wording import conjunction
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.machine.semantics import Own, Semantics, Table
from kerasmergelint.tracker.program.contracts.met import TensorsMet
from kerasmergelint.tracker.program.merge_keys import MergeKey, key_of
from kerasmergelint.tracker.python.targets import assign
from kerasmergelint.tracker.values.exceptions import ExceptionV, Raised, Reported, is_mistake
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.signals import Returned, Signal
from kerasmergelint.tracker.values.value import Value

Codes = Mapping[str, ir.ModuleCode | None]


def resuming(semantics: Semantics[Interpreter]) -> Semantics[Interpreter]:
    """The same tables, but a statement that fails goes on with unknown results.

    It fails with a finding, or with an error of Python that no ``try`` may be there for.
    """
    execute: dict[type, Callable[[Interpreter, Own], Signal]] = Table()
    execute.update(semantics.execute)
    for kind in (ir.Assign, ir.AugAssign, ir.AnnAssign, ir.ExprStmt, ir.Return):
        execute[kind] = _going_on(execute[kind])
    return replace(semantics, execute=execute)


def _going_on(
    execute: Callable[[Interpreter, Own], Signal],
) -> Callable[[Interpreter, Own], Signal]:
    def run(
        interp: Interpreter,
        node: ir.Assign | ir.AugAssign | ir.AnnAssign | ir.ExprStmt | ir.Return,
    ) -> Signal:
        try:
            return execute(interp, node)
        except Raised as raised:
            if not isinstance(raised, Reported):
                if interp.handlers or not is_mistake(raised.exception):
                    raise
                _note_mistake(interp, raised.exception, node)
            result = interp.unknown("what it comes from fails")
            if isinstance(node, ir.Return):
                return Returned(result)
            for target in _targets(node):
                assign(interp, target, result)
            return None

    return run


def _note_mistake(interp: Interpreter, exception: Value, node: ir.Statement) -> None:
    """What follows works once this statement is mended."""
    assert isinstance(exception, ExceptionV)
    problem = Problem(ProblemKind.PYTHON, exception.type_name, exception.message)
    interp.outputs.events.append(interp.event(problem, interp.site(node), "", None))


def _targets(
    node: ir.Assign | ir.AugAssign | ir.AnnAssign | ir.ExprStmt,
) -> Sequence[ir.Expression]:
    if isinstance(node, ir.ExprStmt):
        return ()
    return node.targets if isinstance(node, ir.Assign) else (node.target,)


def mended(interp: Interpreter, run: Callable[[], Outputs | None]) -> list[Outputs]:
    """A run that goes on after failures, if it leaves nothing out."""
    with (
        aside.supposing(interp, TensorsMet(interp)),
        aside.mending(interp, resuming(interp.semantics)),
    ):
        outputs = run()
    return [] if outputs is None or outputs.cut else [outputs]


def has_failed(run: Outputs) -> bool:
    """Whether Keras refuses something in this run."""
    return run.failed or any(isinstance(event.problem, Problem) for event in run.events)


def verdicts(
    judged: Mapping[MergeKey, Merge], met: Iterable[Merge], codes: Codes
) -> dict[MergeKey, Merge]:
    """The merges that work in runs that went on after failures, with the failures as conditions."""
    after: dict[MergeKey, list[Site]] = {}
    for merge in met:
        after.setdefault(key_of(merge), []).extend(merge.after)
    found: dict[MergeKey, Merge] = {}
    for key, merge in judged.items():
        if merge.verdict not in (Verdict.SAFE, Verdict.CONDITIONAL):
            continue
        lines = _lines(after.get(key, ()), merge.site, codes)
        if lines:
            told = [_are_mended(lines), *([merge.words] if merge.words else [])]
            merge = replace(merge, verdict=Verdict.CONDITIONAL, reason=conjunction(told), needs=())
        found[key] = merge
    return found


_MOST_LINES = 3


def _lines(failures: Iterable[Site], merge: Site, codes: Codes) -> list[str]:
    """Where the failures stand, each line once, in the order of the run."""
    found: dict[str, None] = {}
    for site in failures:
        code = codes.get(site.module.path)
        if code is not None and site.node is not None:
            elsewhere = site.module.path != merge.module.path
            file = f" of {os.path.basename(site.module.path)}" if elsewhere else ""
            found[f"line {span_in(code, site.node).line}{file}"] = None
    return list(found)


def _are_mended(lines: list[str]) -> str:
    rest = len(lines) - _MOST_LINES
    told = lines if rest <= 0 else [*lines[:_MOST_LINES], f"{rest} more"]
    if len(told) == 1:
        return f"{told[0]} is mended"
    return f"{', '.join(told[:-1])} and {told[-1]} are mended"
