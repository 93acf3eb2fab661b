"""What is recorded of a call: its outputs, its verdict, its hazards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.doubts import COMPARED, of_length
from kerasmergelint.keras_api.protocol import Config, Nest, Outcome, Problem, TensorSpec
from kerasmergelint.late import late
from kerasmergelint.shapes import UNKNOWN, Expr
from kerasmergelint.shapes.dim import is_readable
from kerasmergelint.shapes.entailment import minimal
from kerasmergelint.shapes.needs import NEVER, Need, leaves_of
from kerasmergelint.shapes.residues import symbols
from kerasmergelint.shapes.wording import words
from kerasmergelint.tracker.keras.combination import Combination
from kerasmergelint.tracker.keras.convert import shape_leaves
from kerasmergelint.tracker.machine import facts
from kerasmergelint.tracker.machine.events import (
    Call,
    Demand,
    Merge,
    Reached,
    Verdict,
    suspect_of,
)
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Recipe, Site, TensorV
from kerasmergelint.tracker.values.value import UnknownV, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.keras import sizes_met, stated, types_met
else:
    sizes_met = late("kerasmergelint.tracker.keras.sizes_met")
    stated = late("kerasmergelint.tracker.keras.stated")
    types_met = late("kerasmergelint.tracker.keras.types_met")


def number_outputs(result: Value) -> Value:
    """Give each tensor of a nest its index among the outputs of its node."""
    if type(result) is TensorV:
        result.index = 0
        return result
    for index, leaf in enumerate(leaves(result)):
        if isinstance(leaf, TensorV):
            leaf.index = index
    return result


def note_outcome(
    interp: Interpreter, combination: Combination, outcome: Outcome, recipe: Recipe | None
) -> None:
    """Record the verdict on a merge that did not fail, and its hazards."""
    site, label, operands = combination.site, combination.label, combination.operands
    report_hazards(interp, site, label, outcome, operands, recipe)
    supposed = [n for demand in interp.outputs.demands if demand.of_result for n in demand.needs]
    met = _met(interp, combination) if interp.explaining else ()
    types = _types(interp, combination) if interp.explaining else ()
    supposed.extend(filter(_is_callers, met))
    met = tuple(need for need in met if not _is_callers(need))
    if supposed:
        outcome = replace(outcome, doubts=(*outcome.doubts, *supposed))
    if not outcome.doubts and not met and combination.tentative:
        note_unknowns(interp, combination)  # of what is not known, the rule asks nothing
        return
    demand = note_demand(interp, site, label, outcome) if outcome.doubts else None
    needs = (*(() if demand is None else demand.needs), *met)
    if demand is not None and demand.unsaid:
        why = _why(operands, demand.unsaid)
        merge = Merge(site, label, Verdict.UNKNOWN, why, tentative=combination.tentative)
        if interp.explaining:
            merge = _in_words(interp, merge, operands, stated.stated(interp, combination))
    elif not needs:
        merge = Merge(site, label, Verdict.SAFE, "")
    elif NEVER in needs:
        merge = Merge(site, label, Verdict.UNKNOWN, "no sizes fit on one of the paths")
    else:
        merge = Merge(site, label, Verdict.CONDITIONAL, words(needs), needs)
    _add(interp, replace(merge, types=types) if types else merge)


def _met(interp: Interpreter, combination: Combination) -> tuple[Need, ...]:
    """What is needed of sizes that only a run knows."""
    if not stated.is_spelled(interp, combination.site.node, combination.label):
        return ()
    return sizes_met.needs(combination, lambda *at: stated.size_in_words(interp, combination, *at))


def _types(interp: Interpreter, combination: Combination) -> tuple[str, ...]:
    """What is needed of data types that only callers know."""
    if not stated.is_spelled(interp, combination.site.node, combination.label):
        return ()
    return tuple(types_met.needed(interp, combination))


def _is_callers(need: Need) -> bool:
    """Whether a need is about batches, which callers know; a variable may hold other lengths later on."""
    return all(leaf.name.endswith("[0]") and stated.has_name(leaf.name) for leaf in leaves_of(need))


def note_unknowns(interp: Interpreter, combination: Combination) -> None:
    """Record that nothing is known of the operands of what combines tensors by its names."""
    site, label, operands = combination.site, combination.label, combination.operands
    merge = Merge(site, label, Verdict.UNKNOWN, _why(operands, COMPARED), tentative=True)
    _add(interp, _in_words(interp, merge, operands, stated.stated(interp, combination)))


def _in_words(
    interp: Interpreter, merge: Merge, operands: Value, told: stated.Stated | None
) -> Merge:
    told = told or stated.Stated("")
    suspect = suspect_of(merge.site, operands)
    supposes = bool(told.words) and not told.needs
    merge = replace(merge, suspect=suspect, needs=told.needs, stated=told.words, supposes=supposes)
    return replace(merge, general=told.general)


_SIZES = ("units", "filters")


def note_sizes(interp: Interpreter, site: Site, label: str, config: Config) -> None:
    """A layer needs one unit at least: ``Dense(channels // 16)`` may ask for none."""
    for name in _SIZES:
        size = config.get(name)
        if size is UNKNOWN:
            unsaid = f"the number of {name} is not known"
            interp.outputs.demands.append(Demand(site, label, (), unsaid))
        if isinstance(size, Expr) and all(leaf.positive for leaf in symbols(size)):
            doubts = of_length(size)
            if doubts:
                note_demand(interp, site, label, Outcome(None, doubts))


# How many earlier demands are considered.
_LATEST = 12


def note_supposed(interp: Interpreter, site: Site, label: str, outcome: Outcome) -> None:
    """Note what the outputs of a call rest on, for whatever they are merged with."""
    demand = note_demand(interp, site, label, Outcome(None, outcome.supposed))
    if demand is not None:
        interp.outputs.demands[-1] = replace(demand, of_result=True)


def note_demand(interp: Interpreter, site: Site, label: str, outcome: Outcome) -> Demand | None:
    """What a call needs beyond earlier demands; None for nothing."""
    unsaid = next((doubt for doubt in outcome.doubts if isinstance(doubt, str)), "")
    latest = interp.outputs.demands[-_LATEST:]
    before = [need for demand in latest if not demand.of_result for need in demand.needs]
    known = facts.of_path(interp.path, tuple(before[-_LATEST:]))
    needs = minimal((need for need in outcome.doubts if isinstance(need, Need)), known)
    if not all(is_readable(leaf.name) for need in needs for leaf in leaves_of(need)):
        needs, unsaid = (), unsaid or COMPARED
    if not needs and not unsaid:
        return None
    demand = Demand(site, label, needs, unsaid)
    interp.outputs.demands.append(demand)
    return demand


def _why(operands: Value, doubt: str) -> str:
    for leaf in leaves(operands):
        if isinstance(leaf, UnknownV):
            return leaf.reason
    return doubt


def note_merge(interp: Interpreter, site: Site, label: str, verdict: Verdict, why: str) -> None:
    _add(interp, Merge(site, label, verdict, why))


def _add(interp: Interpreter, merge: Merge) -> None:
    # Models are replayed when no code runs.
    if interp.frames and merge.site.module.path != interp.frames[0].module.path:
        merge = replace(merge, reached=_reached(interp.frames))
    if interp.mending:
        failures = (e.site for e in interp.outputs.events if isinstance(e.problem, Problem))
        merge = replace(merge, after=tuple(failures))
    interp.outputs.merges.append(merge)


def _reached(frames: Sequence[Frame]) -> Reached | None:
    """The way from the file that is run; None for what another file does when it is imported."""
    through: list[Site] = []
    for frame in reversed(frames):
        if frame.called_from is None:
            return None
        if frame.code is not None:
            through.append(Site(frame.module, frame.code))
        if frame.called_from.module.path == frames[0].module.path:
            return Reached(frame.called_from, tuple(reversed(through)))
    return None


def report_hazards(
    interp: Interpreter,
    site: Site,
    label: str,
    outcome: Outcome,
    operands: Value,
    recipe: Recipe | None = None,
) -> None:
    for hazard in outcome.hazards:
        interp.report(hazard, site, label, operands, recipe)


def record(
    interp: Interpreter, site: Site, label: str, nest: Nest, outputs: Nest, *, custom: bool = False
) -> None:
    """Record a call on symbolic tensors, for summaries."""
    if interp.recording and not interp.tracing:
        call = Call(site, label, shape_leaves(nest), shape_leaves(outputs), custom)
        interp.outputs.calls.append(call)


def input_call(site: Site, spec: TensorSpec) -> Call:
    """``Input(...)``, for summaries."""
    return Call(site, "Input", (), (spec.shape,))
