"""Which of the events found on the paths of an entry are certain.

The paths form a tree: two runs that have chosen alike are asked the same question next.  It is a
game: free choices, such as parameters and flags, are made by a player who wants the failure to
happen, all others by one who does not.  A failure is certain if the first player can force it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import Hazard
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.machine.paths import Decision, Exploration

Key = tuple[int, object]


def event_key(event: Event) -> Key:
    """Two events are the same if the place and the kind of problem are."""
    sure = event.problem.sure if isinstance(event.problem, Hazard) else True
    return (id(event.site.node), (event.problem.kind, sure))


@dataclass(frozen=True, slots=True)
class _Path:
    """One run: its decisions, and the first event of each kind that it met."""

    decisions: tuple[Decision, ...]
    events: dict[Key, Event]


def certain_events(found: Exploration[Outputs]) -> Iterator[Event]:
    """The certain events, each as one of the runs met it."""
    paths = [_Path(run.decisions, _first_of_each(run.result.events)) for run in found.runs]
    keys = dict.fromkeys(key for path in paths for key in path.events)
    for key in keys:
        event = _met(paths, key, 0)
        if event is not None:
            yield event


def _first_of_each(events: Sequence[Event]) -> dict[Key, Event]:
    found: dict[Key, Event] = {}
    for event in events:
        found.setdefault(event_key(event), event)
    return found


def _met(paths: list[_Path], key: Key, index: int) -> Event | None:
    """The event if it is certain for these paths, which chose alike up to the question ``index``."""
    while True:
        for path in paths:
            event = path.events.get(key)
            if event is not None and event.questions <= index:
                return event
        sides = _sides(paths, index)
        if len(sides) != 1 or not sides[0][0].decisions[index].free:
            break
        paths, index = sides[0], index + 1
    found = [(side[0].decisions[index].free, _met(side, key, index + 1)) for side in sides]
    if len(sides) == 2 and all(event for _, event in found):
        return found[0][1]
    return next((event for free, event in found if free and event is not None), None)


def _sides(paths: list[_Path], index: int) -> list[list[_Path]]:
    """The paths grouped by their next choice, in the order in which they were run; one group or two."""
    sides: dict[bool, list[_Path]] = {}
    for path in paths:
        if len(path.decisions) > index:
            sides.setdefault(path.decisions[index].choice, []).append(path)
    return list(sides.values())
