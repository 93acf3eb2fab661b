"""Runs in which parameters are tensors with named sizes: ``x`` is (None, x[1], x[2], x[-1])."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.keras_api.protocol import Problem, TensorKind, TensorSpec
from kerasmergelint.shapes import Dim, Shape, symbol
from kerasmergelint.tracker.keras.ranks import RANKS
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.machine.paths import Path, Run, explore
from kerasmergelint.tracker.program.attempt import Attempt, End, attempt
from kerasmergelint.tracker.program.contracts.met import TensorsMet, sizes
from kerasmergelint.tracker.program.contracts.uses import Place, Uses, is_weight, narrow
from kerasmergelint.tracker.program.typed import found_out
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.terms import Term, make, text
from kerasmergelint.tracker.values.value import SymInt, UnknownV, Value

Body = Callable[[Outputs], None]

_MOST_PATHS: Final = 12
_STEPS_OF_AN_ENTRY: Final = 6_000
_STEPS_OF_A_LOOK: Final = 5_000
_PATHS_WATCHED: Final = 4
_STEPS_OF_ALL_AT_ONCE: Final = 8_000
_STEPS_OF_A_RUN: Final = 20  # what it takes to begin one, and to read off what it found
_ROUNDS: Final = 3
_ROUNDS_SUPPOSED: Final = 3  # of loops whose length a parameter decides
_FOLLOWED: Final = (End.RETURNED, End.RAISED)


@dataclass(frozen=True, slots=True)
class Supposition:
    """An assumption about parameters: by their terms, the ranks that they have as tensors."""

    ranks: Mapping[Term, int]
    kind: TensorKind
    matrices: frozenset[Term] = frozenset()
    rounds: bool = False  # the number of rounds of the loops that depend on a parameter
    watches: bool = False  # what the items of lists are used for; otherwise they are numbers

    def rounds_in_words(self, uses: Uses, names: Mapping[Term, str]) -> tuple[str, ...]:
        """What is supposed of loops."""
        counts = (f"{names[term]} = {_ROUNDS_SUPPOSED}" for term in self._counts(uses))
        lists = (f"{names[term]} has {_ROUNDS_SUPPOSED} items" for term in self._lists(uses))
        return tuple(sorted((*counts, *lists)))

    def _counts(self, uses: Uses) -> set[Term]:
        return uses.counts if self.rounds else set()

    def _lists(self, uses: Uses) -> set[Term]:
        return uses.lists - uses.counts - self.ranks.keys() if self.rounds else set()

    def values(self, uses: Uses, names: Mapping[Term, str]) -> Mapping[Term, Value]:
        """The parameters as values."""
        found: dict[Term, Value] = {
            term: self._value(term, uses, names)
            for term in (*self._counts(uses), *self._lists(uses), *self.ranks)
        }
        for term, name in names.items():
            if name in uses.numbers and term not in found:
                found[term] = SymInt(symbol(name, positive=True))
        return found

    def _value(self, term: Term, uses: Uses, names: Mapping[Term, str]) -> Value:
        if term in self.ranks:
            return TensorV(TensorSpec(Shape(self._sizes(uses, names, term)), kind=self.kind))
        if term in self._counts(uses):
            return _ROUNDS_SUPPOSED
        if term in self._lists(uses):
            items = [make("item", term, index) for index in range(_ROUNDS_SUPPOSED)]
            return tuple(self._value(item, uses, names) for item in items)
        if self.watches or term[1] in {one[1] for one in self.ranks if one[0] == "item"}:
            return UnknownV("an item of a list that is supposed to have some", term)
        return SymInt(symbol(names.get(term) or text(term), positive=True))

    def _sizes(self, uses: Uses, names: Mapping[Term, str], term: Term) -> tuple[Dim, ...]:
        """Outside Keras, in a weight, and in a matrix, the first axis is like any other."""
        name = names[term]
        dims = sizes(name, self.ranks[term])
        data = self.kind is TensorKind.ANY and not uses.of_keras
        if term not in self.matrices and not data and not is_weight(term):
            return dims
        return (symbol(f"{name}[0]", positive=True), *dims[1:])


def suppositions(uses: Uses, kind: TensorKind, *, rounds: bool) -> list[Supposition]:
    """One supposition for each possible rank; all tensors of unknown rank get the same one."""
    found: dict[tuple[tuple[Term, int], ...], Supposition] = {}
    for rank in RANKS:
        ranks = {
            term: (rank if rank in taken else max(taken, default=0)) + uses.beyond.get(term, 0)
            for term, taken in uses.ranks.items()
            if rounds or term not in uses.listed
        }
        if all(taken > 1 for taken in ranks.values()):
            matrices = frozenset(uses.matrices)
            found.setdefault(tuple(ranks.items()), Supposition(ranks, kind, matrices, rounds))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Tried:
    """The paths under a supposition; if they are too many, ``together`` is one run that follows them all."""

    supposed: Supposition
    runs: tuple[Run[Attempt], ...]
    complete: bool
    together: Outputs | None = None

    @property
    def works(self) -> bool:
        """Whether any path goes through without a failure."""
        return any(goes_through(run) for run in self.runs)


@dataclass(frozen=True, slots=True)
class Trials:
    """What was tried of all suppositions; ``every_rank`` unless the means did not last."""

    tried: tuple[Tried, ...] = ()
    every_rank: bool = True


def goes_through(run: Run[Attempt]) -> bool:
    """Whether Keras refused nothing on this path."""
    done = run.result
    failed = any(isinstance(event.problem, Problem) for event in done.outputs.events)
    return done.end is End.RETURNED and not failed


@dataclass(slots=True)
class Laboratory:
    """Runs a function under suppositions, within a budget that the functions of a file share.

    No function may use more than half of what is left: those that others call come later, and cost less.
    """

    interp: Interpreter
    budget: Budget
    ends: int = field(init=False)
    of_keras: bool = False

    def __post_init__(self) -> None:
        self.ends = self.budget.used + self.budget.left // 2

    @property
    def has_means(self) -> bool:
        """Whether anything is left for another run."""
        return self.budget.used < self.ends

    def watch(self, body: Body, values: Mapping[Term, Value], merges: Collection[Place]) -> Uses:
        """See what the first few paths use unknown parameters for."""
        uses = Uses(merges, {id(value): term for term, value in values.items()})
        start = self.budget.used

        def may_go_on(needed: bool) -> bool:
            return self.budget.used - start < _STEPS_OF_A_LOOK and self.has_means

        with aside.watched(
            self.interp, uses.note, uses.note_rounds, uses.note_operands, uses.note_unpacked
        ):
            found = explore(
                lambda path: self._attempt(path, body, values),
                max_runs=_PATHS_WATCHED,
                may_go_on=may_go_on,
            )
        for run in found.runs:
            if run.result.end is End.RETURNED:
                uses.note_decisions(run.decisions)
        uses.settle_unpacked()
        return uses

    def try_each(
        self, body: Body, suppositions: Sequence[Supposition], uses: Uses, names: Mapping[Term, str]
    ) -> Trials:
        """Follow all paths under each supposition, the likeliest first, while the means last."""
        tried: list[Tried] = []
        self.of_keras = uses.of_keras and all(one.kind is TensorKind.ANY for one in suppositions)
        for supposed in suppositions:
            if not self.has_means:
                break
            tried.append(self.try_all(body, supposed, supposed.values(uses, names)))
        return Trials(tuple(tried), len(tried) == len(suppositions))

    def try_all(self, body: Body, supposed: Supposition, values: Mapping[Term, Value]) -> Tried:
        """Follow all paths under one supposition."""
        start = self.budget.used

        def may_go_on(needed: bool) -> bool:
            return self.has_means and self.budget.used - start < _STEPS_OF_AN_ENTRY

        with aside.supposing(self.interp, TensorsMet(self.interp)):
            found = explore(
                lambda path: self._attempt(path, body, values),
                max_runs=_MOST_PATHS,
                may_go_on=may_go_on,
            )
            whole = all(run.result.end in _FOLLOWED for run in found.runs)
            complete = found.complete and whole
            together = None if complete else self._all_at_once(body, values)
        return Tried(supposed, found.runs, complete, together)

    def _all_at_once(self, body: Body, values: Mapping[Term, Value]) -> Outputs | None:
        """One run that takes both branches of what it cannot decide; None if that is incomplete, too."""
        if not self.has_means:
            return None
        path = Path()
        with (
            aside.paid_from(self.interp, self.budget),
            aside.at_most(self.interp, _STEPS_OF_ALL_AT_ONCE),
            aside.all_paths(self.interp),
        ):
            done = self._attempt(path, body, values)
        left_out = done.end not in _FOLLOWED or any(not taken.usual for taken in path.taken)
        return None if left_out else done.outputs

    def _attempt(self, path: Path, body: Body, values: Mapping[Term, Value]) -> Attempt:
        def seeded(outputs: Outputs) -> None:
            path.equal.update(values)
            body(outputs)

        self.budget.used += _STEPS_OF_A_RUN
        with aside.paid_from(self.interp, self.budget):
            done = attempt(self.interp, path, seeded)
        # What may be symbolic is converted to the type that is needed.
        return done if self.of_keras else replace(done, types=found_out(path, values))


def learn(
    laboratory: Laboratory,
    body: Body,
    parameters: Sequence[Term],
    kind: TensorKind,
    merges: Collection[Place] = (),
) -> Uses:
    """Find out what the parameters are; a round may show more once others are known to be tensors.

    ``merges`` are operators of which the names in the file tell that they combine tensors.
    """
    uses = laboratory.watch(body, {}, merges)
    _drop_numbers(uses, parameters)
    for _ in range(_ROUNDS):
        supposed = suppositions(uses, kind, rounds=bool(uses.counts or uses.lists))[:1]
        names, lists = names_of(uses, parameters), frozenset(uses.lists)
        values = {
            t: v for s in supposed for t, v in replace(s, watches=True).values(uses, names).items()
        }
        if not values:
            break  # the next look would see the same again
        more = laboratory.watch(body, values, merges)
        uses.numbers |= more.numbers
        uses.matrices |= more.matrices - uses.ranks.keys()
        rounds = (more.counts - uses.counts) | (more.lists - uses.lists)
        uses.counts |= more.counts
        uses.lists |= more.lists
        uses.of_keras = uses.of_keras or more.of_keras
        is_open = any(len(ranks) > 1 for ranks in uses.ranks.values())
        found = {t: r for t, r in more.ranks.items() if t not in uses.ranks}
        if is_open:  # what is merged with a tensor of any rank has that rank, or some axes more
            for term, taken in found.items():
                if len(taken) == 1:
                    uses.beyond[term] = min(taken) - RANKS[0]
                    found[term] = frozenset(RANKS)
        uses.ranks.update(found)
        narrow(uses.shown, more.shown)
        uses.loosely |= more.loosely
        uses.spread |= more.spread
        for known, new in ((uses.likened, more.likened), (uses.made_of, more.made_of)):
            for place, terms in new.items():
                known.setdefault(place, set()).update(terms)
        uses.listed.update(term for term in found if _is_within(term, lists))
        _drop_numbers(uses, parameters)
        if not found and not rounds:
            break
    return uses


def _is_within(term: Term, lists: Collection[Term]) -> bool:
    """Whether a term is an item of one of these, or an item of an item."""
    while isinstance(term, tuple) and term[0] == "item":
        term = term[1]
        if term in lists:
            return True
    return False


def _drop_numbers(uses: Uses, parameters: Sequence[Term]) -> None:
    """What counts units, or is a size as it stands, is no tensor, though `tf.cast` takes it for one."""
    names = names_of(uses, parameters)
    for term in [term for term in uses.ranks if names[term] in uses.numbers]:
        del uses.ranks[term]


def names_of(uses: Uses, parameters: Sequence[Term]) -> dict[Term, str]:
    """How the user would write the parameters, and those of their items that are tensors.

    Where two functions have a parameter of the same name, the function is named as well.
    """
    found: dict[Term, str] = {}
    for term in (*parameters, *uses.ranks, *uses.counts, *uses.lists):
        if term not in found:
            name = text(term)
            found[term] = name if name not in found.values() else f"{_function_of(term)}.{name}"
    inputs = [term for term in uses.ranks if term[0] == "input"]
    for count, term in enumerate(inputs, 1):
        found[term] = "input" if len(inputs) == 1 else f"input{count}"
    return found


def _function_of(term: Term) -> str:
    """The function that a parameter, or an item of one, belongs to."""
    while isinstance(term, tuple) and term[0] == "item":
        term = term[1]
    return str(term[1])
