"""The words for a finding: one line for the person who has to fix it.

It has the operands by their names in the code, their full shapes, where each came from, and what the
API wants instead.  Editors find ``path:line:column:`` in flake8's output with patterns, so nothing in a
message may look like that.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.keras_api.numerals import ordinal
from kerasmergelint.keras_api.protocol import Hazard, HazardKind, Problem, ProblemKind
from kerasmergelint.regex import regex
from kerasmergelint.rules.operand import OperandInfo
from kerasmergelint.rules.printable import printable

MAX_LENGTH = 300
_MAX_NAME = 40
_MAX_SHAPE = 80
_MAX_LISTED = 3

# A colon with another one right after it, or with only digits in between.
_LIKE_A_POSITION = regex(r":(?=\d*:)")

# What the API wants instead, where it leaves no choice.  What mends a shape error is found, and proved, by
# :mod:`kerasmergelint.repairs`: a guess would mislead.
_REPAIRS: dict[ProblemKind | HazardKind, str] = {
    ProblemKind.REMOVED_NAME: "use Concatenate, Add, Multiply or another merge layer",
    ProblemKind.LAYER_AS_TENSOR: "call the layer first",
    ProblemKind.TENSOR_TO_CONSTRUCTOR: "make the layer first, then call it on the tensors",
    ProblemKind.RESERVED_ATTRIBUTE: "use another name",
    ProblemKind.RAW_TF_ON_KERAS: "use keras.ops, or wrap it in a layer",
}


def message(
    cause: Problem | Hazard,
    callee: str,
    operands: Sequence[OperandInfo],
    within: str = "",
    example: str = "",
) -> str:
    """One line of at most :data:`MAX_LENGTH` characters, without the code.

    ``within`` says which custom layer it happens in, and where that is called; ``example`` what leads there.

    >>> problem = Problem(ProblemKind.CONCAT_SIZES, "ValueError", "axis 1 differs", (0, 1))
    >>> a, b = OperandInfo("a", "(None, 32)", 5), OperandInfo("b", "(None, 30)", 9)
    >>> print(message(problem, "Concatenate", [a, b]).partition(";")[0])
    Concatenate: axis 1 differs: `a` (None, 32) from line 5, `b` (None, 30) from line 9
    """
    start = f"{callee}: {cause.detail}" if callee else cause.detail
    listed = _list_operands(cause, operands)
    repair = repair_of(cause)
    conflict = f"{start}: {listed}" if listed else start
    if within:
        conflict += f", {within}"
    with_example = f"{conflict}, {example}" if example else conflict
    for told in (with_example, conflict):
        with_repair = one_line(f"{told}; {repair}" if repair else told)
        if len(with_repair) <= MAX_LENGTH:
            return with_repair
    return cut(one_line(conflict), MAX_LENGTH)


def repair_of(cause: Problem | Hazard) -> str:
    """What to write instead; empty where only the program can tell."""
    return cause.hint or _REPAIRS.get(cause.kind) or ""


def _list_operands(cause: Problem | Hazard, operands: Sequence[OperandInfo]) -> str:
    """The operands at fault; all of them if none is singled out and there are few."""
    at_fault = tuple(index for index in dict.fromkeys(cause.operands) if index < len(operands))
    if not at_fault:
        if len(operands) > _MAX_LISTED:
            return ""
        at_fault = tuple(range(len(operands)))
    at_fault = tuple(index for index in at_fault if not _is_literal(operands[index]))
    if not at_fault:
        return ""
    if len(at_fault) == 1:
        return _describe_one(cause.detail, operands[at_fault[0]])
    shown = [_describe(index, operands[index]) for index in at_fault[:_MAX_LISTED]]
    left_out = len(at_fault) - len(shown)
    return ", ".join(shown) + (f" and {left_out} more" if left_out else "")


def _is_literal(operand: OperandInfo) -> bool:
    """Whether this is an axis or an equation among the arguments: the detail says what is wrong."""
    return operand.shape[:1] in ("'", '"', "-") or operand.shape[:1].isdigit()


def _describe(index: int, operand: OperandInfo) -> str:
    who = f"`{cut(operand.name, _MAX_NAME)}`" if operand.name else f"the {ordinal(index)} input"
    return f"{who} {cut(operand.shape, _MAX_SHAPE)}{operand.origin}"


def _describe_one(detail: str, operand: OperandInfo) -> str:
    """A single operand, which needs no number; its shape is not repeated."""
    who = f"`{cut(operand.name, _MAX_NAME)}`" if operand.name else ""
    shape = "" if operand.shape in detail else cut(operand.shape, _MAX_SHAPE)
    if not who and not shape:
        return f"the input{operand.origin}" if operand.origin else ""
    return f"{who} {shape}".strip() + operand.origin


def one_line(text: str) -> str:
    """A text on one line, with nothing in it that looks like a position.

    >>> one_line("see net.py:3:1: here")
    'see net.py: 3: 1: here'
    """
    return printable(_LIKE_A_POSITION.sub(": ", " ".join(text.split())))


def cut(text: str, length: int) -> str:
    """A text of at most this length."""
    return text if len(text) <= length else text[: length - 3] + "..."
