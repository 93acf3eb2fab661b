"""Each failure of an entry gets its witness, or is told apart as one that has none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.interpreter import Budget, Interpreter, Outputs
from kerasmergelint.tracker.machine.paths import Exploration, Run
from kerasmergelint.tracker.machine.witness import Witness
from kerasmergelint.tracker.program.certain import Key, event_key
from kerasmergelint.tracker.program.witnesses.search import Search


def with_witnesses(
    interp: Interpreter,
    body: Callable[[Outputs], None],
    explored: Exploration[Outputs],
    events: Sequence[Event],
    told: Collection[Key],
    kind: TensorKind,
    budget: Budget,
    errors: list[Exception],
) -> list[Event]:
    """The same events; ``kind`` is that of tensors that are passed to the entry.

    ``told`` is all that is reported of the file by now: what fails there does not hide what comes later.
    """
    found: dict[Key, Witness] = {}
    for run in explored.runs:
        targets = {event_key(e): e for e in events if _is_of(e, run) and event_key(e) not in found}
        if targets:
            found.update(
                Search(interp, body, targets, told, run.decisions, kind, budget, errors).run()
            )
    return [_with(event, found.get(event_key(event))) for event in events]


def _is_of(event: Event, run: Run[Outputs]) -> bool:
    return any(met is event for met in run.result.events)


def _with(event: Event, witness: Witness | None) -> Event:
    return replace(event, witness=witness, unwitnessed=witness is None)
