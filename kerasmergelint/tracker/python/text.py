"""``str``, ``repr`` and formatting: values in a form that Python itself can format.

Constants and containers of them are themselves; objects of the program are stand-ins that call its
``__str__``, ``__repr__`` and ``__format__`` when Python asks for them.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import array_numbers, own_exceptions, special
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.exceptions import ExceptionV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Args, Value


class NotKnown(Exception):
    """The text of a value is unknown."""


def spoken(interp: Interpreter, value: Value, site: Site) -> Any:
    """The value in such a form; raises :class:`NotKnown`, now or when it is formatted."""
    return _Speaker(interp, site).say(value)


def formatted(
    interp: Interpreter, site: Site, write: Callable[[Callable[[Value], Any]], str]
) -> str:
    """What ``write`` makes of values, each of which it passes to its argument; arrays may be refused."""
    speaker = _Formatted(interp, site)
    try:
        text = write(speaker.say)
    except (AttributeError, LookupError, TypeError, ValueError):
        if speaker.met_unknown:
            raise NotKnown from None
        raise
    if speaker.met_unknown:
        raise NotKnown
    return text


class _Speaker:
    def __init__(self, interp: Interpreter, site: Site) -> None:
        self.interp = interp
        self.site = site
        self.length = 0  # of the text, at least

    def say(self, value: Value) -> Any:
        """Visits a bounded number of parts: containers may share parts, or hold themselves."""
        self.length += 1 + (len(value) if isinstance(value, (str, bytes)) else 0)
        if self.length > limits.MAX_LENGTH:
            raise NotKnown
        if isinstance(value, tuple):
            return tuple([self.say(item) for item in value])
        if isinstance(value, frozenset):
            return frozenset([self.say(item) for item in value])
        if is_constant(value):
            return value
        if isinstance(value, ListV) and value.kind == "list" and not value.open:
            return [self.say(item) for item in value.items]
        if isinstance(value, DictV) and value.default is None and not value.open:
            return {self.say(key): self.say(item) for key, item in value.items.items()}
        if isinstance(value, ExceptionV) and value.args is not None:
            return _exception(value.type_name, self.say(value.args))
        if isinstance(value, Instance):
            return _Object(self.interp, value, self.site)
        return self.other(value)

    def other(self, value: Value) -> Any:
        """What is neither plain nor of the program."""
        raise NotKnown


class _Formatted(_Speaker):
    """Goes on behind what is not known: what comes later may be refused."""

    met_unknown = False

    def other(self, value: Value) -> Any:
        self.met_unknown = True
        return _StandIn(self.interp, value, self.site)

    def say(self, value: Value) -> Any:
        if isinstance(value, ListV) and own_exceptions.are_scores(value):
            return self.other(value)
        return super().say(value)


def _exception(name: str, args: tuple[Any, ...]) -> BaseException:
    cls = getattr(builtins, name, None)
    if isinstance(cls, type) and issubclass(cls, BaseException) and not issubclass(cls, OSError):
        try:
            return cls(*args)
        except TypeError:
            raise NotKnown from None
    raise NotKnown


class _Object:
    """Stands in for an object of the program's when Python formats it."""

    def __init__(self, interp: Interpreter, value: Instance, site: Site) -> None:
        self._interp, self._value, self._site = interp, value, site

    def __str__(self) -> str:
        text = self._by("__str__", [])
        return repr(self) if text is None else text

    def __repr__(self) -> str:
        text = self._by("__repr__", [])
        if text is None:
            raise NotKnown
        return text

    def __format__(self, spec: str) -> str:
        text = self._by("__format__", [spec])
        if text is None and spec:
            raise NotKnown
        return str(self) if text is None else text

    def __index__(self) -> int:
        raise NotKnown

    __int__ = __float__ = __index__

    def _by(self, name: str, args: Args) -> str | None:
        """The result of its own method; None if it has none."""
        text = special.call(self._interp, self._value, name, args, self._site)
        if text == special.NOT_IMPLEMENTED:
            return None
        if not isinstance(text, str):
            raise NotKnown
        return text


class _StandIn:
    """Stands in for a value that is not known, or an array, when Python formats it."""

    def __init__(self, interp: Interpreter, value: Value, site: Site) -> None:
        self._interp, self._value, self._site = interp, value, site

    def __str__(self) -> str:
        return ""

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        if spec and isinstance(self._value, TensorV):
            array_numbers.check_formatted(self._interp, self._value, self._site)
        elif spec:
            own_exceptions.check_no_scores(self._interp, self._value, self._site)
        return ""

    def __float__(self) -> float:
        if isinstance(self._value, TensorV):
            array_numbers.check_number(self._interp, self._value, self._site)
        else:
            own_exceptions.check_no_scores(self._interp, self._value, self._site)
        return 0.0

    def __index__(self) -> int:
        return int(float(self))

    def __getitem__(self, key: object) -> object:
        return self

    def __getattr__(self, name: str) -> object:
        return self
