"""Dataclasses that cost next to nothing until they are used.

The standard library writes and compiles up to seven methods for each class.  For our two hundred that
was half of the time it took to load the tracker, and most of them are never called in a run.  Here a
method is made when it is first called: the constructor by ourselves, since nearly every class needs it, the
others by the standard library.

Type checkers see ``dataclasses.dataclass``, and ``dataclasses.replace``, ``fields`` and ``asdict`` take
these classes.  That an instance is ``frozen`` is for the type checker to hold: at run time it would double
what it costs to make one.

Every room may import this module, so it imports the standard library only.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass

T = TypeVar("T")

_NOT_GIVEN: Final = object()
_FIELDS: Final = "__dataclass_fields__"
_OURS: Final = "__fields_in_order__"

# What the standard library is asked for to get a method.
_ASKED_FOR: Final = {
    "__init__": ("init",), "__repr__": ("repr",), "__eq__": ("eq",), "__hash__": ("eq", "unsafe_hash"),
    "__lt__": ("eq", "order"), "__le__": ("eq", "order"), "__gt__": ("eq", "order"),
    "__ge__": ("eq", "order"),
}  # fmt: skip
_ORDER: Final = ("__lt__", "__le__", "__gt__", "__ge__")


class _Definition:
    """The fields of a class in order, each with its annotation, and its default or what ``field`` gave."""

    def __init__(self, cls: type, kw_only: bool) -> None:
        self.fields: dict[str, tuple[str, object]] = {}
        self.kw_only = kw_only
        for base in reversed(cls.__mro__[1:]):
            inherited = base.__dict__.get(_OURS)
            if inherited is not None:
                self.fields.update(inherited.fields)
        for name, annotation in cls.__annotations__.items():
            if not annotation.startswith("ClassVar"):
                self.fields[name] = annotation, cls.__dict__.get(name, MISSING)

    def positional(self) -> Iterator[str]:
        """The fields that the constructor takes by their place."""
        for name, (_, default) in self.fields.items():
            if not self.kw_only and (not isinstance(default, Field) or default.init):
                yield name

    def twin(self, cls: type, asked_for: tuple[str, ...]) -> type:
        """A class of the standard library's with these fields, and some of the methods."""
        content: dict[str, object] = {
            "__doc__": cls.__doc__ or "",
            "__qualname__": cls.__qualname__,
        }
        if hasattr(cls, "__post_init__"):
            content["__post_init__"] = None  # all that counts is that there is one
        return dataclasses.make_dataclass(
            cls.__name__,
            [(name, annotation, _field(default)) for name, (annotation, default) in self.fields.items()],
            namespace=content,
            kw_only=self.kw_only,
            init="init" in asked_for,
            repr="repr" in asked_for,
            eq="eq" in asked_for,
            order="order" in asked_for,
            unsafe_hash="unsafe_hash" in asked_for,
        )  # fmt: skip


def _constructor(cls: type, definition: _Definition) -> Callable[..., None]:
    """``__init__`` as the standard library writes it, without a class of its own to take it from."""
    given: dict[str, object] = {"not_given": _NOT_GIVEN}
    parameters: list[str] = []
    body: list[str] = []
    for name, (_, default) in definition.fields.items():
        one = _field(default)
        otherwise = f"of_{name}"
        if one.default_factory is not MISSING:
            given[otherwise] = one.default_factory
            parameter, otherwise = f"{name}=not_given", f"{otherwise}()"
            value = f"{otherwise} if {name} is not_given else {name}"
        else:
            given[otherwise] = one.default
            parameter = name if one.default is MISSING else f"{name}={otherwise}"
            value = name
        if one.init:
            parameters.append(parameter)
            body.append(f"self.{name} = {value}")
        elif given[f"of_{name}"] is not MISSING:
            body.append(f"self.{name} = {otherwise}")
    if definition.kw_only and parameters:
        parameters.insert(0, "*")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    made: dict[str, Any] = {}
    text = f"def __init__({', '.join(['self', *parameters])}): {'; '.join(body) or 'pass'}"
    exec(text, given, made)
    constructor: Callable[..., None] = made["__init__"]
    constructor.__qualname__ = f"{cls.__qualname__}.__init__"  # as in the messages of a TypeError
    return constructor


def _field(default: object) -> Any:
    return default if isinstance(default, Field) else dataclasses.field(default=default)


class _FieldsWhenAsked:
    """``__dataclass_fields__``, by which the standard library recognises its classes."""

    def __init__(self, cls: type, definition: _Definition) -> None:
        self._cls, self._definition = cls, definition

    def __get__(self, instance: object, owner: type) -> object:
        found = self._definition.twin(self._cls, ()).__dict__[_FIELDS]
        setattr(self._cls, _FIELDS, found)
        return found


def _defined(
    cls: type[T],
    *,
    slots: bool,
    frozen: bool = False,
    repr: bool = True,
    eq: bool = True,
    order: bool = False,
    unsafe_hash: bool = False,
    kw_only: bool = False,
) -> type[T]:
    """The class with slots, and with methods that make themselves when first called."""
    if not slots:
        raise TypeError(f"{cls.__name__}: without slots, take dataclasses.dataclass")
    own = cls.__dict__
    definition = _Definition(cls, kw_only)
    made = _with_slots(cls, definition)
    wanted = ["__init__", *["__repr__"] * repr, *["__eq__"] * eq, *(_ORDER if order else ())]
    added: dict[str, object] = {
        _OURS: definition,
        _FIELDS: _FieldsWhenAsked(made, definition),
        "__match_args__": tuple(definition.positional()),
    }
    if own.get("__hash__") is None and (eq or unsafe_hash):
        wanted += ["__hash__"] * (frozen or unsafe_hash)
        added["__hash__"] = None
    for name in wanted:
        if own.get(name) is None:
            added[name] = _made_when_called(made, definition, name)
    for name, value in added.items():
        setattr(made, name, value)
    return made


def _with_slots(cls: type[T], definition: _Definition) -> type[T]:
    """The class again: slots can only be given when a class is made."""
    inherited = {slot for base in cls.__mro__[1:] for slot in base.__dict__.get("__slots__", ())}
    left_out = {*definition.fields, "__dict__", "__weakref__"}
    content = {name: value for name, value in cls.__dict__.items() if name not in left_out}
    content["__slots__"] = tuple(name for name in definition.fields if name not in inherited)
    metaclass: Any = type(cls)
    made: type[T] = metaclass(cls.__name__, cls.__bases__, content)
    made.__qualname__ = cls.__qualname__
    return made


def _made_when_called(cls: type, definition: _Definition, name: str) -> Callable[..., object]:
    """A method that puts the real one in its own place."""

    def first(*args: object, **keywords: object) -> object:
        if name == "__init__":
            method = _constructor(cls, definition)
        else:
            method = definition.twin(cls, _ASKED_FOR[name]).__dict__[name]
        setattr(cls, name, method)
        return method(*args, **keywords)

    return first


if not TYPE_CHECKING:

    def dataclass(**chosen):
        return partial(_defined, **chosen)
