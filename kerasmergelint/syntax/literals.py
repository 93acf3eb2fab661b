"""The lowering of literals: limits, signs, parts of strings."""

from __future__ import annotations

from collections.abc import Iterable

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.source import Origin

# Longer literals are data; nothing that is followed depends on their content.
MAX_NUMBER = 1_000
MAX_STRING = 100_000


def string(origin: Origin, value: str | bytes) -> ir.Expression:
    """A string or bytes, unless it is so long that it must be data."""
    return ir.Opaque(origin) if len(value) > MAX_STRING else ir.Const(origin, value)


def f_string(origin: Origin, parts: Iterable[str | ir.FormattedValue]) -> ir.Expression:
    """An f-string, with adjacent texts joined; without any values it is a plain string."""
    joined = _joined(parts)
    if not joined:
        return ir.Const(origin, "")
    if len(joined) == 1 and isinstance(joined[0], str):
        return string(origin, joined[0])
    return ir.FString(origin, joined)


def format_spec(origin: Origin, parts: Iterable[str | ir.FormattedValue]) -> ir.FString:
    """What follows the colon in a value of an f-string."""
    return ir.FString(origin, _joined(parts))


def _joined(parts: Iterable[str | ir.FormattedValue]) -> tuple[str | ir.FormattedValue, ...]:
    joined: list[str | ir.FormattedValue] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, str) and isinstance(last, str):
            joined[-1] = last + part
        elif part != "":
            joined.append(part)
    return tuple(joined)


def unary(origin: Origin, operator: str, operand: ir.Expression) -> ir.Expression:
    """``-1`` is a constant."""
    if (
        operator == "-"
        and isinstance(operand, ir.Const)
        and isinstance(operand.value, (int, float))
    ):
        return ir.Const(origin, -operand.value)
    return ir.UnaryOp(origin, operator, operand)
