"""Decorators: harmless ones pass a function through, unknown ones hide it."""

from __future__ import annotations

from typing import Any

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.objects import (
    ClassMethodV,
    ClassV,
    PropertyV,
    StaticMethodV,
)
from kerasmergelint.tracker.values.value import External, UnknownV, Value

_TRANSPARENT = frozenset(
    {
        "functools.wraps", "six.add_metaclass", "six.python_2_unicode_compatible",
        "functools.lru_cache", "functools.cache", "tensorflow.function",
        "tensorflow.keras.utils.register_keras_serializable", "abc.abstractmethod",
        "keras.utils.register_keras_serializable", "keras.saving.register_keras_serializable",
        "tensorflow.keras.saving.register_keras_serializable",
        "tf_keras.utils.register_keras_serializable", "tf_keras.saving.register_keras_serializable",
        "keras_core.saving.register_keras_serializable", "typing.final", "typing.overload",
        "typing.no_type_check", "contextlib.contextmanager", "typing_extensions.override",
        "typing.override", "tensorflow.autograph.experimental.do_not_convert",
        "tensorflow.Module.with_name_scope", "total_ordering", "functools.total_ordering",
        "tensorflow.custom_gradient", "typing.runtime_checkable", "enum.unique",
        "keras.src.api_export.keras_export", "tensorflow.python.util.tf_export.keras_export",
    }
)  # fmt: skip


def decorate(interp: Interpreter, decorator: ir.Expression, value: Value, node: Any) -> Value:
    """What a decorator makes of a function or class."""
    if isinstance(decorator, ir.Attribute) and decorator.attr in ("setter", "getter", "deleter"):
        current = interp.evaluate(decorator.value)
        if isinstance(current, PropertyV):
            if decorator.attr == "setter":
                return PropertyV(current.getter, value)
            return current
    if isinstance(decorator, ir.Call):
        maker = interp.evaluate(decorator.func)
        if isinstance(maker, External) and _passes_through(maker.dotted):
            return value
    applied = interp.evaluate(decorator)
    dotted = applied.dotted if isinstance(applied, External) else ""
    if dotted == "property" or dotted.endswith("cached_property"):
        return PropertyV(value)
    if dotted in ("abc.abstractproperty",):
        return PropertyV(value)
    if dotted == "staticmethod":
        return StaticMethodV(value)
    if dotted == "classmethod":
        return ClassMethodV(value)
    if dotted.startswith("dataclasses.dataclass") and isinstance(value, ClassV):
        value.kind = "dataclass"
        return value
    if dotted in _TRANSPARENT:
        return value
    if dotted.rpartition(".")[2] in ("keras_export", "tf_export"):
        return value
    if isinstance(applied, UnknownV) and isinstance(decorator, ir.Call):
        name = decorator.func
        last = name.attr if isinstance(name, ir.Attribute) else getattr(name, "id", "")
        if last in ("keras_export", "tf_export", "register_keras_serializable"):
            return value
    site = interp.site(node)
    return interp.call(applied, [value], {}, site)


def _passes_through(dotted: str) -> bool:
    """Whether calling this gives a decorator that passes its function through."""
    return dotted in _TRANSPARENT or dotted.rpartition(".")[2] in ("keras_export", "tf_export")
