"""The calls of a program that fail, with the tensors that they were given."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import Problem
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.program.report import Report
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Recipe, Site, TensorV


@dataclass(frozen=True, slots=True)
class Break:
    """A failing call: what fails, where and why; ``guilty`` are the operands at fault."""

    callee: str
    site: Site
    detail: str
    operands: tuple[TensorV, ...]
    guilty: tuple[TensorV, ...]
    recipe: Recipe

    @property
    def reason(self) -> str:
        """Why nothing is known of what the call would have given."""
        return f"{self.callee} fails"


def breaks_in(report: Report) -> Iterator[Break]:
    """The failing calls on tensors of a graph, in the order in which they were met."""
    for event in report.events:
        found = _break(event)
        if found is not None and any(operand.node is not None for operand in found.operands):
            yield found


def _break(event: Event) -> Break | None:
    problem, recipe = event.problem, event.record
    if not isinstance(problem, Problem) or not isinstance(recipe, Recipe):
        return None
    operands = tuple(
        leaf
        for leaf in leaves((*recipe.args, *recipe.keywords.values()))
        if isinstance(leaf, TensorV)
    )
    at_fault = tuple(operands[index] for index in problem.operands if index < len(operands))
    return Break(event.callee, event.site, problem.detail, operands, at_fault or operands, recipe)
