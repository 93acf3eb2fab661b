"""``isinstance`` and ``issubclass``."""

from __future__ import annotations

import builtins as python
import collections
import functools
import numbers
import types
import typing
from collections import abc

from kerasmergelint.regex import regex
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values import exceptions
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.exceptions import (
    covers,
    is_exception,
    is_exception_class,
)
from kerasmergelint.tracker.values.numpy_numbers import NumPyInt
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassV,
    FunctionV,
    Instance,
    NativeV,
    PartialV,
)
from kerasmergelint.tracker.values.value import External, SymInt, UnknownV, Value

# Modules whose classes Python itself is asked about; they hold names and abstract classes only.
_STANDARD = {
    module.__name__: module
    for module in (python, collections, abc, functools, numbers, types, typing)
}
# Classes of other libraries that are none of Python's own, though not written in capitals, and
# names in capitals that may stand for any of these.
_NEVER_PLAIN = frozenset({"numpy.ndarray", "numpy.matrix", "numpy.recarray"})
_ANY_TYPE = regex(r"(?:typing_extensions|past|six|numpy\.typing|tensorflow\.types)\b")
_SIX: dict[str, type] = {
    "six.string_types": str, "six.text_type": str, "six.integer_types": int, "six.binary_type": bytes,
    "past.builtins.basestring": str, "basestring": str, "unicode": str, "long": int,
    "NoneType": type(None),
}  # fmt: skip
# What stands for a value of Python's, and the type of that value.
_TYPES: dict[type, type] = {
    SymInt: int, DictV: dict, SetV: set, FunctionV: types.FunctionType,
    BoundMethod: types.MethodType, PartialV: functools.partial,
    **{own: own for own in (
        bool, int, float, complex, str, bytes, tuple, frozenset, range, slice, type(None),
    )},
}  # fmt: skip
# A float may be one of NumPy's, which inherit from Python's; an int that is not known may be, too.
_MAY_BE_NUMPY = (bool, float, str, bytes, SymInt)


def python_type(value: Value) -> type | None:
    """The type that a value has in Python; None if that is not known, or a class of a library's."""
    if isinstance(value, ListV):
        return {"list": list, "deque": collections.deque}.get(value.kind)
    return _TYPES.get(type(value))


def _plain_is(value: Value, dotted: str) -> bool | None:
    """Whether a value of Python's own is of a class of Python's, or of a library's."""
    library, _, last = dotted.rpartition(".")
    wanted = _standard(library, last) or _SIX.get(dotted)
    if isinstance(value, NumPyInt):
        return _integer_is(wanted, dotted)
    if wanted is not None:
        return _is_of(value, wanted)
    if _ANY_TYPE.match(dotted):
        return None
    if dotted in _NEVER_PLAIN or (library and last[:1].isupper()):
        return False
    return False if library == "numpy" and not isinstance(value, _MAY_BE_NUMPY) else None


def _standard(library: str, name: str) -> type | None:
    """A class of Python's own library; ``typing.List`` is ``list``."""
    found = getattr(_STANDARD.get(library or "builtins"), name, None)
    if found is None and library == "collections":  # before Python 3.10
        found = getattr(abc, name, None)
    found = getattr(found, "__origin__", found)
    return found if isinstance(found, type) else None


def _is_of(value: Value, wanted: type) -> bool | None:
    """Whether a value is of a class of Python's; a dict may be of one that inherits from ``dict``."""
    own = python_type(value)
    if own is None:
        return True if wanted in _OF_CALLABLES else None
    if issubclass(own, wanted):
        return True
    return None if own is dict and issubclass(wanted, dict) else False


_OF_CALLABLES = (object, abc.Callable, abc.Hashable)


def _integer_is(wanted: type | None, dotted: str) -> bool | None:
    """Whether an integer of NumPy's is of a class."""
    if wanted is not None:
        return wanted in _OF_INTEGERS
    if dotted in ("numpy.integer", "numpy.number", "numpy.generic"):
        return True
    return None if dotted.startswith("numpy.") and dotted not in _NEVER_PLAIN else False


_OF_INTEGERS = (
    object, abc.Hashable, numbers.Number, numbers.Complex, numbers.Real, numbers.Rational,
    numbers.Integral, typing.SupportsInt, typing.SupportsFloat, typing.SupportsIndex,
    typing.SupportsComplex, typing.SupportsAbs, typing.SupportsRound,
)  # fmt: skip


def is_instance(interp: Interpreter, value: Value, cls: Value) -> bool | None:
    """``isinstance(value, cls)``; None if it is not known."""
    if isinstance(cls, tuple):
        answers = [is_instance(interp, value, part) for part in cls]
        return True if True in answers else None if None in answers else False
    if isinstance(value, UnknownV):
        return None
    if is_exception(value):
        return covers(cls, value)
    if isinstance(cls, ClassV):
        if isinstance(value, Instance):
            found = any(entry is cls for entry in value.cls.mro)
            return True if found else None if value.cls.unknown_base else False
        return None if isinstance(value, External) or cls.kind == "enum" else False
    if not isinstance(cls, External):
        return None
    if isinstance(value, Instance):
        return _inherits(interp, value, cls.dotted)
    of_library = interp.semantics.is_instance.get(type(value))
    if of_library is not None:
        return of_library(interp, value, cls.dotted)
    if isinstance(value, (NumPyInt, ListV, NativeV)) or type(value) in _TYPES:
        return _plain_is(value, cls.dotted)
    return None


def _inherits(interp: Interpreter, value: Instance, dotted: str) -> bool | None:
    """Whether an object's class inherits from a library class."""
    last = dotted.rpartition(".")[2]
    inherited = {e.dotted.rpartition(".")[2] for e in value.cls.mro if isinstance(e, External)}
    if last in inherited or last == "object":
        return True
    if last in ("list", "tuple", "dict", "str", "int", "float", "bool", "set"):
        return False
    if value.layer is None:
        return None
    return interp.semantics.base_classes.is_instance(interp, value, dotted)


def is_subclass(cls: Value, wanted: Value) -> bool | None:
    """``issubclass(cls, wanted)``; None if it is not known."""
    if isinstance(wanted, tuple):
        answers = [is_subclass(cls, part) for part in wanted]
        return True if True in answers else None if None in answers else False
    if is_exception_class(cls):
        return exceptions.is_subclass(cls, wanted)
    if isinstance(cls, ClassV):
        if any(entry is wanted or entry == wanted for entry in cls.mro):
            return True
        known = isinstance(wanted, ClassV) and not cls.unknown_base
        return False if known else None
    if cls == wanted or wanted == External("object"):
        return True
    found = [getattr(python, c.dotted, None) for c in (cls, wanted) if isinstance(c, External)]
    types = [thing for thing in found if isinstance(thing, type)]
    return issubclass(*types) if len(types) == 2 else None
