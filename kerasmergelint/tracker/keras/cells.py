"""Recurrent cells of the program's own: their ``call`` runs once for all steps.

Keras 2 runs it when the layer is called, Keras 3 only on what TensorFlow computes with: for inputs of
a functional model it only reads the cell's attributes.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api.layers.merge_inputs import is_data
from kerasmergelint.keras_api.protocol import Nest, TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import V2
from kerasmergelint.shapes import Dim, Shape
from kerasmergelint.tracker.keras.convert import Inner
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.objects import FunctionV, Instance
from kerasmergelint.tracker.values.value import Value


def run(interp: Interpreter, layer: LayerV, nest: Nest, site: Site) -> None:
    """Run the cells of an ``RNN`` on one step of the input, each on what the one before it gives."""
    if layer.type.name != "RNN" or not isinstance(nest, TensorSpec):
        return
    dims = nest.dims
    if dims is None or len(dims) < 3 or not (is_data([nest]) or interp.version in V2):
        return
    eager = nest.kind in (TensorKind.EAGER, TensorKind.ARRAY)
    kind = TensorKind.EAGER if eager else TensorKind.GRAPH
    step: Value = TensorV(TensorSpec(Shape((dims[0], *dims[2:])), nest.dtype, kind))
    for cell in _cells(layer):
        if not isinstance(step, TensorV):
            return
        states = _states(interp, cell, dims[0], kind, nest.dtype)
        if states is None:
            return
        with aside.tracing(interp):
            step = _output(
                interp.semantics.base_classes.call(interp, cell, [step, states], {}, site)
            )


def _output(result: Value) -> Value:
    """What a cell hands on: the first of its output and its states."""
    parts = result.items if isinstance(result, ListV) and not result.open else result
    return parts[0] if isinstance(parts, (list, tuple)) and parts else None


def _cells(layer: LayerV) -> Iterator[Instance]:
    """The cells, up to the first that is not the program's own or does not take an input and states."""
    wrapped = layer.config.get("cell")
    listed = wrapped if isinstance(wrapped, (list, tuple)) else [wrapped]
    for part in listed:
        cell = part.layer if isinstance(part, Inner) else None
        if not isinstance(cell, Instance) or not _takes_states(cell):
            return
        yield cell


def _takes_states(cell: Instance) -> bool:
    if cell.cls.unknown_base or cell.state.inner is not None:
        return False
    method = find(cell.cls, "call")
    if method is None or not isinstance(method[1], FunctionV):
        return False
    needed = [p for p in method[1].code.parameters if p.name not in method[1].defaults]
    return len(needed) == 3 and all(p.kind == "positional" for p in needed)


def _states(
    interp: Interpreter, cell: Instance, batch: Dim, kind: TensorKind, dtype: str | None
) -> ListV | None:
    """A state for each size in ``state_size``; None if that is unknown."""
    sizes = cell.attributes.get("state_size")
    listed = sizes.items if isinstance(sizes, ListV) and not sizes.open else sizes
    if isinstance(listed, int):
        listed = [listed]
    if not isinstance(listed, (list, tuple)) or not all(type(size) is int for size in listed):
        return None
    made: list[Value] = [TensorV(TensorSpec(Shape((batch, size)), dtype, kind)) for size in listed]
    return ListV(interp.heap, made)
