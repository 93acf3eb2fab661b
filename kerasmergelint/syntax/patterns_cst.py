"""Lowering libcst's patterns of ``match`` statements."""

from __future__ import annotations

from typing import Any

import libcst as cst

from kerasmergelint.syntax import ir


def pattern(node: Any) -> ir.MatchPattern:
    """Lower one pattern."""
    from kerasmergelint.syntax.lower_cst import expression, identifier

    if isinstance(node, cst.MatchValue):
        return ir.MatchPattern(node, "value", expression(node.value))
    if isinstance(node, cst.MatchSingleton):
        return ir.MatchPattern(node, "singleton", expression(node.value))
    if isinstance(node, (cst.MatchList, cst.MatchTuple)):
        children = tuple(_element(element) for element in node.patterns)
        return ir.MatchPattern(node, "sequence", children=children)
    if isinstance(node, cst.MatchMapping):
        keys = tuple(expression(element.key) for element in node.elements)
        children = tuple(pattern(element.pattern) for element in node.elements)
        rest = None if node.rest is None else identifier(node.rest)
        return ir.MatchPattern(node, "mapping", children=children, keys=keys, name=rest)
    if isinstance(node, cst.MatchClass):
        positional = tuple(pattern(element.value) for element in node.patterns)
        named = tuple(pattern(element.pattern) for element in node.kwds)
        names = tuple(identifier(element.key) for element in node.kwds)
        cls = expression(node.cls)
        return ir.MatchPattern(node, "class", cls, (*positional, *named), names)
    if isinstance(node, cst.MatchAs):
        children = () if node.pattern is None else (pattern(node.pattern),)
        name = None if node.name is None else identifier(node.name)
        return ir.MatchPattern(node, "as", children=children, name=name)
    if isinstance(node, cst.MatchOr):
        return ir.MatchPattern(
            node, "or", children=tuple(pattern(element.pattern) for element in node.patterns)
        )
    return ir.MatchPattern(node, "class")


def _element(node: Any) -> ir.MatchPattern:
    from kerasmergelint.syntax.lower_cst import identifier

    if isinstance(node, cst.MatchStar):
        name = None if node.name is None else identifier(node.name)
        return ir.MatchPattern(node, "star", name=name)
    return pattern(node.value)
