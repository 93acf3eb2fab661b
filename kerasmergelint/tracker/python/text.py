"""``str``, ``repr`` and formatting: values in a form that Python itself can format.

Constants and containers of them are themselves; objects of the program are stand-ins that call its
``__str__``, ``__repr__`` and ``__format__`` when Python asks for them.
"""

from __future__ import annotations

import builtins
from typing import Any

from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import special
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.exceptions import ExceptionV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Args, Value


class NotKnown(Exception):
    """The text of a value is unknown."""


def spoken(interp: Interpreter, value: Value, site: Site) -> Any:
    """The value in such a form; raises :class:`NotKnown`, now or when it is formatted."""
    return _Speaker(interp, site).say(value)


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
        raise NotKnown


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
