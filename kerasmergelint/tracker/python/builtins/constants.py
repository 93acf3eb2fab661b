"""Attributes and methods of constants that have no rule of their own: Python computes them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.text import NotKnown, spoken
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value, named

_PURE = (str, bytes, int, float, complex, range, slice)
# String methods whose result may be larger than the arguments; the table of strings bounds them.
_GROWING = frozenset({
    "center", "expandtabs", "format_map", "join", "ljust", "replace", "rjust", "translate", "zfill",
})  # fmt: skip


# Types of numbers stand for their names, and have limits.
_LIMITS: Mapping[str, tuple[int | float, int | float]] = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
    "float16": (-65504.0, 65504.0),
    "bfloat16": (-3.3895313892515355e38, 3.3895313892515355e38),
    "float32": (-3.4028234663852886e38, 3.4028234663852886e38),
    "float64": (-sys.float_info.max, sys.float_info.max),
}


def attribute(value: Value, name: str) -> Value | None:
    """An attribute or method of a constant; None if it has none of that name."""
    if isinstance(value, str) and value in _LIMITS and name in ("min", "max"):
        return _LIMITS[value][name == "max"]
    if not isinstance(value, _PURE) or name.startswith("__"):
        return None
    if isinstance(value, (str, bytes)) and name in _GROWING:
        return None
    found: Value = getattr(value, name, None)
    return NativeV(name, pure(found)) if callable(found) else found


def pure(function: Callable[..., object]) -> Native:
    """A pure function: computed if all its arguments are known, unknown otherwise."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if REST in keywords:
            return interp.unknown("a method with arguments that are not known")
        try:
            given = [spoken(interp, argument, site) for argument in args]
            keyed = {name: spoken(interp, value, site) for name, value in named(keywords).items()}
        except NotKnown:
            return interp.unknown("a method of something unknown")
        if any(
            isinstance(v, int) and abs(v) > limits.MAX_LENGTH for v in (*given, *keyed.values())
        ):
            return interp.unknown(limits.TOO_LARGE)
        try:
            result = function(*given, **keyed)
        except NotKnown:
            return interp.unknown("a method of something unknown")
        except Exception as error:
            raise interp.raised(type(error).__name__) from None
        return from_python(interp, result)

    return native


def from_python(interp: Interpreter, plain: object) -> Value:
    """What Python computed, as a value."""
    if isinstance(plain, list):
        return ListV(interp.heap, [from_python(interp, item) for item in plain])
    if isinstance(plain, dict):
        return DictV(interp.heap, {key: from_python(interp, v) for key, v in plain.items()})
    if isinstance(plain, tuple):
        return tuple(from_python(interp, item) for item in plain)
    return plain if is_constant(plain) else interp.unknown(f"a {type(plain).__name__}")


# -- by the name of their class -------------------------------------------------------------

_OF_CLASSES: dict[str, Callable[..., object]] = {
    "str.maketrans": str.maketrans, "bytes.fromhex": bytes.fromhex, "float.fromhex": float.fromhex,
    "int.from_bytes": int.from_bytes,
}  # fmt: skip
_CLASSES = ("str", "bytes", "int", "float", "list", "dict", "set", "tuple", "frozenset")


def of_class(
    interp: Interpreter, dotted: str, args: Args, keywords: Keywords, site: Site
) -> Value | None:
    """``str.upper(text)`` and the like; None for any other name."""
    owner, _, name = dotted.partition(".")
    if owner not in _CLASSES or not name:
        return None
    if dotted in _OF_CLASSES:
        return pure(_OF_CLASSES[dotted])(interp, args, keywords, site)
    if dotted == "dict.fromkeys":
        return _from_keys(interp, args, site)
    if not args or name.startswith("__"):
        return None
    return interp.call(interp.attribute(args[0], name, site), args[1:], keywords, site)


def _from_keys(interp: Interpreter, args: Args, site: Site) -> Value:
    made = DictV(interp.heap, {})
    keys = interp.iterate(args[0], site) if args else None
    if keys is None:
        made.open, made.reason = True, "its keys are not known"
    for key in keys or ():
        interp.set_item(made, key, args[1] if len(args) > 1 else None, site)
    return made
