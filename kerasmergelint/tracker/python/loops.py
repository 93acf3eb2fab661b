"""Loops: known ones are unrolled, unknown ones are widened.

For an unknown number of rounds, the body runs once to see what it changes; the changed objects are
joined with their former content, and the body runs again, until nothing more is lost.  Only the
last run counts for findings, since only its state covers every round.
"""

from __future__ import annotations

from functools import lru_cache, partial

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.leaving import may_end_early
from kerasmergelint.syntax.names import may_break
from kerasmergelint.syntax.names import walk as walk_code
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.asking import Use, is_led, is_open
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import alternatives, targets
from kerasmergelint.tracker.python.iterators import UNSURE, walk, walk_on
from kerasmergelint.tracker.python.join import join_contents
from kerasmergelint.tracker.python.other_rounds import OtherRounds, are_alike
from kerasmergelint.tracker.python.patience import Patience
from kerasmergelint.tracker.python.plans import Plan
from kerasmergelint.tracker.values.containers import GeneratorV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.heap import Change
from kerasmergelint.tracker.values.signals import Jump, Returned, Signal, Unfollowed
from kerasmergelint.tracker.values.value import Value

_MAX_ROUNDS = 20_000
_STABLE_AFTER = 3
# Rounds that are followed one by one although nobody knows whether they are the last.
_UNSURE_ROUNDS = 3
# Each such round doubles the paths: of more known items than a few, two are followed.
_FEW_ITEMS = 5
_UNSURE_OF_MANY = 2
# Where both branches are taken, a round that covers all others covers these as well.
_UNSURE_OF_ALL_PATHS = 1


def run_for(interp: Interpreter, node: ir.For) -> Plan:
    site = interp.site(node)
    iterable = interp.evaluate(node.iterable)
    all_paths = interp.all_paths is not None
    whole = None if may_end_early(node.body) else iterable
    patience = Patience(interp.budget, whole, before=all_paths)
    most = _UNSURE_OF_ALL_PATHS if all_paths else _UNSURE_OF_MANY
    unsure = 0
    supposes = _leads_to_an_item(interp, node)
    for count, item in enumerate((walk_on if supposes else walk)(interp, iterable, site)):
        total = patience.total
        many_paths = unsure >= most and (supposes if total is None else total > _FEW_ITEMS)
        too_many = many_paths or count == _MAX_ROUNDS
        if item is UNSURE or too_many or not patience.lasts():
            signal = yield from _unknown_rounds(interp, node, iterable, site)
            endless = isinstance(iterable, GeneratorV) and (
                item is not UNSURE or iterable.position >= iterable.most
            )
            return _of_another_round(interp, node, signal) if endless else _unbroken(signal)
        interp.step()
        answers = len(interp.path.answers)
        targets.assign(interp, node.target, item)
        supposed = supposes and count > 0 and total is None
        signal = yield from _one_round(node, supposed=supposed)
        if signal is Jump.BREAK:
            return None
        if isinstance(signal, Returned):
            return signal
        unsure += not are_alike(interp, answers)
    return (yield node.orelse)


def _one_round(node: ir.For, *, supposed: bool) -> Plan:
    """One round; of a failure in a supposed one, since there may be fewer, nothing is known."""
    try:
        return (yield node.body)
    except Raised as raised:
        if supposed:
            raise Unfollowed from raised
        raise


def run_while(interp: Interpreter, node: ir.While) -> Plan:
    site = interp.site(node)
    all_paths = interp.all_paths is not None
    patience = Patience(interp.budget, before=all_paths)
    most = _UNSURE_OF_ALL_PATHS if all_paths else _UNSURE_ROUNDS
    endless = isinstance(node.test, ir.Const)
    unsure, first, lasting = 0, len(interp.path.answers), True
    for _ in range(_MAX_ROUNDS):
        answers = len(interp.path.answers)
        interp.step()
        lasting = patience.lasts()
        test = interp.evaluate(node.test) if lasting else None
        known = interp.truth(test) if lasting else None
        if known is None:
            if lasting:
                interp.refuse_truth(test, site)
            if interp.asker is not None and lasting:
                interp.asker.asked(test, Use.ANSWER)
            break
        if not known:
            return (yield node.orelse)
        signal = yield node.body
        if signal is Jump.BREAK:
            return None
        if isinstance(signal, Returned):
            return signal
        unsure += not are_alike(interp, answers)
        if unsure >= most:
            break
    answers = len(interp.path.answers)
    signal = yield from _unknown_rounds(interp, node, None, site)
    # Where nothing was decided, the rounds were only too many to follow them to the last.
    decided = lasting or len(interp.path.answers) > first
    alike = interp.all_paths is None and decided and are_alike(interp, answers)
    if endless and signal is None and (alike or not may_end_early(node.body)):
        if interp.frame.generator is not None and interp.frame.generator.lost:
            raise Unfollowed  # it hands out items, and nobody knows which
        raise interp.raised("SystemExit", "the loop never ends")
    return _of_another_round(interp, node, signal) if endless else _unbroken(signal)


def _leads_to_an_item(interp: Interpreter, node: ir.For) -> bool:
    """Whether a generator was asked for an item that the rounds of a loop alone can give.

    Then there are as many of them as it takes.
    """
    generator = interp.frame.generator
    if generator is None or generator.lost or interp.all_paths is not None:
        return False
    return generator.code is not None and _has_all_yields(node, generator.code)


@lru_cache(maxsize=256)
def _has_all_yields(node: ir.For, code: ir.FunctionCode) -> bool:
    return _yields(node.body) == _yields(code.body)


def _yields(body: tuple[ir.Statement, ...]) -> int:
    return sum(isinstance(part, (ir.Yield, ir.YieldFrom)) for part in walk_code(body))


def _of_another_round(interp: Interpreter, node: ir.For | ir.While, signal: Signal) -> Signal:
    """How a loop ends that goes on and on, if the followed round ends as ``signal`` says.

    Code after it is reached by a ``break`` alone.
    """
    if signal is not None or may_break(node.body) or not may_end_early(node.body):
        return _unbroken(signal)
    return Returned(interp.unknown("what another round of the loop returns"))


def _element(interp: Interpreter, iterable: Value) -> Value:
    """Any one item of an unknown iterable."""
    return interp.any_item(iterable)


def _unknown_rounds(
    interp: Interpreter, node: ir.For | ir.While, iterable: Value, site: Site
) -> Plan:
    """Run an unknown number of rounds, and ``else`` if none breaks; a break of the last one is told."""
    asker = interp.asker if is_led(interp.asker) and is_open(iterable) else None
    if asker is not None:
        asker.asked(iterable, Use.ITEMS)
    rounds = partial(_widened, interp, node, iterable)
    paths = interp.all_paths
    if asker is not None:
        asker.enters_rounds()
        signal = rounds()
        asker.leaves_rounds()
    elif paths is None:
        signal = rounds()
    else:
        test = interp.unknown("whether there is a round of the loop")
        signal = alternatives.both(interp, paths, test, lambda: _unbroken(rounds()), lambda: None)
    if not isinstance(signal, Returned) and node.orelse:
        unsure = interp.unknown("whether a round breaks")
        if not may_break(node.body) or interp.ask(unsure, site):
            signal = yield node.orelse
    return signal


def _unbroken(signal: Signal) -> Signal:
    return None if signal is Jump.BREAK else signal


def _widened(interp: Interpreter, node: ir.For | ir.While, iterable: Value) -> Signal:
    """Run the body so that it covers any of an unknown number of rounds."""
    signal: Signal = None
    others = OtherRounds(interp, node.body)
    for attempt in range(_STABLE_AFTER):
        outputs = interp.outputs
        last = attempt == _STABLE_AFTER - 1
        before = outputs.reported
        with aside.noting_changes(interp) as changed:
            if isinstance(node, ir.For):
                targets.assign(interp, node.target, _element(interp, iterable))
            signal = alternatives.run_round(interp, node.body)
        stable = _merge_rounds(interp, changed)
        if stable or last:
            break
        outputs.take_back(before)
    others.forget(interp)
    return signal if isinstance(signal, Returned) or signal is Jump.BREAK else None


def _merge_rounds(interp: Interpreter, changed: list[Change]) -> bool:
    """Join every changed object with its content before the body; returns whether nothing was lost."""
    stable = True
    for thing, before in changed:
        stable = join_contents(interp, thing, before) and stable
    return stable
