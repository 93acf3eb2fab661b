"""The cells that ``RNN`` loops over, and one step of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.layers.arguments import is_flag_set, is_unknown
from kerasmergelint.keras_api.layers.dtypes import compute_dtype
from kerasmergelint.keras_api.layers.layer_type import Behaviour, Dtype, Integers, LayerType
from kerasmergelint.keras_api.layers.rules import Rule, Weights, as_dim, one
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.problems import refused, undefined, wrong_inputs
from kerasmergelint.keras_api.protocol import (
    Config,
    LayerCall,
    Outcome,
    ShapeNest,
    SubLayer,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, Expr, Relation, Shape, compare

STATES = {"LSTM": 2, "GRU": 1, "SimpleRNN": 1}
_GATES = {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a loop asks of a cell: the width of its output and of each state (nested for stacks)."""

    output: Dim
    states: tuple[Any, ...]


def cell_of(layer: object) -> Cell | None:
    """What is known of a cell, or of a list of cells; None for anything else."""
    if isinstance(layer, (list, tuple)):
        cells = [cell_of(item) for item in layer]
        if not cells or any(cell is None for cell in cells):
            return None
        parts = tuple(
            cell.states[0] if len(cell.states) == 1 else list(cell.states)
            for cell in cells
            if cell is not None
        )
        last = cells[-1]
        return None if last is None else Cell(last.output, parts)
    if not isinstance(layer, SubLayer):
        return None
    name = layer.type_name.removesuffix("Cell")
    if layer.type_name == "StackedRNNCells":
        return cell_of(layer.config.get("cells"))
    if layer.type_name.endswith("Cell") and name in STATES:
        units = as_dim(layer.config.get("units"))
        return Cell(units, (units,) * STATES[name])
    return _own_cell(layer)


def _own_cell(layer: SubLayer) -> Cell | None:
    """A cell that the program wrote, by its ``state_size`` and ``output_size``."""
    sizes, width = layer.attribute("state_size"), layer.attribute("output_size")
    listed = list(sizes) if isinstance(sizes, (list, tuple)) else [sizes]
    states = [size for size in listed if isinstance(size, (int, Expr))]
    if not states or len(states) < len(listed):
        return None
    output = width if isinstance(width, (int, Expr)) else states[0] if width is None else UNKNOWN
    return Cell(output, tuple(states))


def shipped_cells(layer: object) -> list[tuple[str, Dim]] | None:
    """The layer that each of the cells is a step of, and its units; None if the program wrote one."""
    if isinstance(layer, SubLayer) and layer.type_name == "StackedRNNCells":
        return shipped_cells(layer.config.get("cells"))
    cells = layer if isinstance(layer, (list, tuple)) else [layer]
    names = [cell.type_name.removesuffix("Cell") for cell in cells if isinstance(cell, SubLayer)]
    if not all(map(is_shipped, cells)) or not STATES.keys() >= set(names):
        return None
    return [(name, as_dim(cell.config.get("units"))) for name, cell in zip(names, cells)]


def stacked_count(cells: object, size: Dim) -> int | None:
    """The weights of stacked cells, the first of which gets an input of this width."""
    total = 0
    for layer in cells if isinstance(cells, (list, tuple)) else [cells]:
        if not isinstance(layer, SubLayer):
            return None
        if layer.type_name == "StackedRNNCells":
            count = stacked_count(layer.config.get("cells"), size)
        else:
            count = layer.parameters(Shape((None, size)))
        known = cell_of(layer)
        if count is None or known is None:
            return None
        total, size = total + count, known.output
    return total


def is_shipped(cell: object) -> bool:
    """Whether Keras ships the cell, or all of them."""
    if isinstance(cell, (list, tuple)):
        return all(map(is_shipped, cell))
    if isinstance(cell, SubLayer) and cell.type_name == "StackedRNNCells":
        return is_shipped(cell.config.get("cells"))
    return isinstance(cell, SubLayer) and cell.type_name in (f"{name}Cell" for name in STATES)


# -- weights --------------------------------------------------------------------------------


def _count(gates: int, size: int, units: int, config: Config, name: str) -> int | None:
    """Kernel, recurrent kernel and bias; a GRU has two biases by default."""
    bias, twice = is_flag_set(config, "use_bias", True), is_flag_set(config, "reset_after", True)
    if bias is None or (name == "GRU" and twice is None):
        return None
    biases = 0 if not bias else 2 if name == "GRU" and twice else 1
    return gates * units * (size + units + biases)


def weights_of(name: str) -> Weights:
    def count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        if isinstance(first, (list, tuple)) and first:
            first = first[0]
        units = config.get("units")
        size = first.dims[-1] if isinstance(first, Shape) else None
        if not isinstance(size, int) or not isinstance(units, int):
            return None
        return _count(_GATES[name], size, units, config, name)

    return count


def check_units(config: Config, version: KerasVersion) -> None:
    units = config.get("units")
    if not is_unknown(units) and (not isinstance(units, int) or units <= 0):
        raise refused(f"`units` must be a positive integer, got {units!r}")


def _stack_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    size = first.dims[-1] if isinstance(first, Shape) and first.dims else UNKNOWN
    return stacked_count(config.get("cells"), size)


# -- one step of a cell -----------------------------------------------------------------------


def _step(name: str) -> Rule:
    """``cell(x, states)``: the output, and the new states in the structure of the old ones."""

    def rule(call: LayerCall) -> Outcome:
        spec, states = one(call), call.arguments.get("states")
        units = as_dim(call.config.get("units"))
        nested = isinstance(states, (list, tuple))
        given = list(states) if isinstance(states, (list, tuple)) else [states]
        if spec.dims is not None and spec.dims and spec.dims[-1] is None and call.first is None:
            raise undefined(f"the feature dimension is None: {spec}")
        if nested and len(given) < STATES[name]:
            raise wrong_inputs(f"a cell with {counted(STATES[name], 'state')} got {len(given)}")
        used = given[: STATES[name]]
        if call.version in V2:
            _check_dtypes(call, used)
        plain = all(isinstance(state, TensorSpec) for state in used)
        if not plain or not _steps_fit(spec, used, units, call):
            return Outcome(UNKNOWN, ("the states of a cell are not known",))
        dims = spec.dims or (UNKNOWN,)
        new = TensorSpec(Shape((dims[0], units)), kind=spec.kind)
        kept: object = [new] * STATES[name] if nested or name == "LSTM" else new
        return Outcome((new, kept))

    return rule


def _check_dtypes(call: LayerCall, states: Sequence[object]) -> None:
    """Keras 2 casts the input of a cell, but not its states.  (A policy is unknown here.)"""
    if call.config.get("dtype") is None:
        return
    computed = compute_dtype(call.config)
    for state in states:
        if not isinstance(state, TensorSpec) or state.kind is not TensorKind.KERAS:
            continue
        if None not in (computed, state.dtype) and state.dtype != computed:
            raise wrong_inputs(
                f"a cell that computes in {computed} got a state of type {state.dtype}"
            )


def _steps_fit(spec: TensorSpec, states: Sequence[Any], units: Dim, call: LayerCall) -> bool:
    """Whether the ranks and sizes of the input and the states certainly fit together."""
    if spec.dims is None or len(spec.dims) != 2:
        return False
    if isinstance(call.first, Shape) and call.first.dims[-1] != spec.dims[-1]:
        return False
    return all(
        state.dims is not None
        and len(state.dims) == 2
        and compare(state.dims[0], spec.dims[0]).relation is Relation.EQUAL
        and compare(state.dims[1], units).relation is Relation.EQUAL
        for state in states
    )


def _stack_step(call: LayerCall) -> Outcome:
    """The cells one on top of the other: the output of the last, the states of all."""
    cells, states = call.config.get("cells"), call.arguments.get("states")
    known = cell_of(cells)
    spec = one(call)
    if (
        known is None
        or not isinstance(states, (list, tuple))
        or not isinstance(cells, (list, tuple))
    ):
        return Outcome(UNKNOWN, ("the cells or their states are not known",))
    if spec.dims is not None and spec.dims and spec.dims[-1] is None and call.first is None:
        raise undefined(f"the feature dimension is None: {spec}")
    if len(states) != len(cells) or spec.dims is None or len(spec.dims) != 2:
        return Outcome(UNKNOWN, ("the states do not match the cells one to one",))
    if isinstance(call.first, Shape) and call.first.dims[-1] != spec.dims[-1]:
        return Outcome(UNKNOWN, ("the cells were built on another size",))
    new: list[object] = []
    dtype: str | None = None
    for cell, wanted, given in zip(cells, known.states, states):
        flat = list(given) if isinstance(given, (list, tuple)) else [given]
        units = wanted[0] if isinstance(wanted, list) else wanted
        plain = all(isinstance(state, TensorSpec) for state in flat)
        if not plain or not _steps_fit(spec, flat, units, replace(call, first=None)):
            return Outcome(UNKNOWN, ("the states of a cell are not known",))
        dtype = compute_dtype(cell.config) if isinstance(cell, SubLayer) else None
        state = TensorSpec(Shape((spec.dims[0], units)), dtype, spec.kind)
        new.append([state] * len(flat) if isinstance(given, (list, tuple)) else state)
    main = TensorSpec(Shape((spec.dims[0], known.output)), dtype, spec.kind)
    if call.version in V3:
        return Outcome((main, new[0] if len(new) == 1 else new))
    return Outcome((main, new), ("Keras 2 fails on most structures of states",))


# -- the table ------------------------------------------------------------------------------

_REFUSES_INTEGERS = (Behaviour(V2, integers=Integers.REFUSED),)

LAYERS = (
    *(LayerType(f"{name}Cell", _step(name), check=check_units, weights=weights_of(name),
                needs=("states",), behaviours=_REFUSES_INTEGERS) for name in STATES),
    LayerType("StackedRNNCells", _stack_step, weights=_stack_weights, dtype=Dtype.RULE,
              needs=("states",)),
)  # fmt: skip
