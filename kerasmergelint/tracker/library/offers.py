"""What a program offers to whoever starts it: options with defaults, and what else may be chosen.

Started without arguments it runs with the defaults.  What a choice or a switch leads to is a path that
it can take as well: the default is one way to decide, every other choice another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import UnknownV, Value

# Of a longer list only so many are tried.
_MOST_CHOICES = 8


@dataclass(frozen=True, slots=True, eq=False)
class OfferV:
    """A value that whoever starts the program may choose.

    ``others`` are offered beside the default; a choice among ``rivals``, by their terms, rules out this one.
    """

    name: str
    default: Value
    others: tuple[Value, ...] = ()
    rivals: tuple[Term, ...] = ()

    @property
    def term(self) -> Term:
        return term_of(self.name)


def term_of(name: str) -> Term:
    """The name of an option in questions."""
    return ("param", "command line", name)


def offer(name: str, default: Value, choices: Sequence[Value] | None = None) -> OfferV:
    """An offer of some choices, if all of them are known."""
    if not is_constant(default) or choices is None or not all(map(is_constant, choices)):
        return OfferV(name, default)
    others = [choice for choice in choices if choice != default]
    return OfferV(name, default, tuple(others[:_MOST_CHOICES]))


def switch(name: str, default: Value) -> OfferV:
    """An offer to turn something on or off."""
    return OfferV(name, default, (not default,) if isinstance(default, bool) else ())


def settled(interp: Interpreter, value: Value) -> Value:
    """What an offer comes to on this path; any other value is itself.

    None stands for "not given", which code tests for, or else somebody has given something.
    """
    if not isinstance(value, OfferV):
        return value
    term = value.term
    if value.default is None:
        interp.path.absent[term] = None
        return UnknownV(f"the command-line argument {value.name}", term)
    if not any(interp.path.known(rival) for rival in value.rivals):
        for other in value.others:
            if interp.path.decide(("==", term, other), prefer=False):
                return other
    return value.default
