"""Failures that have one cause: the file was written for an API or a setting that it does not get.

One of these is reported, and the others are listed on demand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.keras_2 import asks_for_the_version
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.program.eras import gives_windows_by_place

# Keras 2.0 to 2.3 took most of what Keras 1 had: such a file may have been written for them as well.
_UNTIL = "Keras 2.3 or older"
_KERAS_2 = "Keras 2"
_OF_KERAS_1 = frozenset({ProblemKind.REMOVED_NAME, ProblemKind.OLD_ARGUMENT})
_OF_KERAS_2 = frozenset({ProblemKind.GONE_NAME, ProblemKind.NOT_IN_KERAS_3})


@dataclass(frozen=True, slots=True)
class Folding:
    """Events of one cause; ``why`` says it, after "this file was written for"."""

    events: tuple[Event, ...]
    why: str


def is_of_keras_1(event: Event) -> bool:
    """Whether a program uses what Keras 1 had; `tensorflow.keras` never had its names."""
    node = event.site.node
    if isinstance(node, ir.ImportFrom) and node.module.startswith("tensorflow."):
        return False
    return isinstance(event.problem, Problem) and event.problem.kind in _OF_KERAS_1


def _is_of_keras_2(event: Event) -> bool:
    return isinstance(event.problem, Problem) and event.problem.kind in _OF_KERAS_2


def without_gone_names(
    events: list[Event], programs: Callable[[], Iterable[tuple[str, str]]]
) -> list[Event]:
    """The events that remain where another program of the project asks which version it has."""
    if not any(map(_is_gone_name, events)):
        return events
    if not any(asks_for_the_version(text) for _, text in programs()):
        return events
    return [event for event in events if not _is_gone_name(event)]


def _is_gone_name(event: Event) -> bool:
    return isinstance(event.problem, Problem) and event.problem.kind is ProblemKind.GONE_NAME


def of_older_keras(
    events: Sequence[Event],
    text_of: Callable[[str], str],
    in_keras_2: Callable[[], Iterable[Event]],
) -> tuple[list[Event], Folding | None]:
    """Tell the events that stand for themselves from those of a file that was written for Keras 1 or 2.

    The latter are what only Keras 1 has, and whatever Keras 2 accepts.  Where windows are given by
    position, as in `Conv2D(32, 3, 3)`, they are all events, since every size would be another.
    """
    by_place = {
        path
        for path in {event.site.module.path for event in events}
        if gives_windows_by_place(text_of(path))
    }
    oldest = bool(by_place) or any(map(is_of_keras_1, events))
    if not oldest and not any(map(_is_of_keras_2, events)):
        return list(events), None
    alike = list(in_keras_2())
    own = [
        event
        for event in alike
        if not is_of_keras_1(event) and event.site.module.path not in by_place
    ]
    kept = {id(event) for event in own}
    folded = tuple(event for event in events if id(event) not in kept)
    return own, Folding(folded, _UNTIL if oldest else _KERAS_2) if folded else None
