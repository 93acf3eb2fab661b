"""The course of an analysis, and what it foretells of the next one, after an edit.

An editor wants findings at once, and most of an analysis goes into runs of which an edit changes
nothing: those that enter no changed function, and those that follow all paths together and report no
failures.  An early answer takes them for done: they use as many steps as the last time, and enter the
same functions.  It is seldom wrong; the whole analysis, which comes after it, always has the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, Protocol

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.outline import outline
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs

# Fewer steps than this are not worth an answer of their own: a hundredth of a second.
_LEAST: Final = 3_000


@dataclass(frozen=True, slots=True)
class Spent:
    """Steps that were used: of the file's budget, on further paths, and on witnesses."""

    steps: int = 0
    on_others: int = 0
    on_witnesses: int = 0

    def and_also(self, other: Spent) -> Spent:
        return Spent(
            self.steps + other.steps,
            self.on_others + other.on_others,
            self.on_witnesses + other.on_witnesses,
        )

    def since(self, before: Spent) -> Spent:
        return Spent(
            self.steps - before.steps,
            self.on_others - before.on_others,
            self.on_witnesses - before.on_witnesses,
        )


class Spending(Protocol):
    """Knows what was spent so far."""

    @property
    def spent(self) -> Spent: ...


@dataclass(slots=True)
class Ran:
    """What the runs of an entry came to.

    ``entered`` are the functions of the file that they entered, ``together`` the steps of the run that
    followed all paths together.
    """

    spent: Spent = Spent()
    entered: frozenset[str] = frozenset()
    events: tuple[Event, ...] = ()
    together: int = 0


MODULE: Final = ""
"""The name of the entry that is the file itself."""


class Course:
    """What the entries of a file came to, by name; with a course ``before`` it takes some of them for done.

    ``kept`` are the entries that are not explored.
    """

    def __init__(self, code: ir.ModuleCode, before: Course | None = None) -> None:
        self.outline = outline(code)
        self.kept: set[str] = set()
        self._name, self._current = MODULE, Ran()
        self.ran = {MODULE: self._current}
        self._past: Mapping[str, Ran] = {} if before is None else before.ran
        self._changed = None if before is None else self.outline.changed_since(before.outline)

    @property
    def is_early(self) -> bool:
        """Whether enough is left out for an answer before the whole one."""
        whole = self._past.get(MODULE)
        if whole is None:
            return False
        keeps = not self._changes(whole.entered)
        return sum(self._saved(ran, keeps) for ran in self._past.values()) >= _LEAST

    def _saved(self, ran: Ran, keeps: bool) -> int:
        """The steps that an entry does not use again, if unchanged ones are kept."""
        if keeps and not self._changes(ran.entered):
            return ran.spent.steps
        return ran.together

    def _changes(self, functions: frozenset[str]) -> bool:
        """Whether the edit may change what is entered with these functions."""
        return self._changed is None or not self._changed.isdisjoint(functions)

    # -- entries -------------------------------------------------------------------------------

    def begin_entries(self, interp: Interpreter) -> None:
        """The file itself was run, up to its end: now its functions are entered on their own."""
        self._current.entered = self.outline.named(interp.entered)
        if self._changes(self._current.entered):
            self._changed = None

    @contextmanager
    def exploring(
        self, interp: Interpreter, name: str, spending: Spending, events: list[Event]
    ) -> Iterator[None]:
        """While an entry is explored; ``events`` and ``spending`` are those of all entries.

        What ends it early ends the whole analysis, and nobody asks for its course.
        """
        around = self._name, self._current
        self._name, self._current = name, Ran()
        before, told = spending.spent, len(events)
        with aside.entering_anew(interp) as entered:
            yield
        ran = self._current
        self._name, self._current = around
        ran.spent = spending.spent.since(before)
        ran.entered = self.outline.named(entered)
        ran.events = tuple(events[told:])
        self.ran[name] = ran

    def kept_as_before(self, interp: Interpreter, name: str) -> Spent | None:
        """What an entry used the last time, if it need not be explored; it enters what it did then."""
        ran = self._past.get(name)
        if ran is None or self._changes(ran.entered):
            return None
        self.kept.add(name)
        interp.entered.update(self.outline.codes(ran.entered))
        return ran.spent

    def together(self, interp: Interpreter, run: Callable[[], Outputs]) -> Outputs:
        """The run that follows all paths of the entry together; after an edit only its steps count."""
        known = self._past.get(self._name, Ran()).together
        if known:
            interp.budget.used += known
            return Outputs()
        before = interp.budget.used
        outputs = run()
        self._current.together = interp.budget.used - before
        return outputs
