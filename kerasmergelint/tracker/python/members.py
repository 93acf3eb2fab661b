"""Looks names up in the method resolution order of a class."""

from __future__ import annotations

from kerasmergelint.tracker.values.foreign import is_foreign
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassMethodV,
    ClassV,
    FunctionV,
    Instance,
    StaticMethodV,
    is_all_own,
)
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.value import UnknownV, Value


def find(cls: ClassV, name: str, after: ClassV | None = None) -> tuple[ClassV, Value] | None:
    """The first class in the method resolution order with this attribute, and its value there."""
    order = cls.mro
    if after is not None:
        index = next((i for i, entry in enumerate(order) if entry is after), -1)
        order = order[index + 1 :]
    for entry in order:
        if isinstance(entry, ClassV) and name in entry.namespace:
            return entry, entry.namespace[name]
    return None


def may_be_hidden(cls: ClassV, owner: ClassV) -> bool:
    """Whether a base that nobody knows comes before the class in which a name was found."""
    for entry in cls.mro:
        if entry is owner:
            return False
        if isinstance(entry, UnknownV) or is_foreign(entry):
            return True
    return False


def bound_to(value: Value, receiver: Value, cls: ClassV) -> Value:
    """A class attribute as seen through an instance."""
    if isinstance(value, FunctionV):
        return BoundMethod(receiver, value)
    if isinstance(value, StaticMethodV):
        return value.function
    if isinstance(value, ClassMethodV):
        return BoundMethod(cls, value.function)
    return value


def own_names(owner: Instance | ClassV | ModuleV) -> list[str] | None:
    """The names in a module, a class with its bases, or an object; None if not all are known."""
    if isinstance(owner, ClassV):
        classes = [base for base in owner.mro if isinstance(base, ClassV)]
        known = is_all_own(owner) and not any(cls.open for cls in classes)
        return [name for cls in classes for name in cls.namespace] if known else None
    if isinstance(owner, ModuleV):
        return None if owner.package or owner.scope.open else list(owner.scope.variables)
    return None if owner.open else list(owner.attributes)
