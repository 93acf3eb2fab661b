"""The builtins that ask about objects and their attributes."""

from __future__ import annotations

import functools
import types

from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.assigning import store_named
from kerasmergelint.tracker.python.attributes import read_named
from kerasmergelint.tracker.python.types import is_instance, is_subclass, python_type
from kerasmergelint.tracker.values.constants import to_term
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.exceptions import ExceptionV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LAYERS
from kerasmergelint.tracker.values.numpy_numbers import NumPyInt
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassMethodV,
    ClassV,
    FunctionV,
    Instance,
    NativeV,
    PartialV,
    PropertyV,
    StaticMethodV,
    SuperV,
)
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import Args, External, Keywords, UnknownV, Value


def _isinstance(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) != 2:
        return interp.unknown("isinstance")
    value, cls = interp.resolve(args[0]), args[1]
    answer = is_instance(interp, value, cls)
    if answer is not None:
        return answer
    name = _class_name(cls)
    term = to_term(value)
    if term is None:
        term = interp.opaque_term()
    elif not isinstance(value, UnknownV):
        term = make("object", term)  # what it is, is known to whoever reads it: nobody may choose
    return UnknownV("a test of a type", make("isinstance", term, name))


def _issubclass(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    known = is_subclass(*args) if len(args) == 2 else None
    return interp.unknown("a test of a class") if known is None else known


def _class_name(cls: Value) -> str:
    if isinstance(cls, External):
        return cls.dotted
    if isinstance(cls, tuple):
        return ",".join(_class_name(part) for part in cls)
    return cls.name if isinstance(cls, ClassV) else "?"


def _type(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) == 3 and isinstance(args[0], str) and isinstance(args[2], DictV):
        bases = interp.iterate(args[1], site) or []
        return ClassV(interp.heap, args[0], tuple(bases), dict(args[2].items), None, None)
    value = args[0] if args else None
    if isinstance(value, Instance):
        return value.cls
    if isinstance(value, ExceptionV):
        return External(value.type_name)
    class_of = interp.semantics.class_of.get(type(value))
    if class_of is not None:
        return class_of(value)
    own = None if isinstance(value, NumPyInt) else python_type(value)
    if own is not None and own not in (
        dict,
        types.FunctionType,
        types.MethodType,
        functools.partial,
    ):
        return External(own.__name__)
    term = to_term(value)
    return interp.unknown("the type of something", None if term is None else make("type", term))


def _hasattr(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value, name = args if len(args) == 2 else (None, None)
    if not isinstance(name, str):
        return interp.unknown("hasattr")
    known = interp.has_attribute(value, name)
    if known is None:
        return interp.unknown(f"whether something has the attribute {name}")
    return known


def _getattr(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) < 2 or not isinstance(args[1], str):
        return interp.unknown("getattr with an unknown name")
    value, name = args[0], args[1]
    if len(args) > 2:
        there = _hasattr(interp, [value, name], {}, site)
        if there is False:
            return args[2]
        if isinstance(value, (Instance, TensorV)) and there is not True:
            return interp.unknown(f"the attribute {name}, if there is one")
    return interp.attribute(value, name, site)


def _setattr(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    owner, name, content = args if len(args) == 3 else (None, None, None)
    if isinstance(name, str):
        interp.set_attribute(owner, name, content, site)
    elif isinstance(owner, ClassV):
        interp.heap.touch(owner)
        owner.open, owner.reason = True, _UNKNOWN_NAME
    else:
        interp.forget(owner, _UNKNOWN_NAME)
        if isinstance(owner, Instance):
            owner.hide_class()
    return None


_UNKNOWN_NAME = "an attribute of an unknown name was assigned"


def _callable(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = args[0] if args else None
    if isinstance(value, (FunctionV, BoundMethod, NativeV, PartialV, ClassV, *LAYERS)):
        return True
    if value is None or isinstance(value, (bool, int, float, str, tuple, ListV, DictV, SetV)):
        return False
    term = to_term(value)
    return UnknownV("whether it is callable", None if term is None else make("callable", term))


def _super(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) == 2 and isinstance(args[0], ClassV):
        return SuperV(args[0], args[1])
    frame = interp.frame
    if not args and frame.owner is not None:
        return SuperV(frame.owner, frame.receiver)
    return interp.unknown("super()")


def _property(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    getter = args[0] if args else keywords.get("fget")
    return PropertyV(getter, args[1] if len(args) > 1 else keywords.get("fset"))


def _static(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return StaticMethodV(args[0] if args else None)


def _of_class(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return ClassMethodV(args[0] if args else None)


FUNCTIONS: dict[str, Native] = {
    "isinstance": _isinstance, "issubclass": _issubclass, "type": _type, "hasattr": _hasattr,
    "getattr": _getattr, "setattr": _setattr, "object.__setattr__": store_named,
    "object.__getattribute__": read_named, "callable": _callable,
    "super": _super, "property": _property, "staticmethod": _static, "classmethod": _of_class,
}  # fmt: skip
