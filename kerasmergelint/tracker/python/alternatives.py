"""Runs both branches of an undecided condition from the same state, and joins the states they leave.

This is how a run follows all paths at once (:class:`AllPaths`).  It knows less than the runs of single
paths, since a join forgets which values go together; but it leaves nothing out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.leaving import leaving
from kerasmergelint.syntax.names import may_break
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.regions import (
    AllPaths,
    CannotJoin,
    Contents,
    Kind,
    Left,
    Loose,
    Region,
)
from kerasmergelint.tracker.python.branch_join import either, join_loose, join_object
from kerasmergelint.tracker.python.plans import Block, Plan, follow, follow_by
from kerasmergelint.tracker.values.constants import question_of
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.heap import Mark
from kerasmergelint.tracker.values.signals import Jump, Returned, Signal
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import Value

Branch = Callable[[], Signal]


@dataclass(frozen=True, slots=True)
class _End:
    """How a branch ended, and the content of all objects that it touched."""

    signal: Signal
    raised: Raised | None
    contents: Contents
    births: int
    loose: Loose


def both(interp: Interpreter, paths: AllPaths, test: Value, yes: Branch, no: Branch) -> Signal:
    """Run both branches; if only one goes on, so does the run.

    A ``try`` around it that may catch what the other raised asks whether something did.
    """
    start = aside.loose(interp)
    mark = interp.heap.mark()
    paths.branches += 1
    one = _followed(interp, mark, test, yes, answer=True)
    interp.heap.rollback_to(mark)
    aside.loosen(interp, start)
    mark = interp.heap.mark()
    other = replace(_followed(interp, mark, test, no, answer=False), births=one.births)
    paths.branches -= 1
    interp.heap.release(mark)
    caught = [end for end in (one, other) if _may_be_caught(interp, end)]
    if caught:
        interp.doubts += 1
    if other.raised is not None:
        if one.raised is not None:
            if caught:
                raise CannotJoin
            raise other.raised
        _go_back(interp, mark, one)
        return one.signal
    if one.raised is not None:
        return other.signal
    if not _meet(one.signal, other.signal):
        return _one_goes_on(interp, paths, mark, one, other)
    _join(interp, mark, Left(one.signal, one.contents, one.births, one.loose))
    join_loose(interp, start, one.loose)
    return _signal_of_both(interp, one.signal, other.signal)


def value_of_both(
    interp: Interpreter,
    paths: AllPaths,
    test: Value,
    yes: Callable[[], Value],
    no: Callable[[], Value],
) -> Value:
    """The value of an expression that is either of two parts."""
    found: list[Value] = []

    def keeping(part: Callable[[], Value]) -> Branch:
        def run() -> Signal:
            found.append(part())
            return None

        return run

    both(interp, paths, test, keeping(yes), keeping(no))
    return found[0] if len(found) == 1 else either(interp, found[0], found[1])


def _followed(
    interp: Interpreter, mark: Mark, test: Value, branch: Branch, *, answer: bool
) -> _End:
    interp.path = interp.path.branch()
    _assume(interp, question_of(test), answer=answer)
    frames = len(interp.frames)
    signal: Signal = None
    raised: Raised | None = None
    try:
        signal = branch()
    except Raised as error:
        raised = error
        del interp.frames[frames:]
    contents = {thing.serial: (thing, thing.snapshot()) for thing, _ in mark.log}
    return _End(signal, raised, contents, mark.births, aside.loose(interp))


def _may_be_caught(interp: Interpreter, end: _End) -> bool:
    return end.raised is not None and interp.may_catch(end.raised.exception)


def _assume(interp: Interpreter, term: Term, *, answer: bool) -> None:
    if term is None:
        return
    if isinstance(term, tuple) and term[:1] == ("and" if answer else "or",):
        for part in term[1:]:
            _assume(interp, part, answer=answer)
    interp.path.assume(term, answer=answer)


def _meet(one: Signal, other: Signal) -> bool:
    """Whether two branches continue at the same place."""
    return one is other or (isinstance(one, Returned) and isinstance(other, Returned))


def _signal_of_both(interp: Interpreter, one: Signal, other: Signal) -> Signal:
    if isinstance(one, Returned) and isinstance(other, Returned):
        return Returned(either(interp, one.value, other.value))
    return one


def _go_back(interp: Interpreter, mark: Mark, end: _End) -> None:
    """Switch from the state after the second branch to that after the first."""
    for thing, content in mark.log:
        if thing.serial not in end.contents:
            thing.restore(content)
    for thing, content in end.contents.values():
        interp.heap.touch(thing)
        thing.restore(content)
    aside.loosen(interp, end.loose)


# -- leaving early --------------------------------------------------------------------------


def _one_goes_on(
    interp: Interpreter, paths: AllPaths, mark: Mark, one: _End, other: _End
) -> Signal:
    """One branch leaves a region early, and the other goes on."""
    if one.signal is None:
        region = paths.left_by(other.signal, interp.frame)
        region.lefts.append(_left(region, other, other.contents))
        _go_back(interp, mark, one)
        return None
    region = paths.left_by(one.signal, interp.frame)
    held = dict(one.contents)
    for thing, content in mark.log:
        if thing.serial <= one.births:
            held.setdefault(thing.serial, (thing, content))
    region.lefts.append(_left(region, one, held))
    return other.signal


def _left(region: Region, end: _End, held: Contents) -> Left:
    """The content, at the end of a branch, of all objects that the region has touched."""
    contents = dict(held)
    for thing, _ in region.mark.log:
        if thing.serial <= end.births and thing.serial not in contents:
            contents[thing.serial] = (thing, thing.snapshot())
    return Left(end.signal, contents, end.births, end.loose)


def in_region(interp: Interpreter, paths: AllPaths, kind: Kind, run: Branch) -> Signal:
    """Run something that can be left early; gives the signal that goes beyond it."""
    region = Region(kind, interp.frame, interp.heap.mark())
    start = aside.loose(interp)
    raised: Raised | None = None
    signal: Signal = None
    try:
        with aside.within_region(paths, region):
            signal = run()
    except Raised as error:
        raised = error
    interp.heap.release(region.mark)
    if not region.lefts:
        if raised is not None:
            raise raised
        return None if kind is Kind.ROUND and signal is Jump.CONTINUE else signal
    return _all_together(interp, paths, region, start, signal, ended=raised is not None)


def _all_together(
    interp: Interpreter,
    paths: AllPaths,
    region: Region,
    start: Loose,
    signal: Signal,
    *,
    ended: bool,
) -> Signal:
    """Join the states in which a region was left, and the state at its end if that was reached."""
    rest = region.lefts
    if region.kind is Kind.FUNCTION:
        signal = signal if isinstance(signal, Returned) else Returned(None)
    elif signal is Jump.CONTINUE:
        signal = None
    elif signal is not None and not ended:
        _leave_further(interp, paths, region, signal)
        ended = True
    if ended:
        first, *rest = rest
        _move_to(interp, region.mark, first)
        signal = first.signal
    for left in rest:
        _join(interp, region.mark, left)
        join_loose(interp, start, left.loose)
        signal = _signal_of_both(interp, signal, left.signal)
    interp.path = start.path
    return signal if region.kind is Kind.FUNCTION else None


def _leave_further(interp: Interpreter, paths: AllPaths, region: Region, signal: Signal) -> None:
    """The end of a region leaves the surrounding one; only the states that left early go on here."""
    births = region.lefts[0].births
    of_others = {
        serial for left in region.lefts for serial in left.contents if serial > left.births
    }
    outer = paths.left_by(signal, interp.frame)
    contents = {
        thing.serial: (thing, thing.snapshot())
        for thing, _ in outer.mark.log
        if thing.serial not in of_others
    }
    outer.lefts.append(Left(signal, contents, births, aside.loose(interp)))


def _move_to(interp: Interpreter, mark: Mark, left: Left) -> None:
    """Switch to a state in which a region was left."""
    for thing, content in mark.log:
        if thing.serial not in left.contents and thing.serial <= left.births:
            interp.heap.touch(thing)
            thing.restore(content)
    for thing, content in left.contents.values():
        interp.heap.touch(thing)
        thing.restore(content)
    aside.loosen(interp, left.loose)


def _join(interp: Interpreter, mark: Mark, left: Left) -> None:
    """Make the state cover another one that branched off after a mark."""
    for thing, content in mark.log:
        if thing.serial not in left.contents and thing.serial <= left.births:
            join_object(interp, thing, content)
    for thing, content in left.contents.values():
        if thing.serial <= left.births:
            join_object(interp, thing, content)
        else:
            interp.heap.touch(thing)
            thing.restore(content)


# -- what can be left -----------------------------------------------------------------------


def run_body(interp: Interpreter, body: Block) -> Signal:
    """Run the body of a function."""
    paths = interp.all_paths
    if paths is None or not leaving(body).returns:
        return interp.execute(body)
    return in_region(interp, paths, Kind.FUNCTION, lambda: interp.execute(body))


def run_round(interp: Interpreter, body: Block) -> Signal:
    """Run the body of a loop once."""
    paths = interp.all_paths
    if paths is None or not leaving(body).continues:
        return interp.execute(body)
    return in_region(interp, paths, Kind.ROUND, lambda: interp.execute(body))


Loop = TypeVar("Loop", ir.For, ir.While)


def as_loop(plan_of: Callable[[Interpreter, Loop], Plan]) -> Callable[[Interpreter, Loop], Signal]:
    """The handler of a loop that ``break`` may leave."""

    def run(interp: Interpreter, node: Loop) -> Signal:
        plan = plan_of(interp, node)
        paths = interp.all_paths
        if paths is None:
            return follow(interp, plan)

        def run_block(block: Block) -> Signal:
            return run_round(interp, block) if block is node.body else interp.execute(block)

        # Rounds that ended early make a break at the end of the body one of several ends.
        if not may_break(node.body):
            return follow_by(run_block, plan)
        return in_region(interp, paths, Kind.LOOP, lambda: follow_by(run_block, plan))

    return run
