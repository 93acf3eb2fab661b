"""Looks for calls of merges in libcst's tree, and so knows nothing of what the tracker saw.

Imported when somebody asks for a verdict on every merge; nothing else needs libcst.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from kerasmergelint.syntax.concrete import concrete_tree
from kerasmergelint.syntax.deep import run_deep
from kerasmergelint.syntax.source import Span

# Names under which Keras's layers are usually imported as a module.
_LAYER_MODULES = frozenset({"layers", "merge", "L", "KL", "tfl", "tfkl", "kl"})


def find_merge_calls(
    text: str, classes: Collection[str], functions: Collection[str]
) -> list[tuple[Span, str]]:
    """Each call of a merge in the order of the text, nested functions included."""
    return run_deep(lambda: _find(text, classes, functions))


def _find(
    text: str, classes: Collection[str], functions: Collection[str]
) -> list[tuple[Span, str]]:
    tree = concrete_tree(text)
    if tree is None:
        return []
    finder = _Finder(classes, functions)
    tree.visit(finder)
    if not finder.found:
        return []
    wrapper = MetadataWrapper(tree, unsafe_skip_copy=True)
    ranges: Any = wrapper.resolve(PositionProvider)
    return [(_span(ranges[call]), name) for call, name in finder.found]


def _span(found: Any) -> Span:
    return Span(found.start.line, found.start.column, found.end.line, found.end.column)


class _Finder(cst.CSTVisitor):
    """Collects calls; what cannot hold any is not walked."""

    def __init__(self, classes: Collection[str], functions: Collection[str]) -> None:
        super().__init__()
        self.found: list[tuple[cst.Call, str]] = []
        self._classes = classes
        self._functions = functions
        self._imported: set[str] = set()

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        module = "" if node.module is None else _dotted(node.module)
        if module.endswith(("layers", "layers.merge")) and not isinstance(
            node.names, cst.ImportStar
        ):
            for alias in node.names:
                if alias.evaluated_name in self._functions:
                    self._imported.add(alias.evaluated_alias or alias.evaluated_name)
        return False

    def visit_Call(self, node: cst.Call) -> None:
        name = self._merge_name(node.func)
        if name is not None:
            self.found.append((node, name))

    def _merge_name(self, func: cst.BaseExpression) -> str | None:
        if isinstance(func, cst.Call):
            name = _last_name(func.func)
            return name if name in self._classes else None
        if isinstance(func, cst.Name):
            return func.value if func.value in self._imported else None
        if isinstance(func, cst.Attribute) and func.attr.value in self._functions:
            return func.attr.value if _last_name(func.value) in _LAYER_MODULES else None
        return None

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_Annotation(self, node: cst.Annotation) -> bool:
        return False

    def visit_TrailingWhitespace(self, node: cst.TrailingWhitespace) -> bool:
        return False

    def visit_EmptyLine(self, node: cst.EmptyLine) -> bool:
        return False


def _dotted(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return f"{_dotted(node.value)}.{node.attr.value}"
    return node.value if isinstance(node, cst.Name) else ""


def _last_name(node: cst.BaseExpression) -> str | None:
    """``Add`` of ``keras.layers.Add``."""
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else None
