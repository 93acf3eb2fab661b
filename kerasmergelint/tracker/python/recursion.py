"""Functions that call themselves on what nobody knows: a tree is walked through, JSON is written.

Such a program comes to its end, but nothing here says where.  So a call that does what the calls of the
same function around it do already is not followed: what it may change is forgotten, and what it gives is
unknown.  That is exact for those around it, which are followed to their ends.
"""

from __future__ import annotations

from itertools import pairwise

from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import PLAIN_TYPES
from kerasmergelint.tracker.values.forgetting import forget_run
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.objects import FunctionV
from kerasmergelint.tracker.values.value import SymInt, UnknownV, Value

# Calls within calls that are followed: where something unknown is passed on and each of them asked
# what nobody knows, as in rounds of a loop that nobody has counted; where only one of both is so; and
# where all is known, as in a program that builds something step by step.
_UNSURE = 3
_UNKNOWN = 20
_KNOWN = 60

_NOT_KNOWN = (UnknownV, SymInt)
_GOING_ALONG = frozenset({*_NOT_KNOWN, TensorV})  # of which each call may get another


def goes_on(interp: Interpreter, frame: Frame) -> bool:
    """Whether this call is one too many of its function within itself."""
    around = [other for other in interp.frames if other.code is frame.code]
    if len(around) < _UNSURE:
        return False
    pairs = _arguments(around[-1], frame)
    if pairs is None or not all(_is_alike(before, now) for before, now in pairs):
        return False
    unknown = any(isinstance(now, _NOT_KNOWN) for _, now in pairs)
    calls = [*around[-_UNSURE:], frame]
    unsure = all(inner.choices > outer.choices for outer, inner in pairwise(calls))
    most = _UNSURE if unknown and unsure else _UNKNOWN if unknown or unsure else _KNOWN
    return len(around) >= most


def _arguments(before: Frame, now: Frame) -> list[tuple[Value, Value]] | None:
    """The arguments of two calls in pairs; None if they were not called alike."""
    (args, keywords), (others, named) = before.given, now.given
    if len(args) != len(others) or keywords.keys() != named.keys():
        return None
    return [*zip(args, others), *((keywords[name], named[name]) for name in named)]


def _is_alike(before: Value, now: Value) -> bool:
    if before is now:
        return True
    kind = type(now)
    return kind is type(before) and (kind in _GOING_ALONG or kind in PLAIN_TYPES)


def not_followed(interp: Interpreter, function: FunctionV, frame: Frame) -> Value:
    """What a call gives that may do whatever the function can do, any number of times."""
    reason = f"{function.name} calls itself on what is not known"
    args, keywords = frame.given
    forget_run(interp.heap, function, frame.receiver, reason)
    own = args[1:] if function.owner is not None else args
    for value in (*own, *keywords.values()):
        interp.forget(value, reason)
    return interp.unknown(reason)
