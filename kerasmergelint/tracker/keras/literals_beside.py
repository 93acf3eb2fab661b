"""``1.0 - x`` and ``x > 0``: TensorFlow makes a tensor of the number, of the type of the other side.

An int takes no float, and a truth value no number; only ``mask * 2`` is a truth value again.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.keras import type_sources
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.value import Value

_CONVERTING = frozenset({"+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!="})


def note(interp: Interpreter, left: Value, right: Value, node: object) -> None:
    """From here on the other side of a number is known to be of floats, or at least of numbers."""
    for value, other in _beside(left, right, node):
        if isinstance(other, ir.Const) and type(other.value) is float:
            type_sources.note_floats(interp, value)
        elif isinstance(other, ir.Const) and type(other.value) is int and not _is_mask(other, node):
            type_sources.note_numbers(interp, value)


def _is_mask(number: ir.Expression, node: object) -> bool:
    """Whether a number is what a mask may be multiplied by."""
    return isinstance(node, ir.BinOp) and node.op == "*" and node.right is number


def _beside(left: Value, right: Value, node: object) -> Iterator[tuple[Value, ir.Expression]]:
    """Each side, and how the program spells the other one."""
    if isinstance(node, ir.Compare) and len(node.ops) == 1:
        first, operator, second = node.left, node.ops[0], node.comparators[0]
    elif isinstance(node, ir.BinOp):
        first, operator, second = node.left, node.op, node.right
    elif isinstance(node, ir.AugAssign):
        first, operator, second = node.target, node.op, node.value
    else:
        return
    if operator in _CONVERTING:
        yield right, first
        yield left, second
