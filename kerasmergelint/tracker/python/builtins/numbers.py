"""The builtins that compute numbers and strings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import array_numbers, own_exceptions, special
from kerasmergelint.tracker.python.arithmetic import number_of
from kerasmergelint.tracker.python.text import NotKnown, spoken
from kerasmergelint.tracker.values.constants import is_constant, is_number, to_term
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import REST, Args, Keywords, SymInt, UnknownV, Value, named


def _len(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return interp.length(args[0] if args else None, site)


def _number(convert: Callable[..., object]) -> Native:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if not args:
            return convert()
        value = args[0]
        if isinstance(value, TensorV) and isinstance(value.data, (int, float)):
            value = value.data
        elif isinstance(value, TensorV):
            if value.spec.kind not in (TensorKind.ARRAY, TensorKind.EAGER):
                return interp.unknown("a number, or a tensor that is cast in a graph")
            array_numbers.check_number(interp, value, site)
        elif isinstance(value, ListV):
            own_exceptions.check_no_scores(interp, value, site)
        if isinstance(value, Instance):
            found = special.call(interp, value, f"__{convert.__name__}__", [], site)
            return interp.unknown("a number") if found == special.NOT_IMPLEMENTED else found
        if all(is_constant(argument) for argument in args):
            if limits.function_explodes(convert.__name__, args):
                return interp.unknown(limits.TOO_LARGE)
            try:
                return convert(value, *args[1:])
            except (TypeError, ValueError, OverflowError) as error:
                raise interp.raised(type(error).__name__) from None
        if convert is int and isinstance(value, SymInt):
            return value
        if len(args) > 1:
            return interp.unknown("a conversion of something unknown")
        return number_of(interp, convert.__name__, args)

    return native


def _bool(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    known = interp.truth(args[0] if args else None) if args else False
    if known is not None:
        return known
    return UnknownV("a condition", to_term(args[0]) or interp.opaque_term())


def _as_text(convert: Callable[..., str]) -> Any:
    """``str``, ``repr``, ``ascii`` and ``format``."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if limits.function_explodes(convert.__name__, args):
            return interp.unknown(limits.TOO_LARGE)
        try:
            return convert(*[spoken(interp, argument, site) for argument in args])
        except (NotKnown, TypeError, ValueError):
            return interp.unknown("the text of something unknown")

    return native


def _constant(function: Callable[..., object]) -> Native:
    """A pure function: computed on constants, unknown otherwise."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if all(is_constant(v) for v in (*args, *keywords.values())) and REST not in keywords:
            if limits.function_explodes(function.__name__, args):
                return interp.unknown(limits.TOO_LARGE)
            try:
                return function(*args, **named(keywords))
            except Exception as error:
                raise interp.raised(type(error).__name__) from None
        if all(map(is_number, args)) and not keywords:
            return number_of(interp, function.__name__, args)
        return interp.unknown(f"{function.__name__} of something unknown")

    return native


def _hash(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``hash``: equal for equal values, and unknown for strings, whose hashes differ between processes."""
    value = args[0] if args else None
    if isinstance(value, (int, float)):
        return hash(value)
    if isinstance(value, (ListV, DictV, SetV)):
        raise interp.raised("TypeError", "unhashable")
    term = to_term(value)
    return interp.unknown("a hash", None if term is None else make("call", ("name", "hash"), term))


def _round(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = args[0] if args else None
    if isinstance(value, TensorV):
        array_numbers.check_rounded(interp, value, site)
    own_exceptions.check_no_scores(interp, value, site)
    return _constant(round)(interp, args, keywords, site)


def _abs(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = args[0] if args else None
    if isinstance(value, TensorV):
        return TensorV(value.spec)
    if isinstance(value, Instance):
        found = special.call(interp, value, "__abs__", [], site)
        return interp.unknown("a number") if found == special.NOT_IMPLEMENTED else found
    return _constant(abs)(interp, args, keywords, site)


FUNCTIONS: dict[str, Native] = {
    "len": _len, "int": _number(int), "float": _number(float), "bool": _bool,
    "str": _as_text(str), "repr": _as_text(repr), "ascii": _as_text(ascii),
    "abs": _abs, "round": _round,
    "divmod": _constant(divmod), "pow": _constant(pow), "hex": _constant(hex), "oct": _constant(oct),
    "bin": _constant(bin), "chr": _constant(chr), "ord": _constant(ord),
    "hash": _hash, "format": _as_text(format),
}  # fmt: skip
