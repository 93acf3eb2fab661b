"""Recurrent cells of the program's own: their ``call`` runs once for all steps.

Keras 2 runs it when the layer is called, Keras 3 only on what TensorFlow computes with: for inputs of
a functional model it only reads the cell's attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kerasmergelint.keras_api.layers.merge_inputs import is_data
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.protocol import Nest, Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.keras.convert import Inner
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, Instance
from kerasmergelint.tracker.values.training import RUNS_EAGERLY
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
    # TensorFlow's own loop; a loop of Python's is one in eager code, and where it is unrolled.
    rolled = layer.config.get("unroll", False) is False and interp.surely(V3)
    in_graph = not eager and RUNS_EAGERLY not in interp.patched
    stacked = isinstance(layer.config.get("cell"), (list, tuple))
    for cell in _cells(layer):
        if not isinstance(step, TensorV):
            return
        states = _states(interp, cell, dims[0], kind, nest.dtype, site)
        if states is None:
            return
        with aside.tracing(interp):
            result = interp.semantics.base_classes.call(interp, cell, [step, states], {}, site)
        step = _output(result)
        after = _new_states(result) if rolled else None
        problem = None if after is None or stacked else _count_problem(cell, states.items, after)
        if problem is None and after is not None and in_graph:
            problem = _shape_problem(cell, states.items, after)
        if problem is not None:
            interp.broken(problem, site, layer.type.name, None)
            return


_HINT = "`call` gives its output and the list of its states, as `state_size` says"


def _count_problem(
    cell: Instance, before: Sequence[Value], after: Sequence[Value]
) -> Problem | None:
    """Why the loop over the steps does not take the states of a cell: they are more, or fewer."""
    if len(before) == len(after):
        return None
    detail = f"{cell.cls.name} has {counted(len(before), 'state')} and gives {len(after)}"
    return Problem(ProblemKind.FIRST_RUN, "ValueError", detail, hint=_HINT)


def _shape_problem(
    cell: Instance, before: Sequence[Value], after: Sequence[Value]
) -> Problem | None:
    """Why a loop in a graph does not take them: one leaves a step with another shape than it had."""
    for old, new in zip(before, after):
        if not isinstance(old, TensorV) or not isinstance(new, TensorV):
            continue
        was, becomes = old.spec.dims, new.spec.dims
        if was is None or becomes is None:
            continue
        if len(was) != len(becomes) or any(map(never_equal, was[1:], becomes[1:])):
            way = f"enters a step as {old.spec} and leaves it as {new.spec}"
            detail = f"a state of {cell.cls.name} {way}"
            return Problem(ProblemKind.FIRST_RUN, "ValueError", detail, hint=_HINT)
    return None


def _new_states(result: Value) -> Sequence[Value] | None:
    """The states that a step gives; None if that is not known."""
    parts = result.items if isinstance(result, ListV) and not result.open else result
    states = parts[1] if isinstance(parts, (list, tuple)) and len(parts) == 2 else None
    if isinstance(states, TensorV):
        return (states,)
    states = states.items if isinstance(states, ListV) and not states.open else states
    if not isinstance(states, (list, tuple)):
        return None
    return states if all(isinstance(state, TensorV) for state in states) else None


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
    interp: Interpreter,
    cell: Instance,
    batch: Dim,
    kind: TensorKind,
    dtype: str | None,
    site: Site,
) -> ListV | None:
    """The states before the first step: its own, or one for each size in ``state_size``; None if unknown."""
    if "get_initial_state" in cell.attributes:
        return None
    own = find(cell.cls, "get_initial_state")
    if own is not None:
        return _own_states(interp, BoundMethod(cell, own[1]), batch, kind, site)
    sizes = interp.resolve(interp.attribute(cell, "state_size", site))
    listed = sizes.items if isinstance(sizes, ListV) and not sizes.open else sizes
    if isinstance(listed, int):
        listed = [listed]
    if not isinstance(listed, (list, tuple)) or not all(type(size) is int for size in listed):
        return None
    made: list[Value] = [TensorV(TensorSpec(Shape((batch, size)), dtype, kind)) for size in listed]
    return ListV(interp.heap, made)


def _own_states(
    interp: Interpreter, method: BoundMethod, batch: Dim, kind: TensorKind, site: Site
) -> ListV | None:
    """What the cell's own ``get_initial_state`` gives; Keras 2 passes other arguments."""
    code = method.function.code if isinstance(method.function, FunctionV) else None
    if code is None or "batch_size" not in {one.name for one in code.parameters}:
        return None
    if not interp.surely(V3):
        return None
    size: Value = batch if type(batch) is int else UNKNOWN
    with aside.tracing(interp):
        made = interp.resolve(interp.call(method, [], {"batch_size": size}, site))
    parts = made.items if isinstance(made, ListV) and not made.open else made
    parts = [parts] if isinstance(parts, TensorV) else parts
    if not isinstance(parts, (list, tuple)) or not parts:
        return None
    states = [part for part in map(interp.resolve, parts) if isinstance(part, TensorV)]
    if len(states) != len(parts):
        return None
    return ListV(interp.heap, [_with_kind(state, batch, kind) for state in states])


def _with_kind(state: TensorV, batch: Dim, kind: TensorKind) -> Value:
    dims = state.spec.dims
    shape = state.spec.shape if not dims else Shape((batch, *dims[1:]))
    return TensorV(TensorSpec(shape, state.spec.dtype, kind))
