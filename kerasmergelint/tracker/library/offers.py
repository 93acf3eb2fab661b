"""Options that a program offers: their defaults, and the other choices.

Started without arguments it runs with the defaults.  Every other choice, or a switch, leads to a
path that it can take as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import UnknownV, Value

# The most choices that are tried.
_MOST_CHOICES = 8


@dataclass(frozen=True, slots=True, eq=False)
class OfferV:
    """A value that the user of the program may choose.

    ``others`` are the choices besides the default; choosing one of ``rivals``, by their terms,
    excludes this one.
    """

    name: str
    default: Value
    others: tuple[Value, ...] = ()
    rivals: tuple[Term, ...] = ()

    @property
    def term(self) -> Term:
        return term_of(self.name)


def term_of(name: str) -> Term:
    """The term of an option."""
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
    """The choice on this path; any other value as it is.

    None stands for "not given": code either tests for it, or is always given a value.
    """
    if not isinstance(value, OfferV):
        return value
    term = value.term
    if value.default is None:
        interp.path.absent[term] = None
        return UnknownV(f"the command-line argument {value.name}", term)
    if value.others and interp.all_paths:
        return interp.resolve(UnknownV(f"the command-line argument {value.name}", term))
    if not any(interp.path.known(rival) for rival in value.rivals):
        for other in value.others:
            if interp.decide(("==", term, other), prefer=False):
                return other
    return value.default
