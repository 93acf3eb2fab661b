"""Finds the witness of each failure of an entry, and marks the failures that have none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.machine.paths import Exploration, Run
from kerasmergelint.tracker.machine.witness import Witness
from kerasmergelint.tracker.program.certain import Key, event_key
from kerasmergelint.tracker.program.witnesses.search import Search


@dataclass(frozen=True, slots=True)
class Searching:
    """What the searches of one entry have in common.

    ``body`` runs the entry, and ``kind`` is that of the tensors passed to it; ``lenient_first``: it reads
    data, hardly any of which matters.  ``told`` is everything that is reported about the file so far: a
    failure there does not hide later ones.
    """

    interp: Interpreter
    body: Callable[[Outputs], None]
    kind: TensorKind
    lenient_first: bool
    told: Collection[Key]
    budget: Budget

    def witnessed(self, explored: Exploration[Outputs], events: Sequence[Event]) -> list[Event]:
        """The same events, with their witnesses; each is searched for along the run that met it."""
        found: dict[Key, Witness] = {}
        for run in explored.runs:
            here = {event_key(event) for event in events if _is_of(event, run)}
            for lenient in (self.lenient_first, not self.lenient_first):
                targets = here - found.keys()
                if targets:
                    found.update(Search(self, targets, run.decisions, lenient=lenient).run())
        return [_with(event, found.get(event_key(event))) for event in events]


def _is_of(event: Event, run: Run[Outputs]) -> bool:
    return any(met is event for met in run.result.events)


def _with(event: Event, witness: Witness | None) -> Event:
    return replace(event, witness=witness, unwitnessed=witness is None)
