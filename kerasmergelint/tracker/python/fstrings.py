"""F-strings."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import own_exceptions
from kerasmergelint.tracker.python.text import NotKnown, formatted
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import Value


def fstring(interp: Interpreter, node: ir.FString) -> Value:
    text = ""
    for part in node.parts:
        if isinstance(part, str):
            text += part
            continue
        value = interp.evaluate(part.value)
        spec = interp.evaluate(part.spec) if part.spec is not None else ""
        if value is None and spec != "" and part.conversion is None:
            absent = own_exceptions.absent(interp, value, part.value, interp.site(node))
            if absent is not None:
                raise absent
        if type(value) is str and part.conversion is None and spec == "":
            formatted: str | None = value
        else:
            formatted = _formatted(interp, value, part.conversion, spec, interp.site(node))
        if formatted is None:
            return interp.unknown("a formatted string")
        text += formatted
    return limits.bounded(interp, text)


_CONVERSIONS: dict[str | None, Callable[[object], object]] = {
    "r": repr, "s": str, "a": ascii, None: lambda value: value,
}  # fmt: skip


def _formatted(
    interp: Interpreter, value: Value, conversion: str | None, spec: Value, site: Site
) -> str | None:
    """``{value!conversion:spec}``; None if that is not known."""
    if not isinstance(spec, str) or limits.widens(spec):
        return None
    try:
        return formatted(
            interp, site, lambda say: format(_CONVERSIONS[conversion](say(value)), spec)
        )
    except (NotKnown, ValueError, TypeError):
        return None
