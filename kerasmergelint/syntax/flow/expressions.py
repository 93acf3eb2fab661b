"""What is known about the value of an expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from kerasmergelint.syntax.flow.attributes import attribute, by_words
from kerasmergelint.syntax.flow.classes import Classes
from kerasmergelint.syntax.flow.facts import (
    ARRAY,
    NOTHING,
    OPEN,
    PLAIN,
    TENSOR,
    Defined,
    Facts,
    Holding,
    Kind,
    held,
    items,
    union,
)
from kerasmergelint.syntax.flow.names import Names
from kerasmergelint.syntax.flow.propagation import Variables
from kerasmergelint.syntax.flow.results import Results

# Bases may become known only when facts have flowed; this hardly ever takes two rounds.
_MOST_ROUNDS = 3


class Expressions:
    """Evaluates expressions to facts; remembers the results once the variables are settled."""

    def __init__(self, names: Names, variables: Variables) -> None:
        self.names = names
        self.variables = variables
        self.classes = Classes(self.of, variables)
        self.results = Results(self.of, variables, self.classes)
        self._known: dict[cst.CSTNode, Facts] = {}
        self._settled = False

    def settle(self) -> None:
        """Let all facts flow until nothing changes."""
        self.classes.connect()
        for _ in range(_MOST_ROUNDS):
            self.variables.settle()
            if not self.classes.connect():
                break
        self._settled = True

    def of(self, node: cst.CSTNode) -> Facts:
        known = self._known.get(node)
        if known is None:
            handler = _HANDLERS.get(type(node))
            known = OPEN if handler is None else handler(self, node)
            if self._settled:
                self._known[node] = known
        return known


def _name(flow: Expressions, node: cst.Name) -> Facts:
    variable = flow.names.variable(node)
    found = flow.names.imported(node)
    if variable is not None:
        found |= flow.variables.read(variable)
    return found | by_words(f"?.{node.value}") if Kind.OPEN in found else found


def _attribute(flow: Expressions, node: cst.Attribute) -> Facts:
    imported = flow.names.imported(node)
    if imported:
        return imported
    name, spoken = node.attr.value, last_word(node.value)
    return union(attribute(flow.classes, owner, name, spoken) for owner in flow.of(node.value))


def last_word(node: cst.BaseExpression) -> str:
    """``layers`` of ``keras.layers``; empty for an expression without a name."""
    if isinstance(node, cst.Attribute):
        return node.attr.value
    if isinstance(node, cst.Call):
        return last_word(node.func)
    return node.value if isinstance(node, cst.Name) else ""


def _call(flow: Expressions, node: cst.Call) -> Facts:
    return union(flow.results.of(fact, node) for fact in flow.of(node.func))


def _subscript(flow: Expressions, node: cst.Subscript) -> Facts:
    facts = flow.of(node.value)
    sliced = any(isinstance(part.slice, cst.Slice) for part in node.slice)
    return facts if sliced else items(facts)


def _display(flow: Expressions, node: cst.List | cst.Tuple | cst.Set | cst.Dict) -> Facts:
    starred = (cst.StarredElement, cst.StarredDictElement)
    parts = (
        items(flow.of(element.value)) if isinstance(element, starred) else flow.of(element.value)
        for element in node.elements
    )
    return held(union(parts) if node.elements else OPEN)


def _comprehension(flow: Expressions, node: cst.ListComp | cst.SetComp | cst.GeneratorExp) -> Facts:
    return held(flow.of(node.elt))


def _dict_comprehension(flow: Expressions, node: cst.DictComp) -> Facts:
    return held(flow.of(node.value))


def _operation(flow: Expressions, node: cst.BinaryOperation) -> Facts:
    return combined(flow.of(node.left), flow.of(node.right))


def combined(left: Facts, right: Facts) -> Facts:
    """The result of an operator."""
    both = left | right
    if Kind.TENSOR in both:
        return TENSOR
    if not left or not right:
        return NOTHING
    made = frozenset(fact for fact in both if isinstance(fact, Holding)) | (both & ARRAY)
    if not all(isinstance(fact, (Kind, Holding)) for fact in both) or Kind.OPEN in both:
        made |= OPEN
    return made | (left & right & PLAIN) or PLAIN


def _comparison(flow: Expressions, node: cst.Comparison) -> Facts:
    sides = [flow.of(node.left), *(flow.of(target.comparator) for target in node.comparisons)]
    return (union(sides) & (TENSOR | ARRAY | OPEN)) | PLAIN


def _boolean(flow: Expressions, node: cst.BooleanOperation) -> Facts:
    return flow.of(node.left) | flow.of(node.right)


def _unary(flow: Expressions, node: cst.UnaryOperation) -> Facts:
    return PLAIN if isinstance(node.operator, cst.Not) else flow.of(node.expression)


def _if(flow: Expressions, node: cst.IfExp) -> Facts:
    return flow.of(node.body) | flow.of(node.orelse)


def _lambda(flow: Expressions, node: cst.Lambda) -> Facts:
    return frozenset({Defined(node)})


def _same(part: str) -> Callable[[Expressions, Any], Facts]:
    return lambda flow, node: flow.of(getattr(node, part))


def _plain(flow: Expressions, node: cst.CSTNode) -> Facts:
    return PLAIN


_HANDLERS: dict[type, Callable[[Expressions, Any], Facts]] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.Subscript: _subscript,
    **dict.fromkeys((cst.List, cst.Tuple, cst.Set, cst.Dict), _display),
    **dict.fromkeys((cst.ListComp, cst.SetComp, cst.GeneratorExp), _comprehension),
    cst.DictComp: _dict_comprehension,
    cst.BinaryOperation: _operation,
    cst.Comparison: _comparison,
    cst.BooleanOperation: _boolean,
    cst.UnaryOperation: _unary,
    cst.IfExp: _if,
    cst.Lambda: _lambda,
    cst.NamedExpr: _same("value"),
    cst.Await: _same("expression"),
    **dict.fromkeys(
        (cst.Integer, cst.Float, cst.Imaginary, cst.SimpleString, cst.ConcatenatedString,
         cst.FormattedString, cst.Ellipsis),
        _plain,
    ),
}  # fmt: skip
