"""The search for values that lead to failures: runs of one entry with more and more of them chosen.

A run begins with the values chosen so far.  Where it needs another, the search chooses one by its
use, and begins again; if a run misses the failure, the next one has another value for one of them.
A failure that is met when every value asked for on the way is decided has its witness.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection
from typing import Final, Protocol

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.keras_api.protocol import Problem, TensorKind
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.asking import Restart, Use, follows_failure
from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.machine.paths import Decision, Path, normalise
from kerasmergelint.tracker.machine.witness import Witness
from kerasmergelint.tracker.program.attempt import attempt
from kerasmergelint.tracker.program.certain import Key, event_key
from kerasmergelint.tracker.program.witnesses.candidates import (
    Condition,
    Known,
    Sequence,
    values_for,
)
from kerasmergelint.tracker.program.witnesses.changing import Chosen, changes
from kerasmergelint.tracker.program.witnesses.computing import computed
from kerasmergelint.tracker.program.witnesses.naming import named
from kerasmergelint.tracker.program.witnesses.roots import Root, constants_beside, roots_of
from kerasmergelint.tracker.values.constants import question_of
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.terms import Term, make
from kerasmergelint.tracker.values.value import SymInt, UnknownV, Value

_MOST_RUNS: Final = 60
_STEPS: Final = 10_000
_MOST_LONG_RUNS: Final = 8
_BETWEEN_NUMBERS: Final = 3
_CLOSER: Final = 2
_MOST_ANSWERS: Final = 6
# A question that was answered so often in one run gets another answer, which may end the loop that asks it.
_SAME_ANSWERS: Final = 2


@dataclass(order=True, frozen=True, slots=True)
class _Attempt:
    """Values to begin a run with; ``far`` says how far they are from the likeliest ones."""

    far: int
    order: int
    chosen: Chosen = field(compare=False)


@dataclass(slots=True)
class _Run:
    """One run: which values it asks for, and how the search responds."""

    search: Search
    interp: Interpreter
    chosen: Chosen
    far: int = 0
    recording: bool = False
    wanted: Root | None = None
    answered: dict[Term, Condition] = field(default_factory=dict)
    rounds: list[int] = field(default_factory=list)
    unsure: set[int] = field(default_factory=set)
    leads: bool = True
    has_asked: bool = False

    def asked(self, value: Value, use: Use, by: object = None) -> None:
        """Note the use of a value, and stop if it must be chosen first."""
        if use is Use.ITEMS and self.search.lenient and (by is None or type(by) is int):
            return
        term = question_of(value)
        self.has_asked = True
        if self.recording:
            self._note(value, term, use, by)
            if self.search.has_met_all():
                raise Restart
            return
        if not self.search.note_met(self):
            raise Restart
        if follows_failure(value):
            return  # reported already: later failures do not depend on its result
        if term is None:
            raise Restart
        if term[:1] == ("dim",) or isinstance(value, SymInt):
            return  # a number that is not known, but the same one everywhere
        roots = self._note(value, term, use, by)
        open_ones = [root for root in roots if root.term not in self.chosen]
        if use is Use.ANSWER:
            open_ones = [root for root in open_ones if self.search.can_choose(root, term)]
        if not open_ones and self._follows(term):
            return
        if open_ones and open_ones[0].term == term:
            self._choose_now(term)
            return
        if open_ones:
            self.wanted = open_ones[0]
        elif use is Use.ANSWER:
            self._answer(normalise(term)[0], prefer=by is not False)
            return
        raise Restart  # if all its roots are chosen, nothing more can be done

    def _follows(self, term: Term) -> bool:
        """Whether a value follows from those that were chosen; then it is known from now on."""
        equal = self.interp.path.equal
        value = computed(term, equal)
        if value is None:
            return False
        equal[term] = value
        return True

    def _choose_now(self, term: Term) -> None:
        """Choose the value itself: this run goes on with the likeliest, and others try the rest."""
        values = self.search.values_of(term, self.chosen)
        if not values:
            raise Restart
        for index, other in enumerate(values[1:], 1):
            far = self.far + index * _distance(other)
            self.search.push(far, {**self.chosen, **self.answered, term: other})
        self.chosen = {**self.chosen, term: values[0]}
        self.interp.path.equal[term] = self.search.made(term, values[0])

    def goes_in(self, value: Value, declared: Value) -> None:
        """What a model gives needs no value of its inputs."""

    def enters_rounds(self) -> None:
        """How many events there are before a loop that may have no rounds."""
        self.rounds.append(len(self.interp.outputs.events))

    def leaves_rounds(self) -> None:
        """What was met in the loop may not be met."""
        self.unsure.update(range(self.rounds.pop(), len(self.interp.outputs.events)))

    def met(self) -> list[Event]:
        """What the run has met for certain."""
        events = self.interp.outputs.events
        end = self.rounds[0] if self.rounds else len(events)
        return [event for index, event in enumerate(events[:end]) if index not in self.unsure]

    def _note(self, value: Value, term: Term, use: Use, by: object) -> list[Root]:
        roots = [] if term is None else self.search.learn(term, use, by)
        if isinstance(value, UnknownV):
            for known in (value.term, *(root.term for root in roots)):
                self.search.reasons.setdefault(known, value.reason)
        return roots

    def _answer(self, question: Term, *, prefer: bool) -> None:
        condition = Condition(self.search.answers.get(question, prefer))
        self.answered[question] = condition
        self.interp.path.assume(question, answer=condition.answer)


class Entered(Protocol):
    """What is searched: an entry, how to run it, and what is reported of it."""

    @property
    def interp(self) -> Interpreter: ...

    @property
    def body(self) -> Callable[[Outputs], None]: ...

    @property
    def kind(self) -> TensorKind: ...

    @property
    def told(self) -> Collection[Key]: ...

    @property
    def budget(self) -> Budget: ...


class Search:
    """The search for the witnesses of the failures of one entry, along a run that met them."""

    def __init__(
        self,
        entered: Entered,
        targets: Collection[Key],
        decisions: tuple[Decision, ...],
        *,
        lenient: bool,
    ) -> None:
        """``lenient``: what is walked along or unpacked needs no value itself, only its items do."""
        self.lenient = lenient
        self._entered, self._interp = entered, entered.interp
        self._budget, self._told = entered.budget, entered.told
        self._decisions = decisions
        self.answers = {decision.term: decision.choice for decision in decisions}
        self._known: dict[Term, Known] = {}
        self._queue: list[_Attempt] = []
        self._seen: set[tuple[tuple[str, str], ...]] = set()
        self._births, self._opaque = self._interp.heap.births, self._interp.opaque_terms
        self.reasons: dict[Term, str] = {}
        self.missing = set(targets)
        self._refusals: set[Key | None] = set()
        self.found: dict[Key, Witness] = {}

    def run(self) -> dict[Key, Witness]:
        """The witnesses that were found, by the failures."""
        start = self._budget.used
        watching = _Run(self, self._interp, {}, recording=True)
        self._one_run(watching, tuple(d.choice for d in self._decisions))
        if not watching.has_asked:  # the next run would be the same
            self.note_met(watching)
        allowed = max(_STEPS, _MOST_LONG_RUNS * (self._budget.used - start))
        self.push(0, {})
        for _ in range(_MOST_RUNS):
            spent = self._budget.used - start
            if not (self._queue and self.missing) or spent > allowed or self._budget.left <= 0:
                break
            now = heapq.heappop(self._queue)
            run = _Run(self, self._interp, now.chosen, now.far)
            outputs = self._one_run(run, ())
            if run.wanted is not None:
                self._choose(run, run.wanted)
                continue
            if self.note_met(run) or self.missing:
                self._change(run, outputs)
        return self.found

    # -- one run -------------------------------------------------------------------------

    def _one_run(self, run: _Run, forced: tuple[bool, ...]) -> Outputs:
        interp = self._interp
        path = Path(forced)

        def seeded(outputs: Outputs) -> None:
            for term, value in run.chosen.items():
                if isinstance(value, Condition):
                    path.assume(term, answer=value.answer)
                else:
                    path.equal[term] = self.made(term, value)
            self._entered.body(outputs)

        modules = len(interp.modules.codes)
        with (
            aside.paid_from(interp, self._budget),
            aside.numbered_from(interp, self._births, self._opaque),
            aside.asked(interp, run),
        ):
            done = attempt(interp, path, seeded)
        if len(interp.modules.codes) != modules:  # what was imported stays
            self._births, self._opaque = interp.heap.births, interp.opaque_terms
        return done.outputs

    def made(self, term: Term, value: Value) -> Value:
        if not isinstance(value, Sequence):
            return value
        items = [UnknownV("an item", make("item", term, index)) for index in range(value.length)]
        return ListV(self._interp.heap, list(items)) if value.mutable else tuple(items)

    def note_met(self, run: _Run) -> bool:
        """The failures that the run has met, with every value it asked for decided, have a witness.

        Returns whether it may meet more: not if something else fails first.
        """
        for event in run.met():
            key = event_key(event)
            if key in self.missing:
                self.missing.discard(key)
                self.found[key] = Witness(named({**run.chosen, **run.answered}, self.reasons))
            elif key not in self._told and isinstance(event.problem, Problem):
                return False
        return bool(self.missing)

    def has_met_all(self) -> bool:
        """Whether this run can meet nothing more."""
        return self.missing <= set(map(event_key, self._interp.outputs.events))

    # -- choosing ------------------------------------------------------------------------

    def learn(self, term: Term, use: Use, by: object) -> list[Root]:
        """Note the roots of a value, which must be chosen to determine it."""
        roots = list(roots_of(term, use))
        question = normalise(term)[0]
        for root in roots:
            known = self._known.setdefault(root.term, Known())
            known.note(root.use, by, root.at_least)
            for constant in constants_beside(question, root.term):
                if constant not in known.constants:
                    known.constants.append(constant)
        return roots

    def can_choose(self, root: Root, question: Term) -> bool:
        """Whether the subject of a question gets a value; otherwise the answer is chosen."""
        if root.term[0] not in ("param", "attr", "item", "foreign"):
            return False
        uses = {use for use, _ in self._known[root.term].uses}
        only_asked = uses <= {Use.ANSWER} and normalise(question)[0][0] == "is"
        return root.term in self._interp.path.absent or not only_asked

    def values_of(self, term: Term, chosen: Chosen) -> list[Value]:
        """The candidates for something that is to be chosen, after what is ``chosen`` already."""
        known = self._known[term]
        absent = self._interp.path.absent
        if term in absent:
            known.default = (absent[term],)
        values = values_for(term, known, self._entered.kind)
        if len(values) > 1 and values[0] is True and self._is_repeated(term, chosen):
            return values[::-1]
        return values

    def _is_repeated(self, term: Term, chosen: Chosen) -> bool:
        """Whether the same was asked before, as in the rounds of a loop: ``if not ok: break``."""
        same = [one for one in chosen if self.reasons.get(one, one) == self.reasons.get(term)]
        return sum(chosen[one] is True for one in same) >= _SAME_ANSWERS

    def _choose(self, run: _Run, root: Root) -> None:
        for index, value in enumerate(self.values_of(root.term, run.chosen)):
            far = run.far + index * _distance(value)
            self.push(far, {**run.chosen, **run.answered, root.term: value})

    def _change(self, run: _Run, outputs: Outputs) -> None:
        """After a miss, try other answers, and what the refusal that stood before it suggests.

        Where another refusal was met than in the runs before, this is the way to go on.
        """
        for question, condition in list(run.answered.items())[-_MOST_ANSWERS:]:
            flipped = Condition(not condition.answer)
            self.push(run.far + 1, {**run.chosen, **run.answered, question: flipped})
        refusal = next((e for e in outputs.events if event_key(e) not in self._told), None)
        key = None if refusal is None else event_key(refusal)
        far = run.far + 1 if key in self._refusals else run.far - _CLOSER
        self._refusals.add(key)
        for chosen in changes(run.chosen, refusal):
            self.push(far, {**chosen, **run.answered})

    def push(self, far: int, chosen: Chosen) -> None:
        key = tuple((repr(term), _text(value)) for term, value in chosen.items())
        if key not in self._seen:
            self._seen.add(key)
            heapq.heappush(self._queue, _Attempt(far, len(self._seen), chosen))


def _distance(value: Value) -> int:
    """How far one candidate is from the next: for numbers farther, since another number seldom helps."""
    return _BETWEEN_NUMBERS if type(value) in (int, float) else 1


def _text(value: Value) -> str:
    if isinstance(value, TensorV):
        return f"{value.spec.shape} {value.spec.dtype}"
    return f"{type(value).__name__} {value}"
