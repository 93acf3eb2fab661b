"""Dataclasses that cost next to nothing until they are used.

The standard library writes and compiles up to seven methods for each class.  For our two hundred that
was half of the time it took to load the tracker, and most of them are never called in a run.  Here a
method is made when it is first called: the constructor, equality and hash by ourselves, since nearly every
run needs them, the others by the standard library, whose ``dataclasses`` imports ``inspect`` and more: a
twentieth of the time of a summary.

Type checkers see the standard library's ``dataclass``, ``field`` and ``replace``; its own ``replace``,
``fields`` and ``asdict`` take these classes.  That an instance is ``frozen`` is for the type checker to
hold: at run time it would double what it costs to make one.

Every room may import this module, so it imports the standard library only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kerasmergelint.constructors import BY_NUMBER

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace

T = TypeVar("T")

_NOT_GIVEN: Final = object()
_FIELDS: Final = "__dataclass_fields__"
_OURS: Final = "__fields_in_order__"

# What the standard library is asked for to get a method.
_ASKED_FOR: Final = {
    "__repr__": ("repr",), "__lt__": ("eq", "order"), "__le__": ("eq", "order"),
    "__gt__": ("eq", "order"), "__ge__": ("eq", "order"),
}  # fmt: skip
_ORDER: Final = ("__lt__", "__le__", "__gt__", "__ge__")


class _Field:
    """What ``field`` was told; ``chosen`` is what the standard library would be told."""

    __slots__ = ("chosen", "compare", "default", "default_factory", "hash", "init")

    def __init__(
        self,
        default: object = _NOT_GIVEN,
        default_factory: Callable[[], object] | None = None,
        init: bool = True,
        compare: bool = True,
        hash: bool | None = None,
        **others: object,
    ) -> None:
        self.default, self.default_factory = default, default_factory
        self.init, self.compare = init, compare
        self.hash = compare if hash is None else hash
        self.chosen = {"init": init, "compare": compare, "hash": hash, **others}
        if default is not _NOT_GIVEN:
            self.chosen["default"] = default
        if default_factory is not None:
            self.chosen["default_factory"] = default_factory


class _Definition:
    """The fields of a class in order, each with its annotation; ``made`` is the class that has them."""

    made: type

    def __init__(self, cls: type, kw_only: bool) -> None:
        self.fields: dict[str, tuple[str, _Field]] = {}
        self.kw_only = kw_only
        for base in reversed(cls.__mro__[1:]):
            inherited = base.__dict__.get(_OURS)
            if inherited is not None:
                self.fields.update(inherited.fields)
        for name, annotation in cls.__annotations__.items():
            if not annotation.startswith("ClassVar"):
                self.fields[name] = annotation, _field_of(cls, name)

    def positional(self) -> Iterator[str]:
        """The fields that the constructor takes by their place."""
        for name, (_, one) in self.fields.items():
            if not self.kw_only and one.init:
                yield name

    def twin(self, cls: type, asked_for: tuple[str, ...]) -> type:
        """A class of the standard library's with these fields, and some of the methods."""
        import dataclasses  # late: seldom needed, and slow to import

        content: dict[str, object] = {
            "__doc__": cls.__doc__ or "",
            "__qualname__": cls.__qualname__,
        }
        fields: list[tuple[str, Any, Any]] = []
        for name, (annotation, one) in self.fields.items():
            chosen: dict[str, Any] = one.chosen
            fields.append((name, annotation, dataclasses.field(**chosen)))
        return dataclasses.make_dataclass(
            cls.__name__,
            fields,
            namespace=content,
            kw_only=self.kw_only,
            init=False,
            repr="repr" in asked_for,
            eq="eq" in asked_for,
            order="order" in asked_for,
        )


def _field_of(cls: type, name: str) -> _Field:
    default = cls.__dict__.get(name, _NOT_GIVEN)
    if default is _NOT_GIVEN:
        return _PLAIN
    if type(default).__module__ == "dataclasses":
        raise TypeError(f"{cls.__name__}.{name}: take field from {__name__}")
    return default if isinstance(default, _Field) else _Field(default)


_PLAIN: Final = _Field()


def _constructor(cls: type, definition: _Definition) -> Callable[..., None]:
    """``__init__`` as the standard library writes it, without a class of its own to take it from."""
    made = _of_plain_fields(cls, definition) or _compiled(cls, definition)
    made.__qualname__ = f"{cls.__qualname__}.__init__"  # as in the messages of a TypeError
    return made


def _of_plain_fields(cls: type, definition: _Definition) -> FunctionType | None:
    """The constructor of a class whose fields are all given, or have a value as their default.

    It does what the constructor of any other class with as many fields does, under other names: to
    change the names of one that lies here costs a hundredth of what it costs to compile a text.
    """
    fields = [one for _, one in definition.fields.values()]
    if len(fields) >= len(BY_NUMBER) or hasattr(cls, "__post_init__"):
        return None
    if any(one.default_factory is not None or not one.init for one in fields):
        return None
    names = tuple(definition.fields)
    code = BY_NUMBER[len(fields)].__code__.replace(
        co_name="__init__", co_varnames=("self", *names), co_names=names
    )
    defaults = {
        name: one.default
        for name, (_, one) in definition.fields.items()
        if one.default is not _NOT_GIVEN
    }
    if definition.kw_only:
        code = code.replace(co_argcount=1, co_kwonlyargcount=len(names))
        made = FunctionType(code, {}, "__init__")
        made.__kwdefaults__ = defaults
        return made
    if tuple(defaults) != names[len(names) - len(defaults) :]:
        return None  # the text says what is wrong
    return FunctionType(code, {}, "__init__", tuple(defaults.values()))


def _compiled(cls: type, definition: _Definition) -> FunctionType:
    """The constructor of any class, by its text."""
    given: dict[str, object] = {"not_given": _NOT_GIVEN}
    parameters: list[str] = []
    body: list[str] = []
    for name, (_, one) in definition.fields.items():
        otherwise = f"of_{name}"
        if one.default_factory is not None:
            given[otherwise] = one.default_factory
            parameter, otherwise = f"{name}=not_given", f"{otherwise}()"
            value = f"{otherwise} if {name} is not_given else {name}"
        else:
            given[otherwise] = one.default
            parameter = name if one.default is _NOT_GIVEN else f"{name}={otherwise}"
            value = name
        if one.init:
            parameters.append(parameter)
            body.append(f"self.{name} = {value}")
        elif given[f"of_{name}"] is not _NOT_GIVEN:
            body.append(f"self.{name} = {otherwise}")
    if definition.kw_only and parameters:
        parameters.insert(0, "*")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    return _function(f"__init__({', '.join(['self', *parameters])})", body, given)


def _function(head: str, body: list[str], given: dict[str, object]) -> FunctionType:
    made: dict[str, Any] = {}
    exec(f"def {head}: {'; '.join(body) or 'pass'}", given, made)
    function: FunctionType = made[head.partition("(")[0]]
    return function


def _equality(definition: _Definition) -> FunctionType:
    mine, theirs = (
        _tuple(f"{side}.{name}" for name, (_, one) in definition.fields.items() if one.compare)
        for side in ("self", "other")
    )
    body = f"return {mine} == {theirs} if other.__class__ is self.__class__ else NotImplemented"
    return _function("__eq__(self, other)", [body], {})


def _hash(definition: _Definition) -> FunctionType:
    hashed = _tuple(f"self.{name}" for name, (_, one) in definition.fields.items() if one.hash)
    return _function("__hash__(self)", [f"return hash({hashed})"], {})


def _tuple(items: Iterable[str]) -> str:
    return f"({''.join(f'{item}, ' for item in items)})"


class _FieldsWhenAsked:
    """``__dataclass_fields__``, by which the standard library recognises its classes."""

    def __init__(self, definition: _Definition) -> None:
        self._definition = definition

    def __get__(self, instance: object, owner: type) -> object:
        cls = self._definition.made
        found = self._definition.twin(cls, ()).__dict__[_FIELDS]
        setattr(cls, _FIELDS, found)
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
    wanted = ["__init__", *["__repr__"] * repr, *["__eq__"] * eq, *(_ORDER if order else ())]
    added: dict[str, object] = {
        _OURS: definition,
        _FIELDS: _FieldsWhenAsked(definition),
        "__match_args__": tuple(definition.positional()),
    }
    if own.get("__hash__") is None and (eq or unsafe_hash):
        wanted += ["__hash__"] * (frozen or unsafe_hash)
        added["__hash__"] = None
    for name in wanted:
        if own.get(name) is None:
            added[name] = _made_when_called(definition, name)
    made = _with_slots(cls, definition, added)
    definition.made = made
    return made


def _with_slots(cls: type[T], definition: _Definition, added: dict[str, object]) -> type[T]:
    """The class again: slots can only be given when a class is made, and methods are cheapest then."""
    inherited = {slot for base in cls.__mro__[1:] for slot in base.__dict__.get("__slots__", ())}
    left_out = {*definition.fields, "__dict__", "__weakref__"}
    content = {name: value for name, value in cls.__dict__.items() if name not in left_out}
    content.update(added)
    content["__slots__"] = tuple(name for name in definition.fields if name not in inherited)
    metaclass: Any = type(cls)
    made: type[T] = metaclass(cls.__name__, cls.__bases__, content)
    made.__qualname__ = cls.__qualname__
    return made


def _method(cls: type, definition: _Definition, name: str) -> Callable[..., object]:
    if name == "__init__":
        return _constructor(cls, definition)
    if name == "__eq__":
        return _equality(definition)
    if name == "__hash__":
        return _hash(definition)
    made: Callable[..., object] = definition.twin(cls, _ASKED_FOR[name]).__dict__[name]
    return made


def _made_when_called(definition: _Definition, name: str) -> Callable[..., object]:
    """A method that puts the real one in its own place."""

    def first(*args: object, **keywords: object) -> object:
        cls = definition.made
        method = _method(cls, definition, name)
        setattr(cls, name, method)
        return method(*args, **keywords)

    return first


def field_names(instance: object) -> tuple[str, ...]:
    """The names of the fields of a class of ours, or of an instance, in order."""
    definition: _Definition = getattr(instance, _OURS)
    return tuple(definition.fields)


def _replaced(instance: T, /, **changes: object) -> T:
    definition: _Definition = getattr(instance, _OURS)
    for name, (_, one) in definition.fields.items():
        if name not in changes and one.init:
            changes[name] = getattr(instance, name)
    return type(instance)(**changes)


if not TYPE_CHECKING:
    field, replace = _Field, _replaced

    def dataclass(**chosen):
        return partial(_defined, **chosen)
