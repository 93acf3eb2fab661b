"""The calls that look like merges, by their names alone: what a verdict is owed for.

Which of them really are merges, and of what, only the tracker knows; this says where to look, also in
code that no run reached.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator
from typing import Any

from kerasmergelint.syntax import ir

# Names under which Keras's layers are usually imported as a module.
_LAYER_MODULES = frozenset({"layers", "merge", "L", "KL", "tfl", "tfkl", "kl"})


def merge_calls(
    code: ir.ModuleCode, classes: Collection[str], functions: Collection[str]
) -> Iterator[tuple[ir.Call, str]]:
    """Each call of a merge layer (``Add()([a, b])``) or of its functional form, with its name.

    A functional form counts if its name was imported from a module of layers, or is looked up in one:
    ``add`` alone may be anything.
    """
    imported: set[str] = set()
    for node in _walk(code.body):
        if type(node) is ir.ImportFrom and node.module.endswith(("layers", "layers.merge")):
            imported.update(alias or name for name, alias in node.names if name in functions)
        elif type(node) is ir.Call:
            name = _merge_name(node, classes, functions, imported)
            if name is not None:
                yield node, name


def _merge_name(
    call: ir.Call, classes: Collection[str], functions: Collection[str], imported: set[str]
) -> str | None:
    func = call.func
    if type(func) is ir.Call:
        name = _last_name(func.func)
        return name if name in classes else None
    if type(func) is ir.Name:
        return func.id if func.id in imported else None
    if type(func) is ir.Attribute and func.attr in functions:
        return func.attr if _last_name(func.value) in _LAYER_MODULES else None
    return None


def _last_name(node: Any) -> str | None:
    if type(node) is ir.Attribute:
        return node.attr
    return node.id if type(node) is ir.Name else None


def _walk(body: tuple[ir.Statement, ...]) -> Iterator[Any]:
    """Every node in the order of the text, nested functions included; with a stack, for deep code."""
    stack: list[Any] = list(reversed(body))
    while stack:
        thing = stack.pop()
        if isinstance(thing, tuple):
            stack.extend(reversed(thing))
        elif isinstance(thing, ir.FunctionCode):
            stack.append(thing.body)
            stack.append(tuple(p.default for p in thing.parameters))
        elif dataclasses.is_dataclass(thing):
            yield thing
            for field in reversed(dataclasses.fields(thing)):
                if field.name != "origin":
                    stack.append(getattr(thing, field.name))
