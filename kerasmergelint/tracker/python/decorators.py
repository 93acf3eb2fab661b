"""Decorators: harmless ones pass a function through, unknown ones hide it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from kerasmergelint.dataclass import replace
from kerasmergelint.regex import regex
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import pydantic_models, records
from kerasmergelint.tracker.values.objects import (
    ClassMethodV,
    ClassV,
    PropertyV,
    StaticMethodV,
)
from kerasmergelint.tracker.values.value import External, UnknownV, Value

_TRANSPARENT = frozenset(
    {
        "six.add_metaclass", "six.python_2_unicode_compatible",
        "tensorflow.keras.utils.register_keras_serializable", "abc.abstractmethod",
        "keras.utils.register_keras_serializable", "keras.saving.register_keras_serializable",
        "tensorflow.keras.saving.register_keras_serializable",
        "tf_keras.utils.register_keras_serializable", "tf_keras.saving.register_keras_serializable",
        "keras_core.saving.register_keras_serializable", "typing.final", "typing.overload",
        "typing.no_type_check", "contextlib.contextmanager", "typing_extensions.override",
        "typing.override", "tensorflow.autograph.experimental.do_not_convert",
        "tensorflow.Module.with_name_scope", "total_ordering",
        "typing.runtime_checkable", "enum.unique", "pydantic.computed_field",
        "keras.src.api_export.keras_export", "tensorflow.python.util.tf_export.keras_export",
        # What others add to a function when it is called is not about its arguments or its result.
        "atexit.register", "beartype.beartype", "jaxtyping.jaxtyped", "line_profiler.profile",
        "memory_profiler.profile", "streamlit.cache", "streamlit.cache_data", "streamlit.cache_resource",
        "streamlit.experimental_memo", "streamlit.experimental_singleton", "streamlit.fragment",
        "torch.inference_mode", "torch.no_grad", "typeguard.typechecked",
    }
)  # fmt: skip
# Of these nobody expects that they work, or they are left out.
_NOT_MEANT_TO_WORK = regex(
    r"(?i)xfail|fail|rais|skip|error|except|catch|suppress|safe|deprecat|mock|patch"
)


def decorators(interp: Interpreter, node: ir.FunctionDef | ir.ClassDef) -> Callable[[Value], Value]:
    """Apply decorators to a value; they are evaluated before it, and applied bottom-up."""
    found = [_decorator(interp, decorator, node) for decorator in node.decorators]

    def decorate(value: Value) -> Value:
        for apply in reversed(found):
            value = apply(value)
        return value

    return decorate


def are_meant_to_work(decorators: tuple[ir.Expression, ...]) -> bool:
    """Whether nothing in the names of decorators says that what they hide may fail, or is not used.

    >>> names = ("xfail", "route", "expectedFailure", "register", "skipif")
    >>> [are_meant_to_work((ir.Name(None, name),)) for name in names]
    [False, True, False, True, False]
    """
    names = (_names(decorator) for decorator in decorators)
    return not any(_NOT_MEANT_TO_WORK.search(name) for name in chain(*names))


def _names(expression: ir.Expression) -> Iterator[str]:
    """The names that an expression like ``pytest.mark.skipif(...)`` consists of."""
    while True:
        if isinstance(expression, ir.Call):
            expression = expression.func
        elif isinstance(expression, ir.Attribute):
            yield expression.attr
            expression = expression.value
        else:
            break
    if isinstance(expression, ir.Name):
        yield expression.id


def _decorator(
    interp: Interpreter, decorator: ir.Expression, node: ir.FunctionDef | ir.ClassDef
) -> Callable[[Value], Value]:
    """One decorator: harmless ones pass the function through, unknown ones hide it."""
    if isinstance(decorator, ir.Attribute) and decorator.attr in ("setter", "getter", "deleter"):
        current = interp.evaluate(decorator.value)
        if isinstance(current, PropertyV):
            return lambda value: _with_part(current, decorator.attr, value)
    if isinstance(decorator, ir.Call):
        maker = interp.evaluate(decorator.func)
        if isinstance(maker, External) and _passes_through(maker.dotted):
            return _unchanged
        if isinstance(maker, External) and maker.dotted in _RECORDS:
            return _as_dataclass
        if isinstance(maker, External) and maker.dotted in _VALIDATORS:
            return _validator(interp, maker.dotted, decorator)
        if isinstance(maker, External) and maker.dotted in _OLD_ATTRS:
            return _as_dataclass if _declares_all(decorator) else _of_attributes
    applied = interp.evaluate(decorator)
    if isinstance(applied, External):
        known = _of_library(applied.dotted)
        if known is not None:
            return known
    if isinstance(applied, UnknownV) and isinstance(decorator, ir.Call):
        last = next(_names(decorator), "")
        if last in ("keras_export", "tf_export", "register_keras_serializable"):
            return _unchanged
    site = interp.site(node)
    return lambda value: interp.call(applied, [value], {}, site)


# Decorators that turn a class into a record of its annotated names.
_RECORDS = (
    "dataclasses.dataclass", "pydantic.dataclasses.dataclass", "attr.define", "attr.frozen",
    "attr.dataclass", "attrs.define", "attrs.frozen", "flax.struct.dataclass",
)  # fmt: skip


def _of_library(dotted: str) -> Callable[[Value], Value] | None:
    """A library's decorator by name; None if it is called like any function."""
    if dotted in _MAKERS:
        return _MAKERS[dotted]
    if dotted.endswith("cached_property"):
        return lambda value: PropertyV(value, cached=True)
    if dotted.startswith(_RECORDS):
        return _as_dataclass
    if dotted in _OLD_ATTRS:
        return _of_attributes
    return _unchanged if _passes_through(dotted) else None


_MAKERS: dict[str, Callable[[Value], Value]] = {
    "property": PropertyV, "abc.abstractproperty": PropertyV,
    "staticmethod": StaticMethodV, "classmethod": ClassMethodV,
}  # fmt: skip


def _as_dataclass(value: Value) -> Value:
    if isinstance(value, ClassV):
        records.make_dataclass(value)
    return value


# Decorators of attrs that look for ``attr.ib()`` alone unless they are told to go by annotations.
_OLD_ATTRS = ("attr.s", "attr.attrs")


def _declares_all(decorator: ir.Call) -> bool:
    return any(name == "auto_attribs" for name, _ in decorator.keywords)


def _of_attributes(value: Value) -> Value:
    if isinstance(value, ClassV):
        records.make_of_attributes(value)
    return value


_VALIDATORS = (
    "pydantic.field_validator", "pydantic.validator", "pydantic.model_validator",
    "pydantic.root_validator",
)  # fmt: skip


def _validator(interp: Interpreter, dotted: str, decorator: ir.Call) -> Callable[[Value], Value]:
    fields = tuple(interp.evaluate(argument) for argument in decorator.args)
    return lambda function: pydantic_models.validator(dotted, fields, function)


def _unchanged(value: Value) -> Value:
    return value


def _with_part(current: PropertyV, part: str, function: Value) -> PropertyV:
    """``@name.setter`` and the like."""
    if part == "setter":
        return replace(current, setter=function)
    return (
        replace(current, getter=function)
        if part == "getter"
        else replace(current, deleter=function)
    )


def _passes_through(dotted: str) -> bool:
    """Whether a call of this gives a decorator that returns its function unchanged."""
    return dotted in _TRANSPARENT or dotted.rpartition(".")[2] in ("keras_export", "tf_export")
