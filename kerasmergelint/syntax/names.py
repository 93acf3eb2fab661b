"""Which names a block binds: Python's scoping rules, read off libcst's tree.

A name is local to a function if it is bound anywhere in it: assigned, looped over, imported, defined,
caught, matched, deleted.  Nested functions, lambdas and classes have scopes of their own, and so have
comprehensions, except for their walrus targets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import libcst as cst

_SCOPES = (cst.FunctionDef, cst.Lambda, cst.ClassDef)


def target_names(node: Any) -> set[str]:
    """The names that an assignment target binds."""
    names: set[str] = set()
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, cst.Name):
            names.add(current.value)
        elif isinstance(current, (cst.Tuple, cst.List)):
            stack.extend(element.value for element in current.elements)
        elif isinstance(current, cst.StarredElement):
            stack.append(current.value)
    return names


def _walk(block: Any) -> Iterator[Any]:
    """The nodes of a block, without those of nested scopes; a stack, so depth does not matter."""
    stack = list(block.children)
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, _SCOPES):
            continue
        if _is_leaf(node):
            continue
        stack.extend(node.children)


_LEAVES = (
    cst.Name, cst.Integer, cst.Float, cst.SimpleString, cst.SimpleWhitespace, cst.Comma,
    cst.TrailingWhitespace, cst.EmptyLine, cst.Newline, cst.ParenthesizedWhitespace, cst.Comment,
    cst.AssignEqual, cst.Dot, cst.Colon, cst.LeftParen, cst.RightParen,
)  # fmt: skip


def _is_leaf(node: Any) -> bool:
    return isinstance(node, _LEAVES)


def assigned_names(block: Any) -> set[str]:
    """Every name that the block binds in its own scope."""
    names: set[str] = set()
    for node in _walk(block):
        binder = _BINDERS.get(type(node))
        if binder is not None:
            names |= binder(node)
    return names


def declared_names(block: Any) -> tuple[set[str], set[str]]:
    """The names that the block declares global, and nonlocal."""
    globals_: set[str] = set()
    nonlocals: set[str] = set()
    for node in _walk(block):
        if isinstance(node, cst.Global):
            globals_ |= {item.name.value for item in node.names}
        elif isinstance(node, cst.Nonlocal):
            nonlocals |= {item.name.value for item in node.names}
    return globals_, nonlocals


def is_generator(block: Any) -> bool:
    """Whether the block yields."""
    return any(isinstance(node, cst.Yield) for node in _walk(block))


def _alias_names(aliases: Any) -> set[str]:
    if isinstance(aliases, cst.ImportStar):
        return set()
    names = set()
    for alias in aliases:
        if alias.asname is not None:
            names |= target_names(alias.asname.name)
            continue
        node = alias.name
        while isinstance(node, cst.Attribute):
            node = node.value
        names.add(node.value)
    return names


def _optional(node: Any) -> set[str]:
    return set() if node is None else target_names(getattr(node, "name", node))


_BINDERS: dict[type, Any] = {
    cst.AssignTarget: lambda n: target_names(n.target),
    cst.AnnAssign: lambda n: target_names(n.target),
    cst.AugAssign: lambda n: target_names(n.target),
    cst.For: lambda n: target_names(n.target),
    cst.FunctionDef: lambda n: {n.name.value},
    cst.ClassDef: lambda n: {n.name.value},
    cst.Import: lambda n: _alias_names(n.names),
    cst.ImportFrom: lambda n: _alias_names(n.names),
    cst.AsName: lambda n: target_names(n.name),
    cst.NamedExpr: lambda n: target_names(n.target),
    cst.Del: lambda n: target_names(n.target),
    cst.MatchAs: lambda n: _optional(n.name),
    cst.MatchStar: lambda n: _optional(n.name),
    cst.MatchMapping: lambda n: _optional(n.rest),
}
