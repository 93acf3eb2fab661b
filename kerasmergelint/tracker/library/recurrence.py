"""``K.rnn``: a step function that runs over the time axis of a tensor, with states."""

from __future__ import annotations

from kerasmergelint.keras_api.problems import wrong_rank
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import Dim, Shape
from kerasmergelint.tracker.library.looping import items_of
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value

_PARAMETERS = (
    "step_function", "inputs", "initial_states", "go_backwards", "mask", "constants", "unroll",
    "input_length", "time_major", "zero_output_for_mask", "return_all_outputs",
)  # fmt: skip
_UNKNOWN = "what a recurrence gives"
# Within a graph of Keras the results would need a layer that makes them.
_FOLLOWED = (TensorKind.GRAPH, TensorKind.EAGER)


def rnn(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """The last output, all outputs along the time axis, and the last states.

    TensorFlow traces the step once on the first row, with the initial states and the constants: what is
    found in it counts.
    """
    if REST in keywords or any(isinstance(argument, Spread) for argument in args):
        return interp.unknown(_UNKNOWN)
    given = bind_native(interp, _PARAMETERS, args, keywords)
    inputs, states = given.get("inputs"), items_of(given.get("initial_states"))
    major, every = given.get("time_major", False), given.get("return_all_outputs", True)
    if not isinstance(inputs, TensorV) or states is None or not isinstance(major, bool):
        return interp.unknown(_UNKNOWN)
    dims = inputs.spec.dims
    followed = inputs.spec.kind in _FOLLOWED and "step_function" in given
    if dims is None or not followed or every is not True:
        return interp.unknown(_UNKNOWN)
    if len(dims) < 3:
        problem = wrong_rank(f"its input needs 3 axes or more, got {inputs.spec}").problem
        return interp.broken(problem, site, "rnn", (inputs,))
    rest = items_of(given.get("constants")) or ()
    row = TensorV(TensorSpec(_without_time(dims, major=major), inputs.spec.dtype, inputs.spec.kind))
    step: list[Value] = [row, ListV(interp.heap, [*states, *rest])]
    result = items_of(interp.call(given.get("step_function"), step, {}, site))
    return _results(interp, result, dims, major=major)


def _without_time(dims: tuple[Dim, ...], *, major: bool) -> Shape:
    return Shape(dims[1:] if major else (dims[0], *dims[2:]))


def _results(
    interp: Interpreter, result: tuple[Value, ...] | None, dims: tuple[Dim, ...], *, major: bool
) -> Value:
    states = None if result is None or len(result) != 2 else items_of(result[1])
    output = None if result is None else result[0]
    if states is None or not isinstance(output, TensorV) or not output.spec.dims:
        return interp.unknown(_UNKNOWN)
    first, *others = output.spec.dims
    whole = (dims[0], first, *others) if major else (first, dims[1], *others)
    return (
        TensorV(output.spec),
        TensorV(output.spec.with_shape(Shape(whole))),
        ListV(interp.heap, [_kept(state) for state in states]),
    )


def _kept(state: Value) -> Value:
    return TensorV(state.spec) if isinstance(state, TensorV) else state
