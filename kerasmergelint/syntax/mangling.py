"""Private names: within a class, ``__x`` means ``_Class__x``, whatever it names."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from kerasmergelint.regex import regex

_PRIVATE = regex(r"(?<!\w)__\w+(?<!__)\b", words=("__",))
# Where each kind of node keeps a name.
_FIELDS: dict[type, str] = {
    ast.Name: "id", ast.Attribute: "attr", ast.arg: "arg", ast.FunctionDef: "name",
    ast.AsyncFunctionDef: "name", ast.ClassDef: "name", ast.ExceptHandler: "name", ast.MatchAs: "name",
    ast.MatchStar: "name", ast.MatchMapping: "rest",
}  # fmt: skip


def mangled(name: str, cls: str) -> str:
    """A name as Python compiles it within a class.

    >>> mangled("__x", "_Block"), mangled("__x__", "Block"), mangled("_x", "Block")
    ('_Block__x', '__x__', '_x')
    """
    owner = cls.lstrip("_")
    if not owner or not name.startswith("__") or name.endswith("__") or "." in name:
        return name
    return f"_{owner}{name}"


def is_mangled(name: str) -> bool:
    """Whether a name may have been written differently."""
    return name[:1] == "_" and "__" in name[2:]


def mangle(tree: ast.Module, text: str) -> None:
    """Give the private names in a tree their full form."""
    if not _PRIVATE.search(text):
        return
    waiting: list[tuple[ast.AST, str]] = [(tree, "")]
    while waiting:
        node, cls = waiting.pop()
        if isinstance(node, ast.ClassDef):
            waiting.extend((child, node.name) for child in node.body)
            parts: Iterable[ast.AST] = (*node.bases, *node.keywords, *node.decorator_list)
        else:
            parts = ast.iter_child_nodes(node)
        waiting.extend((child, cls) for child in parts)
        if cls:
            _rename(node, cls)


def _rename(node: ast.AST, cls: str) -> None:
    field = _FIELDS.get(type(node))
    if field is not None:
        name = getattr(node, field)
        if name is not None:
            setattr(node, field, mangled(name, cls))
    elif isinstance(node, (ast.Global, ast.Nonlocal)):
        node.names = [mangled(name, cls) for name in node.names]
    elif isinstance(node, ast.alias):
        bound = node.asname or node.name
        if mangled(bound, cls) != bound:
            node.asname = mangled(bound, cls)
