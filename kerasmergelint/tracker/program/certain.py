"""Which of the events found on the paths of an entry are certain.

The paths form a tree: two runs that have chosen alike are asked the same question next.  It is a
game: free choices, such as parameters and flags, are made by a player who wants the failure to
happen, all others by one who does not.  A failure is certain if the first player can force it.

Some choices are not made together.  A list that stays empty because one switch is off is a mistake,
but nobody turns all of several off.  The settings of one object were chosen by whoever made it, and
one may follow from the other: ``config.recurrent`` from ``config.network``.  So were the items of a
list that a loop goes through: they fit together.  Nor do several files, random numbers or lines that a
user types all have what leads to a failure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.protocol import Hazard, Problem, ProblemKind
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.machine.paths import Decision, Exploration
from kerasmergelint.tracker.program.allowance import QUESTIONS_ABOUT_FAILURES
from kerasmergelint.tracker.values.terms import Term, is_asked_anew, settings

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


@dataclass(frozen=True, slots=True)
class _Forced:
    """An event that can be forced, and the free choices that the other side would not have led to."""

    event: Event
    questions: tuple[Term, ...]

    def and_by(self, *questions: Term) -> _Forced:
        return replace(self, questions=(*questions, *self.questions))


def certain_events(found: Exploration[Outputs]) -> Iterator[Event]:
    """The certain events, each as one of the runs met it."""
    paths = [_Path(run.decisions, _first_of_each(run.result.events)) for run in found.runs]
    keys = dict.fromkeys(key for path in paths for key in path.events)
    tables = _tables(paths) if keys else frozenset[Term]()
    longest = max((len(path.decisions) for path in paths), default=0)
    for key in islice(keys, max(QUESTIONS_ABOUT_FAILURES // (longest + 1), 1)):
        forced = _forced(paths, key, 0)
        if forced is not None and _may_be_chosen(forced, tables):
            yield forced.event


def met_by_all(found: Exploration[Outputs]) -> dict[Key, Event]:
    """The failures that each run has met, some of which may depend on choices that no run has made."""
    first, *others = (_first_of_each(run.result.events) for run in found.runs)
    return {
        key: event
        for key, event in first.items()
        if isinstance(event.problem, Problem) and all(key in other for other in others)
    }


def _tables(paths: list[_Path]) -> frozenset[Term]:
    """The sequences of which several items were asked for: a row for each round of a loop, say."""
    asked: dict[Term, set[Term]] = {}
    for path in paths:
        for decision in path.decisions:
            for owner, index in settings(decision.term):
                if isinstance(index, int):
                    asked.setdefault(owner, set()).add(index)
    return frozenset(owner for owner, items in asked.items() if len(items) > 1)


def _may_be_chosen(forced: _Forced, tables: frozenset[Term]) -> bool:
    """Whether somebody may want all the choices that force an event."""
    if forced.event.problem.kind is ProblemKind.NO_INPUTS and len(forced.questions) > 1:
        return False
    if tables and any(
        owner in tables for question in forced.questions for owner, _ in settings(question)
    ):
        return False
    problem = forced.event.problem
    no_key = isinstance(problem, Problem) and problem.exception == "KeyError"
    if no_key and any(map(_asks_what_is_in, forced.questions)):
        return False  # whoever passes a mapping, or names for one, passes the key that is needed
    if sum(map(is_asked_anew, forced.questions)) > 1:
        return False
    return _most_of_one_object(forced) <= 1


def _asks_what_is_in(question: Term) -> bool:
    """Whether this asks what is among the things that were passed: ``"mask" in names``."""
    return isinstance(question, tuple) and question[:1] == ("in",)


def _most_of_one_object(forced: _Forced) -> int:
    """How many settings of one object have to be chosen together."""
    names: dict[Term, set[Term]] = {}
    for question in forced.questions:
        for owner, name in settings(question):
            names.setdefault(owner, set()).add(name)
    return max(map(len, names.values()), default=0)


def _first_of_each(events: Sequence[Event]) -> dict[Key, Event]:
    found: dict[Key, Event] = {}
    for event in events:
        found.setdefault(event_key(event), event)
    return found


def _forced(paths: list[_Path], key: Key, index: int) -> _Forced | None:
    """How the event can be forced on paths that chose alike up to the question ``index``; None if not."""
    alone: list[Term] = []
    while True:
        for path in paths:
            event = path.events.get(key)
            if event is not None and event.questions <= index:
                return _Forced(event, tuple(alone))
        sides = _sides(paths, index)
        if len(sides) != 1 or not sides[0][0].decisions[index].free:
            break
        alone += _chosen(sides[0][0].decisions[index])
        paths, index = sides[0], index + 1
    found = [(side[0].decisions[index], _forced(side, key, index + 1)) for side in sides]
    ways = [way.and_by(*_chosen(d)) for d, way in found if d.free and way is not None]
    both = [way for _, way in found if way is not None]
    if len(both) == 2:
        ways.append(replace(max(both, key=_effort), event=both[0].event))
    best = min(ways, key=_effort, default=None)
    return None if best is None else best.and_by(*alone)


def _chosen(decision: Decision) -> tuple[Term, ...]:
    """The question if somebody has to choose: a program that is started as it is has its defaults."""
    term = decision.term
    by_default = isinstance(term, tuple) and term[:1] == ("default",) and decision.choice
    return () if decision.usual or by_default else (term,)


def _effort(way: _Forced) -> tuple[int, int]:
    return _most_of_one_object(way), len(way.questions)


def _sides(paths: list[_Path], index: int) -> list[list[_Path]]:
    """The paths grouped by their next choice, in the order in which they were run; one group or two."""
    sides: dict[bool, list[_Path]] = {}
    for path in paths:
        if len(path.decisions) > index:
            sides.setdefault(path.decisions[index].choice, []).append(path)
    return list(sides.values())
