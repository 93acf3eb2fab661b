"""Which statements nested in a block may leave the function or loop around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax import ir

_Block = tuple[ir.Statement, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whether there is such a return, break or continue; one at the end of the block does not count."""

    returns: bool
    breaks: bool
    continues: bool


@lru_cache(maxsize=1024)
def leaving(body: _Block) -> Leaving:
    """The jumps within the conditions, loops and handlers of a block."""
    kinds = set(_kinds(body))
    return Leaving(ir.Return in kinds, ir.Break in kinds, ir.Continue in kinds)


@lru_cache(maxsize=1024)
def may_end_early(body: _Block) -> bool:
    """Whether a loop with this body may end early."""
    inside = leaving(body)
    ends = any(isinstance(statement, (ir.Break, ir.Return)) for statement in body)
    return ends or inside.breaks or inside.returns


def _kinds(body: _Block) -> Iterator[type]:
    """The types of the statements inside others; a loop keeps its own breaks and continues."""
    waiting = [(block, in_loop) for statement in body for block, in_loop in _blocks(statement)]
    while waiting:
        block, in_loop = waiting.pop()
        for statement in block:
            kind = type(statement)
            if kind is ir.Return or (kind in (ir.Break, ir.Continue) and not in_loop):
                yield kind
            waiting.extend((part, in_loop or inner) for part, inner in _blocks(statement))


def _blocks(statement: ir.Statement) -> Iterator[tuple[_Block, bool]]:
    """The blocks of a statement, and whether they are the body of a loop."""
    if isinstance(statement, ir.If):
        yield from ((statement.body, False), (statement.orelse, False))
    elif isinstance(statement, (ir.For, ir.While)):
        yield from ((statement.body, True), (statement.orelse, False))
    elif isinstance(statement, ir.Try):
        yield from ((statement.body, False), (statement.orelse, False), (statement.final, False))
        yield from ((handler.body, False) for handler in statement.handlers)
    elif isinstance(statement, ir.With):
        yield (statement.body, False)
    elif isinstance(statement, ir.Match):
        yield from ((case.body, False) for case in statement.cases)
