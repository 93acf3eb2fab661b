"""The arguments of a call that may be tensors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax.flow.expressions import Expressions
from kerasmergelint.syntax.flow.facts import Facts, Holding, Tensor, items, tensor

# Arguments that are never tensors, for any op.
_SETTINGS = frozenset({"axis", "axes", "name", "training", "dtype", "output_type"})


@dataclass(frozen=True, slots=True)
class Operand:
    """An argument that may be a tensor.  ``several``: it is a list of them."""

    tensor: Tensor
    several: bool = False


def operands(flow: Expressions, call: cst.Call) -> Iterator[Operand]:
    """The tensors among the arguments; the elements of a list display count one by one."""
    for argument in call.args:
        keyword = argument.keyword
        if argument.star != "**" and (keyword is None or keyword.value not in _SETTINGS):
            yield from _within(flow, argument.value, starred=bool(argument.star))


def count(found: Sequence[Operand]) -> int:
    """The number of tensors; 2 if it is unknown."""
    return min(2, sum(2 if operand.several else 1 for operand in found))


def is_spelled_out(call: cst.Call) -> bool:
    """Whether the first argument is a list display."""
    return bool(call.args) and isinstance(call.args[0].value, (cst.List, cst.Tuple))


def _within(flow: Expressions, value: cst.BaseExpression, *, starred: bool) -> Iterator[Operand]:
    if isinstance(value, (cst.List, cst.Tuple)):
        for element in value.elements:
            is_starred = isinstance(element, cst.StarredElement)
            yield from _within(flow, element.value, starred=is_starred)
        return
    facts = flow.of(value)
    content = _content(facts)
    if content is not None and tensor(content) is not Tensor.NO:
        yield Operand(tensor(content), several=True)
    elif tensor(facts) is not Tensor.NO:
        yield Operand(tensor(facts), several=starred)


def _content(facts: Facts) -> Facts | None:
    """The elements of a list; None for anything else."""
    lists = frozenset(fact for fact in facts if isinstance(fact, Holding))
    return items(lists) if lists else None
