"""What is certain, of all that was found on the paths of an entry.

The paths form a tree: two runs that chose alike so far were asked the same question next.  A choice
that is somebody's to make is made by whoever wants to see the failure; every other one is made by
whoever does not.  A failure is certain if it is met however those others choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kerasmergelint.keras_api.protocol import Hazard
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.interpreter import Outputs
from kerasmergelint.tracker.machine.paths import Decision, Exploration

Key = tuple[int, object]


def event_key(event: Event) -> Key:
    """What makes two events the same one: the place, and the kind of problem."""
    sure = event.problem.sure if isinstance(event.problem, Hazard) else True
    return (id(event.site.node), (event.problem.kind, sure))


@dataclass(frozen=True, slots=True)
class _Path:
    """A run: what it decided, and the first event of each kind that it met."""

    decisions: tuple[Decision, ...]
    events: dict[Key, Event]


def certain_events(found: Exploration[Outputs]) -> Iterator[Event]:
    """The events that some user of the program is certain to meet, each as one of the runs met it."""
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
    """The event, if it is certain for these paths, which chose alike up to the question ``index``."""
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
    """The paths by what they chose next, in the order in which they were run; one side or two."""
    sides: dict[bool, list[_Path]] = {}
    for path in paths:
        if len(path.decisions) > index:
            sides.setdefault(path.decisions[index].choice, []).append(path)
    return list(sides.values())
