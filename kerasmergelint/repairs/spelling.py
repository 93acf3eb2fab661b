"""How a program spells a layer or an op of Keras that it does not use yet, with the import that it needs."""

from __future__ import annotations

import ast

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.layers import names as layer_names
from kerasmergelint.repairs.model import Edit
from kerasmergelint.repairs.texts import Text


@dataclass(frozen=True, slots=True)
class Spelling:
    """A dotted name, and the edits that make it known in the file; the same for each use, so made once."""

    words: str
    imports: tuple[Edit, ...] = ()


def of_layer(text: Text, name: str) -> Spelling | None:
    """A layer, spelled as the file spells the others; None if it uses none."""
    from_layers: ast.ImportFrom | None = None
    for node in ast.walk(text.tree):
        if isinstance(node, ast.ImportFrom) and _is_of_layers(node.module):
            from_layers = from_layers or node
            for alias in node.names:
                if alias.name in (name, "*"):
                    return Spelling(alias.asname or name)
    for call in text.calls:
        func = call.func
        if isinstance(func, ast.Attribute) and func.attr in layer_names():
            prefix = text.words(func.value)
            if prefix.replace(".", "").isidentifier() and prefix != "self":
                return Spelling(f"{prefix}.{name}")
    if from_layers is None:
        return None
    return Spelling(name, (_further_name(text, from_layers, name),))


def of_op(text: Text, name: str) -> Spelling:
    """A function of ``keras.ops``."""
    first: ast.stmt | None = None
    for node in ast.walk(text.tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name == "ops" and (node.module or "").endswith("keras"):
                    return Spelling(f"{alias.asname or 'ops'}.{name}")
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name == "keras":
                    return Spelling(f"{alias.asname or 'keras'}.ops.{name}")
                if alias.name == "keras.ops" and alias.asname:
                    return Spelling(f"{alias.asname}.{name}")
        if isinstance(node, (ast.Import, ast.ImportFrom)) and first is None:
            first = node if getattr(node, "module", "") != "__future__" else None
    for node in ast.walk(text.tree):
        if isinstance(node, ast.ImportFrom) and any(map(_is_keras, node.names)):
            return Spelling(f"keras.ops.{name}")
    at = 0 if first is None else text.start(first)
    return Spelling(f"ops.{name}", (Edit(text.path, at, at, "from keras import ops\n"),))


def _is_keras(alias: ast.alias) -> bool:
    return alias.name == "keras" and alias.asname is None


def _is_of_layers(module: str | None) -> bool:
    return module is not None and "keras" in module and ".layers" in f".{module}"


def _further_name(text: Text, node: ast.ImportFrom, name: str) -> Edit:
    end = text.end(node.names[-1])
    return Edit(text.path, end, end, f", {name}")
