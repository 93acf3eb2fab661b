"""``isinstance`` and ``issubclass``."""

from __future__ import annotations

import builtins as python
from collections.abc import Callable

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

TYPES: dict[str, Callable[[Value], bool]] = {
    "int": lambda v: isinstance(v, (int, SymInt)) and not isinstance(v, NumPyInt),
    "float": lambda v: isinstance(v, float),
    "bool": lambda v: isinstance(v, bool),
    "str": lambda v: isinstance(v, str),
    "bytes": lambda v: isinstance(v, bytes),
    "list": lambda v: isinstance(v, ListV) and v.kind == "list",
    "tuple": lambda v: isinstance(v, tuple),
    "dict": lambda v: isinstance(v, DictV),
    "set": lambda v: isinstance(v, SetV),
    "range": lambda v: isinstance(v, range),
    "slice": lambda v: isinstance(v, slice),
    "object": lambda v: True,
    "type": lambda v: isinstance(v, ClassV),
    "Iterable": lambda v: isinstance(v, (ListV, tuple, DictV, SetV, str, range)),
    "Sequence": lambda v: isinstance(v, (ListV, tuple, str, range)),
    "Mapping": lambda v: isinstance(v, DictV),
    "Callable": lambda v: isinstance(v, (FunctionV, BoundMethod, NativeV, PartialV, ClassV)),
    "Number": lambda v: isinstance(v, (int, float, SymInt)),
    "Integral": lambda v: isinstance(v, (int, SymInt)),
    "integer": lambda v: isinstance(v, NumPyInt),
    "FunctionType": lambda v: isinstance(v, FunctionV),
    "string_types": lambda v: isinstance(v, str),
}
_PLAIN_VALUES = (
    bool, int, float, str, bytes, tuple, type(None), range, slice, ListV, DictV, SetV, SymInt,
    FunctionV, BoundMethod, NativeV, PartialV,
)  # fmt: skip  # fmt: skip


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
    last = cls.dotted.rpartition(".")[2]
    if isinstance(value, Instance):
        return _inherits(interp, value, cls.dotted)
    of_library = interp.semantics.is_instance.get(type(value))
    if of_library is not None:
        return of_library(interp, value, cls.dotted)
    if last in TYPES and isinstance(value, _PLAIN_VALUES):
        return TYPES[last](value)
    if isinstance(value, _PLAIN_VALUES):
        return False if "." in cls.dotted and last[:1].isupper() else None
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
