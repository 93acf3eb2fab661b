"""Merges that no run met, because of a default, or because only a caller of the caller leads there.

Their functions are entered once more.  Parameters that decide between branches are open although
they have defaults, and functions that a function returns are entered, too.  This reports no
failures: whether any caller takes such a branch is unknown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import walk
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.syntax.source import Span
from kerasmergelint.tracker.program import blind
from kerasmergelint.tracker.values.objects import FunctionV


def around(
    code: ir.ModuleCode, entries: Collection[blind.Entry], places: Collection[Span]
) -> Iterator[blind.Entry]:
    """The entries whose code contains one of the places."""
    lines = sorted({place.line for place in places})
    for entry in entries:
        span = span_in(code, entry.function.code)
        first = bisect_left(lines, span.line)
        if first < len(lines) and lines[first] <= span.end_line:
            yield entry


def operators_at(code: ir.ModuleCode, places: Collection[Span]) -> set[tuple[str, int]]:
    """The operators that stand at one of the places, each by its file and its node's id."""
    operators = (node for node in walk(code.body) if isinstance(node, _OPERATORS))
    return {(code.path, id(node)) for node in operators if span_in(code, node) in places}


_OPERATORS = (ir.BinOp, ir.AugAssign, ir.Compare)


@lru_cache(maxsize=256)
def deciding(body: tuple[ir.Statement, ...]) -> frozenset[str]:
    """The names, attributes included, that decide between the branches of a block.

    As a rule, what branches on ``self.use_bias`` depends on the parameter of that name.
    """
    nodes = list(walk(body))
    tests = [node.test for node in nodes if isinstance(node, (ir.If, ir.IfExp, ir.While))]
    found: set[str] = set()
    while tests:
        found.update(_names(tuple(tests)))
        answers = {id(test): test for test in _answers(nodes, found)}
        tests = [test for test in answers.values() if not found.issuperset(_names((test,)))]
    return frozenset(found)


def opened_for(entry: blind.Entry) -> frozenset[str]:
    """The parameters that decide between the branches of an entry, or give the attributes that do."""
    found = deciding(entry.function.code.body)
    if entry.cls is None or entry.takes_class:
        return found
    constructor = entry.cls.namespace.get("__init__")
    if not isinstance(constructor, FunctionV) or constructor is entry.function:
        return found
    return found | _given_to(constructor.code.body, found)


@lru_cache(maxsize=256)
def _given_to(body: tuple[ir.Statement, ...], attributes: frozenset[str]) -> frozenset[str]:
    """The names in what a constructor assigns to some attributes: ``self._own = own``."""
    return frozenset(
        name
        for node in walk(body)
        if isinstance(node, ir.Assign)
        for target in node.targets
        if isinstance(target, ir.Attribute) and target.attr in attributes
        for name in _names((node.value,))
    )


def _answers(nodes: Sequence[object], names: Collection[str]) -> Iterator[ir.Expression]:
    """The expressions assigned to one of these names as the answer to a question."""
    for node in nodes:
        if isinstance(node, ir.Assign) and isinstance(node.value, _QUESTIONS):
            targets = (target for target in node.targets if isinstance(target, ir.Name))
            if any(target.id in names for target in targets):
                yield node.value


_QUESTIONS = (ir.BoolOp, ir.Compare, ir.UnaryOp, ir.Name)


def _names(nodes: tuple[ir.Expression, ...]) -> Iterator[str]:
    for part in walk(nodes):
        if isinstance(part, ir.Name):
            yield part.id
        elif isinstance(part, ir.Attribute):
            yield part.attr
