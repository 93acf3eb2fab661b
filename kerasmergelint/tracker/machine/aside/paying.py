"""Who pays for a block: how many steps it may use, and of which budget."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.machine.aside.fields import holding
from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.interpreter import Interpreter


def at_most(interp: Interpreter, steps: int) -> AbstractContextManager[None]:
    """Within a block that may use at most ``steps`` more of the budget."""
    budget = interp.budget
    return holding(budget, steps=min(budget.steps, budget.used + steps))


def beyond(interp: Interpreter, steps: int) -> AbstractContextManager[None]:
    """Within a block that has ``steps`` of its own."""
    budget = interp.budget
    return holding(budget, steps=budget.used + steps)


def paid_from(interp: Interpreter, budget: Budget) -> AbstractContextManager[None]:
    """While another budget pays; what is entered meanwhile counts as not entered yet."""
    return holding(interp, budget=budget, entered=set(interp.entered))


@contextmanager
def share_of(budget: Budget, parts: int) -> Iterator[Budget]:
    """One of so many equal parts of what is left of a budget; what is used of it counts there."""
    share = Budget(budget.left // parts)
    try:
        yield share
    finally:
        budget.used += share.used


@dataclass(slots=True)
class ImportSteps:
    """The steps that imports have used: of files of the project, and of installed packages."""

    on_project: int = 0
    on_libraries: int = 0
    importing: bool = False

    def is_over(self, budget: Budget, *, library: bool) -> bool:
        """Whether no step is left for another file."""
        if library:
            return self.on_libraries >= budget.steps
        return self.on_project >= budget.steps // 3


@contextmanager
def paid_by_project(interp: Interpreter, spending: ImportSteps) -> Iterator[None]:
    """Within the import of a file of the project: all of them may use a third of the steps.

    The file itself comes first: some packages import all of themselves, through star imports in every file.
    """
    if spending.importing:  # part of another import, which pays
        yield
        return
    used = interp.budget.used
    spending.importing = True
    try:
        with at_most(interp, interp.budget.steps // 3 - spending.on_project):
            yield
    finally:
        spending.importing = False
        spending.on_project += interp.budget.used - used


@contextmanager
def paying_itself(interp: Interpreter, spending: ImportSteps) -> Iterator[None]:
    """Within the import of an installed package: they have as many steps of their own as the program has."""
    used, on_project, importing = interp.budget.used, spending.on_project, spending.importing
    spending.importing = True
    try:
        with beyond(interp, interp.budget.steps - spending.on_libraries):
            yield
    finally:
        spending.on_libraries += max(interp.budget.used - used, 0)
        interp.budget.used, spending.on_project, spending.importing = used, on_project, importing
