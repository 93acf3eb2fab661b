"""Exceptions and their classes: Python's own, a library's, or the program's."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from functools import lru_cache

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.value import External, Value


@dataclass(frozen=True, slots=True, eq=False)
class ExceptionV:
    """An exception whose class the program does not define, by the name of that class.

    ``args`` is None if Python or a library raises it: their wording is unknown.  ``message`` is
    ours.
    """

    type_name: str
    args: tuple[Value, ...] | None = None
    message: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ManagerV:
    """A library's context manager: what ``as`` binds, and the exceptions that it swallows.

    ``expects_failure``: the body is meant to fail, perhaps in another way than we find.
    """

    entered: Value
    swallowed: tuple[Value, ...] = ()
    expects_failure: bool = False


class Raised(Exception):
    """The abstract program raises: a builtin or library exception, one of its own, or an unknown one."""

    def __init__(self, exception: Value) -> None:
        super().__init__(exception)
        self.exception = exception


class Reported(Raised):
    """The same where it is a finding: nothing in the program catches it."""


# Classes of libraries that the tracker raises, and builtins that an older Python lacks.
_PARENTS = {
    "OpError": ("Exception",),
    "InvalidArgumentError": ("OpError",),
    "OperatorNotAllowedInGraphError": ("TypeError",),
    "AxisError": ("ValueError", "IndexError"),
    "JSONDecodeError": ("ValueError",),
    "FrozenInstanceError": ("AttributeError",),
    "BaseExceptionGroup": ("BaseException",),
    "ExceptionGroup": ("Exception",),
}
_ALIASES = {"socket.error": "OSError", "os.error": "OSError", "select.error": "OSError"}
_OBJECT = External("object")


@lru_cache(maxsize=256)
def family(name: str) -> frozenset[str] | None:
    """The names of this exception class and its bases; None if they are unknown.

    >>> sorted(family("KeyError"))
    ['BaseException', 'Exception', 'KeyError', 'LookupError']
    """
    known = getattr(builtins, name, None)
    if isinstance(known, type) and issubclass(known, BaseException):
        return frozenset(base.__name__ for base in known.__mro__[:-1])
    if name not in _PARENTS:
        return None
    return frozenset({name}.union(*(family(parent) or () for parent in _PARENTS[name])))


@lru_cache(maxsize=256)
def class_name(dotted: str) -> str:
    """The plain name of a library's exception class; aliases get the name of what they stand for.

    >>> class_name("IOError"), class_name("tensorflow.errors.OpError")
    ('OSError', 'OpError')
    """
    last = _ALIASES.get(dotted, dotted.rpartition(".")[2])
    known = getattr(builtins, last, None)
    return known.__name__ if isinstance(known, type) else last


def is_exception_class(value: Value) -> bool:
    """Whether a value is certainly an exception class."""
    if isinstance(value, ClassV):
        return any(_is_foreign_exception(base) for base in value.mro)
    return _is_foreign_exception(value)


def _is_foreign_exception(value: Value) -> bool:
    """Whether it is an exception class that the program does not define."""
    if not isinstance(value, External):
        return False
    name = class_name(value.dotted)
    return family(name) is not None or name.endswith(("Error", "Exception"))


def is_exception(value: Value) -> bool:
    """Whether a value is certainly an exception."""
    return isinstance(value, ExceptionV) or (
        isinstance(value, Instance) and is_exception_class(value.cls)
    )


def is_mistake(exception: Value) -> bool:
    """Whether Python raises this because of an error in the program, not because a statement says so.

    >>> is_mistake(ExceptionV("NameError")), is_mistake(ExceptionV("ValueError", ("too deep",)))
    (True, False)
    """
    if not isinstance(exception, ExceptionV) or exception.args is not None:
        return False
    return "Exception" in (family(exception.type_name) or ()) and exception.type_name not in _MEANT


_MEANT = frozenset({"AssertionError", "StopIteration", "StopAsyncIteration"})


def class_of(exception: Value) -> Value:
    """The class of an exception; unknown for an unknown one."""
    if isinstance(exception, Instance):
        return exception.cls
    return External(exception.type_name) if isinstance(exception, ExceptionV) else exception


def words(exception: Value) -> str:
    """An exception as Python shows it, as far as it is known.

    >>> words(ExceptionV("ValueError", ("too deep", 9))), words(ExceptionV("KeyError"))
    ("ValueError: 'too deep', 9", 'KeyError')
    """
    if isinstance(exception, Instance):
        return exception.cls.name
    if not isinstance(exception, ExceptionV):
        return "an exception"
    args = exception.args or ()
    known = args if all(isinstance(arg, (str, int, float)) for arg in args) else ()
    told = known[0] if len(known) == 1 else ", ".join(map(repr, known))
    return ": ".join(filter(None, (exception.type_name, str(told) or exception.message)))


def covers(cls: Value, exception: Value) -> bool | None:
    """Whether ``except cls`` catches an exception; None if unknown."""
    return is_subclass(class_of(exception), cls)


def is_subclass(raised: Value, cls: Value) -> bool | None:
    """``issubclass(raised, cls)`` for exception classes; None if unknown."""
    if isinstance(cls, tuple):
        return _any(is_subclass(raised, part) for part in cls)
    if isinstance(raised, ClassV):
        return _is_own_subclass(raised, cls)
    if not isinstance(cls, (ClassV, External)):
        return None
    wanted = class_name(cls.dotted) if isinstance(cls, External) else None
    name = class_name(raised.dotted) if isinstance(raised, External) else None
    known = None if name is None else family(name)
    if known is not None:
        return wanted in known
    return True if wanted is not None and wanted in (name, "Exception", "BaseException") else None


def _is_own_subclass(raised: ClassV, cls: Value) -> bool | None:
    """``issubclass`` for a class that the program defines."""
    if any(entry is cls for entry in raised.mro):
        return True
    bases = [base for base in raised.mro if isinstance(base, External) and base != _OBJECT]
    unsure = None if raised.unknown_base else False
    return _any([*(is_subclass(base, cls) for base in bases), unsure])


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    return True if True in found else None if None in found else False
