"""Paths: what a run assumes about conditions that it cannot decide.

A run is a single path through the program.  Where a condition is not known, :meth:`Path.decide` picks
a side, remembers it under the condition's canonical term, and every later test of the same condition
on that path gets the same answer.  :func:`explore` then runs the program again with single choices
flipped, nearest to the default path first, until all paths or the budget are used up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.shapes import Expr
from kerasmergelint.shapes.needs import Fact, Need
from kerasmergelint.tracker.machine import kinds
from kerasmergelint.tracker.machine.intervals import Interval, is_size, less_than, more_than
from kerasmergelint.tracker.values.terms import Term, is_free
from kerasmergelint.tracker.values.value import Value


@dataclass(frozen=True, slots=True)
class Decision:
    """One choice: the question, the answer, and whether the answer is free to choose.

    ``usual``: it only says that a parameter has its default; the other answer is not explored.
    """

    term: Term
    choice: bool
    free: bool
    usual: bool = False


# Terms that name something unknown; all else in a question is constant.
_NAMES = (tuple, Expr)


def normalise(term: Term) -> tuple[Term, bool]:
    """The canonical question, and whether its answer has to be negated.

    ``a != b`` is ``not a == b``; ``a >= b`` is ``not a < b``; ``a > b`` is ``b < a``; ``a == None``
    is ``a is None``.
    """
    negated = False
    while isinstance(term, tuple) and term:
        operator = term[0]
        if operator == "not":
            term, negated = term[1], not negated
        elif operator in ("!=", "is not", "not in"):
            positive = {"!=": "==", "is not": "is", "not in": "in"}[operator]
            term, negated = (positive, *term[1:]), not negated
        elif operator == ">=":
            term, negated = ("<", term[1], term[2]), not negated
        elif operator == "<=":
            term, negated = ("<", term[2], term[1]), not negated
        elif operator == ">":
            term = ("<", term[2], term[1])
        elif (
            operator in ("==", "is")
            and not isinstance(term[1], _NAMES)
            and isinstance(term[2], _NAMES)
        ):
            term = (operator, term[2], term[1])
        elif operator == "==" and term[2] is None:
            return ("is", term[1], None), negated
        else:
            break
    return term, negated


def _has_no_value(question: Term) -> bool:
    """Whether this asks if a required parameter is None: no caller is known to pass that.

    The question is about a parameter, or an item of one that is a sequence.
    """
    if not isinstance(question, tuple) or len(question) != 3 or question[0] not in ("==", "is"):
        return False
    term = question[1]
    while isinstance(term, tuple) and term[:1] == ("item",) and isinstance(term[2], int):
        term = term[1]
    return question[2] is None and isinstance(term, tuple) and term[:1] == ("param",)


def _is_about_length(question: Term) -> bool:
    """Whether this asks for the length of something.

    A caller passes a sequence that fits: one that is too short is nobody's free choice.
    """
    if not isinstance(question, tuple) or not question:
        return False
    return question[:2] == ("call", ("name", "len")) or any(map(_is_about_length, question[1:]))


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a number of ``answers`` say about sizes: which are equal, and which are not."""

    answers: int = 0
    equal: tuple[Need, ...] = ()
    unequal: frozenset[Fact] = frozenset()


@dataclass(slots=True)
class Path:
    """The assumptions of one run.  ``forced`` are the answers to its first questions."""

    forced: tuple[bool, ...] = ()
    taken: list[Decision] = field(default_factory=list)
    answers: dict[Term, bool] = field(default_factory=dict)
    equal: dict[Term, Any] = field(default_factory=dict)
    bounds: dict[Term, Interval] = field(default_factory=dict)
    types: dict[Term, list[tuple[frozenset[str], bool]]] = field(default_factory=dict)
    # Whose data types are floats, or those of something else, by terms.
    dtypes: dict[Term, Term] = field(default_factory=dict)
    # attributes assigned to objects that are otherwise unknown
    written: dict[Term, Value] = field(default_factory=dict)
    # What an unknown object is since something may have changed it.
    changed: dict[Term, Term] = field(default_factory=dict)
    # Parameters, by term, whose default None or 0 means "not given".
    absent: dict[Term, int | None] = field(default_factory=dict)
    # Remembered, since every merge asks for it; answers are never taken back.
    sizes: Sizes = field(default_factory=Sizes)

    @property
    def is_free(self) -> bool:
        """Whether everything that was decided so far is free to choose, or as usual."""
        return all(made.free or made.usual for made in self.taken)

    def known(self, term: Term) -> bool | None:
        """The answer, if it follows from the assumptions."""
        question, negated = normalise(term)
        answer = self._implied(question)
        return None if answer is None else answer is not negated

    def decide(self, term: Term, *, prefer: bool) -> bool:
        """Answer a question; an open one gets the forced or the preferred answer."""
        question, negated = normalise(term)
        answer = self._implied(question)
        if answer is None:
            index = len(self.taken)
            usual = self._as_absent(question)
            preferred = prefer is not negated if usual is None else usual
            answer = self.forced[index] if index < len(self.forced) else preferred
            free = is_free(question) and not _is_about_length(question)
            if answer and usual is None and _has_no_value(question):
                free = False
            self.taken.append(Decision(question, answer, free, usual is not None))
            self._learn(question, answer)
        return answer is not negated

    def usual(self, term: Term) -> bool | None:
        """The answer to a question that is only explored for parameters with their defaults."""
        question, negated = normalise(term)
        answer = self._as_absent(question)
        return None if answer is None else answer is not negated

    def branch(self) -> Path:
        """A copy of the assumptions for one of two branches; both share the choices."""
        return replace(
            self,
            answers=dict(self.answers),
            equal=dict(self.equal),
            bounds=dict(self.bounds),
            types={term: list(known) for term, known in self.types.items()},
            dtypes=dict(self.dtypes),
            written=dict(self.written),
            changed=dict(self.changed),
        )

    def change(self, term: Term, changed: Term) -> None:
        """From now on, what is asked of an unknown object has nothing to do with earlier answers."""
        if term is not None:
            self.changed[term] = changed

    def assume(self, term: Term, *, answer: bool) -> None:
        """Assume a fact without a choice (``assert``, a guard that raises)."""
        question, negated = normalise(term)
        if self._implied(question) is None:
            self._learn(question, answer is not negated)

    def _as_absent(self, question: Term) -> bool | None:
        """The answer if the parameter in question has its default; None if none is in question."""
        if question in self.absent:
            return bool(self.absent[question])
        if not isinstance(question, tuple) or len(question) < 2:
            return None
        operator, left, *rest = question
        if operator == "<" and rest and (left in self.absent or rest[0] in self.absent):
            low, high = self.absent.get(left, left), self.absent.get(rest[0], rest[0])
            if isinstance(low, (int, float)) and isinstance(high, (int, float)):
                return low < high
            return None
        if left not in self.absent:
            return None
        default = self.absent[left]
        if operator in ("==", "is"):
            return bool(default == rest[0])
        if operator == "in" and isinstance(rest[0], tuple) and rest[0][:1] == ("tuple",):
            return default in rest[0][1:]
        return callable(default) if operator == "callable" else False

    def _implied(self, question: Term) -> bool | None:
        if question in self.answers:
            return self.answers[question]
        if not isinstance(question, tuple):
            return None
        if question in self.equal:
            return bool(self.equal[question])
        if len(question) != 3:
            return self._implied_truth(question)
        operator, left, right = question
        if operator in ("==", "is"):
            return self._implied_equality(left, right)
        if operator == "<":
            return self._implied_order(left, right)
        if operator == "isinstance" and left in self.types:
            return self._implied_type(left, kinds.names_of(right))
        return self._implied_truth(question)

    def _implied_truth(self, term: Term) -> bool | None:
        """Whether a term is true, by what is known of its size or length."""
        bounds = self.bounds.get(term) or self.bounds.get(("call", ("name", "len"), term))
        if bounds is None:
            return None
        is_zero = bounds.equals(0)
        return None if is_zero is None else not is_zero

    def _implied_equality(self, left: Term, right: Term) -> bool | None:
        if isinstance(right, _NAMES):
            if self.answers.get(("<", left, right)) or self.answers.get(("<", right, left)):
                return False
            return self.answers.get(("==", right, left))
        if left in self.equal:
            return bool(self.equal[left] == right)
        if right is None:
            return False if self._is_something(left) else None
        truth = self.answers.get(left)
        if truth is not None and truth is not bool(right):
            return False
        bounds = self.bounds.get(left) or self._bounds_by_truth(left)
        if bounds is not None and isinstance(right, (int, float)):
            return bounds.equals(right)
        return None

    def _is_something(self, term: Term) -> bool:
        """Whether a term is certainly not None: it is true, or was compared, or has a type."""
        if self.answers.get(term) or term in self.bounds:
            return True
        return any(yes and kinds.excludes_none(names) for names, yes in self.types.get(term, ()))

    def _implied_order(self, left: Term, right: Term) -> bool | None:
        if isinstance(right, (int, float)):
            bounds = self.bounds.get(left) or self._bounds_by_truth(left)
            return None if bounds is None else bounds.before(right)
        if isinstance(left, (int, float)):
            bounds = self.bounds.get(right) or self._bounds_by_truth(right)
            return None if bounds is None else bounds.after(left)
        for question in (("<", right, left), ("==", left, right), ("==", right, left)):
            if self.answers.get(question):
                return False
        return None

    def _bounds_by_truth(self, term: Term) -> Interval | None:
        """Bounds from truth: no size is negative, and an empty sequence has length 0."""
        if is_size(term):
            return Interval(low=(0, 0))
        if not isinstance(term, tuple) or term[:2] != ("call", ("name", "len")):
            return None
        truth = self.answers.get(term[2]) if len(term) == 3 else None
        if truth is None:
            return Interval(low=(0, 0))
        return Interval(low=(1, 0)) if truth else Interval((0, 0), (0, 0))

    def _implied_type(self, term: Term, asked: frozenset[str]) -> bool | None:
        for names, yes in self.types[term]:
            answer = kinds.implied(asked, names, answer=yes)
            if answer is not None:
                return answer
        return None

    def _learn(self, question: Term, answer: bool) -> None:
        self.answers[question] = answer
        if not isinstance(question, tuple) or len(question) != 3:
            return
        operator, left, right = question
        if operator in ("==", "is") and answer and not isinstance(right, _NAMES):
            self.equal[left] = right
        elif operator == "isinstance":
            self.types.setdefault(left, []).append((kinds.names_of(right), answer))
        elif operator == "<" and isinstance(right, (int, float)):
            self._bound(left, less_than(right, left, answer=answer))
        elif operator == "<" and isinstance(left, (int, float)):
            self._bound(right, more_than(left, right, answer=answer))

    def _bound(self, term: Term, interval: Interval) -> None:
        old = self.bounds.get(term) or self._bounds_by_truth(term)
        self.bounds[term] = interval if old is None else old.and_also(interval)


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Run(Generic[Result]):
    """One finished path and its result."""

    decisions: tuple[Decision, ...]
    result: Result


@dataclass(frozen=True, slots=True)
class Exploration(Generic[Result]):
    """All runs, the default one first; ``complete`` if no path was left out."""

    runs: tuple[Run[Result], ...]
    complete: bool


_MAX_IDLE_RUNS = 4


class _Queue:
    """The paths still to run; those that decide about a finding come first."""

    def __init__(self) -> None:
        self._needed: deque[tuple[bool, ...]] = deque()
        self._free: deque[tuple[bool, ...]] = deque()
        self._idle: dict[tuple[bool, ...], None] = {}
        self._idle_runs = 0
        self._known: set[tuple[bool, ...]] = {()}

    def note(self, forced: tuple[bool, ...], *, needed: bool, free: bool) -> None:
        """Queue a path that could be followed; it is free if it ends in a new free choice."""
        if forced in self._known:
            return
        if needed or free:
            self._known.add(forced)
            self._idle.pop(forced, None)
            (self._needed if needed else self._free).append(forced)
        else:
            self._idle[forced] = None

    def followed(self, choices: tuple[bool, ...]) -> None:
        """Note that a run has made these choices: no other need do so."""
        self._known.add(choices)
        self._idle.pop(choices, None)

    def take(self, may_go_on: Callable[[bool], bool]) -> tuple[bool, ...] | None:
        """The next path for which ``may_go_on(needed)`` holds, if there is one."""
        if self._needed and may_go_on(True):
            return self._needed.popleft()
        if not may_go_on(False):
            return None
        if self._free:
            return self._free.popleft()
        if 0 < len(self._idle) <= _MAX_IDLE_RUNS - self._idle_runs:
            self._idle_runs += 1
            forced = next(iter(self._idle))
            del self._idle[forced]
            return forced
        return None

    @property
    def empty(self) -> bool:
        return not (self._needed or self._free or self._idle)


def explore(
    run: Callable[[Path], Result],
    *,
    max_runs: int,
    may_go_on: Callable[[bool], bool],
    hangs_on: Callable[[Result, int], bool] = lambda result, index: True,
) -> Exploration[Result]:
    """Run the default path, then those with choices flipped, breadth first.

    A failure behind a choice that nobody is free to make is certain only if the other side fails,
    too: such a choice is flipped if a finding ``hangs_on`` it (by its index); otherwise only while
    there are few, for the sake of code that no other path reaches.  ``may_go_on(needed)`` is asked
    before each further path.
    """
    queue = _Queue()
    runs: list[Run[Result]] = []
    forced: tuple[bool, ...] | None = ()
    while forced is not None:
        path = Path(forced)
        result = run(path)
        choices = tuple(decision.choice for decision in path.taken)
        runs.append(Run(tuple(path.taken), result))
        # Of a long path, only some choices can be flipped.
        for index, decision in enumerate(path.taken[: len(forced) + max_runs]):
            queue.followed(choices[: index + 1])
            if not decision.usual:
                free = decision.free and index >= len(forced)
                needed = hangs_on(result, index)
                if needed or index >= len(forced):
                    queue.note((*choices[:index], not choices[index]), needed=needed, free=free)
        forced = queue.take(may_go_on) if len(runs) < max_runs else None
    return Exploration(tuple(runs), complete=queue.empty)
