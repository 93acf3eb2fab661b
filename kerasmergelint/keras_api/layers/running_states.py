"""Initial states that Keras 3 computes with: it compares nothing before."""

from __future__ import annotations

from kerasmergelint.keras_api.layers.cells import STATES, shipped_cells
from kerasmergelint.keras_api.layers.merge_inputs import is_data
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.problems import wrong_inputs
from kerasmergelint.keras_api.protocol import LayerCall, TensorSpec
from kerasmergelint.shapes import Dim
from kerasmergelint.shapes.broadcast import never_equal


def check_running(call: LayerCall, given: object, name: str, units: Dim) -> None:
    """States that TensorFlow multiplies by the layer's weights; it stretches the second of an LSTM.

    A GRU uses the first state and ignores the others.
    """
    count = STATES[name]
    states = given if isinstance(given, (list, tuple)) else [given]
    if not all(isinstance(state, TensorSpec) for state in states):
        return
    if not is_data([call.inputs, *states]):
        return
    if len(states) < count or (len(states) > count and name != "GRU"):
        raise wrong_inputs(f"takes {counted(count, 'initial state')}, got {len(states)}")
    for place, state in enumerate(states[:count]):
        dims = state.dims
        if dims and len(dims) != 2 and _fails_on_rank(name, place, dims, units):
            raise wrong_inputs(f"takes an initial state of rank 2, (batch, units), got {state}")
        if dims is None or len(dims) != 2 or (place > 0 and not never_equal(dims[1], 1)):
            continue
        if never_equal(dims[1], units):
            raise wrong_inputs(f"an initial state has {dims[1]} units, the layer {units}")


def _fails_on_rank(name: str, place: int, dims: tuple[Dim, ...], units: Dim) -> bool:
    """Whether a state of another rank than 2 certainly fails.

    A vector is multiplied by the weights like a row, if it is as long; a GRU splits the product along
    an axis that it has not. Of more axes, the cell splits its gates along the wrong one. SimpleRNN
    has no gates: it broadcasts such a state, and may get away with it.
    """
    if len(dims) == 1:
        stretched = place > 0 and not never_equal(dims[0], 1)
        return name == "GRU" or (never_equal(dims[0], units) and not stretched)
    return name in ("LSTM", "GRU") and never_equal(dims[0], 1) and never_equal(units, 1)


def check_looped(call: LayerCall) -> None:
    """The states of the cells that ``RNN`` loops over: those of each cell in a list, for several cells.

    States of cells beyond the last that got some are taken for what was left out.
    """
    given, cell = call.arguments.get("initial_state"), call.config.get("cell")
    cells = shipped_cells(cell)
    if given is None or not cells:
        return
    if not isinstance(cell, (list, tuple)) and len(cells) == 1:
        check_running(call, given, *cells[0])
        return
    if not isinstance(given, (list, tuple)):
        return
    for (name, units), states in zip(cells, given):
        count = len(states) if isinstance(states, (list, tuple)) else 1
        if count == STATES[name]:
            check_running(call, states, name, units)
