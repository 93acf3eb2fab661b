"""``get_initial_state``: Keras 3 asks recurrent layers and cells for a batch size, Keras 2 for the inputs."""

from __future__ import annotations

from kerasmergelint.keras_api.layers.cells import STATES
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.constants import as_dim
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.value import Args, Keywords, Value


def get_initial_state(
    interp: Interpreter, layer: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    """Zeros for each state; a tensor that is no number is no batch size."""
    name = layer.type.name.removesuffix("Cell") if isinstance(layer, LayerV) else ""
    if not isinstance(layer, LayerV) or not (name in STATES or name == "RNN"):
        return interp.unknown("the initial states of a layer")
    if not interp.surely(V3):
        return interp.unknown("initial states, which versions make of different arguments")
    batch = interp.resolve(bind_native(interp, ("batch_size",), args, keywords).get("batch_size"))
    if isinstance(batch, TensorV) and batch.spec.dims:
        detail = f"takes the batch size, a number, and is given {batch.spec}"
        hint = "pass the size of the first axis, for example `tf.shape(x)[0]`"
        problem = Problem(
            ProblemKind.ARGUMENT, "ValueError", f"get_initial_state {detail}", hint=hint
        )
        raise interp.fails(problem, site, (batch,))
    units = as_dim(layer.config.get("units"))
    if name not in STATES:
        return interp.unknown("the initial states of a cell")
    size: Dim = batch if type(batch) is int else UNKNOWN
    spec = TensorSpec(Shape((size, UNKNOWN if units is None else units)), None, TensorKind.ANY)
    return ListV(interp.heap, [TensorV(spec) for _ in range(STATES[name])])
