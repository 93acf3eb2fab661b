"""What a value is, in words for an editor."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from kerasmergelint.cli.models.rows import (
    call_title,
    functional,
    rows_of_model,
    shape_text,
    title,
    type_name,
)
from kerasmergelint.cli.summary.table import fields, plain_table, total
from kerasmergelint.keras_api.layers.requirements import requirement
from kerasmergelint.rules.printable import printable
from kerasmergelint.server.snapshot import Snapshot
from kerasmergelint.tracker.keras import counting
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import BoundMethod, ClassV, FunctionV, Instance
from kerasmergelint.tracker.values.value import UnknownV, Value

_HEADER = ("Layer (type)", "Output Shape", "Param #", "Connected to")
_MOST_ROWS = 40
_MOST_LISTED = 8
_LONGEST = 200


def is_model(value: Value) -> bool:
    """Whether a value is a model whose layers are known."""
    return isinstance(functional(value), (ModelV, SequentialV))


def shapes(values: Sequence[Value]) -> list[str]:
    """The different shapes of the tensors among some values."""
    found = (shape_text(value) for value in values if isinstance(value, TensorV))
    return list(dict.fromkeys(found))


def described(values: Sequence[Value], snapshot: Snapshot) -> list[str]:
    """Paragraphs of Markdown about the values of an expression, each different one once."""
    told = dict.fromkeys(text for value in values for text in _described(value, snapshot))
    found = list(told)
    if len(found) > _MOST_LISTED:
        return [*found[:_MOST_LISTED], "... and more"]
    return found


def _described(value: Value, snapshot: Snapshot) -> Iterator[str]:
    if isinstance(value, TensorV):
        yield _tensor(value, snapshot)
    elif is_model(value):
        yield summary(value, snapshot)
    elif isinstance(value, LayerV) or (isinstance(value, Instance) and value.layer is not None):
        yield _layer(value)
    elif isinstance(value, (FunctionV, BoundMethod, ClassV)):
        yield from contracts(value, snapshot)
    elif isinstance(value, UnknownV):
        yield f"not known: {printable(value.reason)}"
    elif isinstance(value, (ListV, tuple)):
        yield from _several(value)
    elif isinstance(value, (int, float, str)):
        text = repr(value)
        if len(text) <= _LONGEST:
            yield f"`{printable(text)}`"


def _several(value: ListV | tuple[Value, ...]) -> Iterator[str]:
    items = value.items if isinstance(value, ListV) else value
    if any(isinstance(item, TensorV) for item in items):
        shown = ", ".join(shape_text(item) for item in items[:_MOST_LISTED])
        rest = ", ..." if len(items) > _MOST_LISTED else ""
        yield f"{len(items)} tensors: `{shown}{rest}`"


def _tensor(tensor: TensorV, snapshot: Snapshot) -> str:
    dtype = f" {tensor.spec.dtype}" if tensor.spec.dtype else ""
    words = f"`{printable(shape_text(tensor))}`{dtype}"
    node = tensor.node
    return words if node is None else f"{words}, from {_origin(node, snapshot)}"


def _origin(node: Node, snapshot: Snapshot) -> str:
    name, kind = call_title(node)
    words = f"`{printable(kind)}`"
    if node.layer is not None and name != kind:
        words += f' "{printable(name)}"'
    where = _where(node, snapshot)
    count = None if node.layer is None else counting.parameters(node.layer)
    return f"{words}{where}" + (f", {count:,} parameters" if count else "")


def _where(node: Node, snapshot: Snapshot) -> str:
    """The current line of the call, or the file that it is in."""
    if snapshot.is_own(node.site):
        now = snapshot.program.now(snapshot.span(node.site))
        return "" if now is None else f" on line {now[1].start.line + 1}"
    if node.site.node is None:
        return ""
    return f" in {os.path.basename(node.site.module.path)}"


def _layer(layer: Value) -> str:
    count = counting.parameters(layer)
    counted = "not built yet" if count is None else f"{count:,} parameters"
    words = f"layer `{printable(type_name(layer))}`, {counted}"
    wanted = None
    if isinstance(layer, LayerV):
        wanted = requirement(layer.type, layer.config, layer.first, layer.version)
    return words if wanted is None else f"{words}; takes {printable(wanted)}"


def summary(model: Value, snapshot: Snapshot) -> str:
    """The summary of a model, with the number of its parameters."""
    known = snapshot.summaries.get(id(model))
    if known is None:
        known = snapshot.summaries[id(model)] = _summary(model)
    return known


def _summary(model: Value) -> str:
    rows = rows_of_model(model)
    lines = [fields(row) for row in rows[:_MOST_ROWS]]
    table = "\n".join(plain_table(_HEADER, lines))
    more = f"\n... and {len(rows) - _MOST_ROWS} more layers" if len(rows) > _MOST_ROWS else ""
    heading = f'**Model "{printable(title(model))}"**: {total(model, rows)} parameters'
    return f"{heading}\n\n```text\n{table}{more}\n```"


def parameters(model: Value) -> str:
    """How many parameters a model has, if known."""
    count = counting.parameters(functional(model))
    return "" if count is None else f"{count:,} parameters"


def contracts(value: FunctionV | BoundMethod | ClassV, snapshot: Snapshot) -> Iterator[str]:
    """What a function, or each method of a class, requires of its parameters."""
    if isinstance(value, ClassV):
        for name in ("__init__", "build", "call"):
            method = value.namespace.get(name)
            if isinstance(method, FunctionV):
                yield from contracts(method, snapshot)
        return
    function = value.function if isinstance(value, BoundMethod) else value
    module = function.scope.top.module if isinstance(function, FunctionV) else None
    if module is None or not isinstance(function, FunctionV):
        return
    site = Site(module, function.code)
    if snapshot.is_own(site):
        yield from contract_at(snapshot.span(site).line, snapshot)


def contract_at(line: int, snapshot: Snapshot) -> Iterator[str]:
    """The contract of the function whose definition begins on a line of the program."""
    contract = snapshot.contract_at(line)
    if contract is not None:
        name = printable(f"{contract.name}{contract.signature}")
        yield f"`{name}` works if: {printable(contract.condition)}"
