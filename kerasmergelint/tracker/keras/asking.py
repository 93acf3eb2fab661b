"""What layers, ops and shapes need to know of the values that they are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.tracker.machine.asking import Use, is_open
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import is_number
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, UnknownV, Value

# Arguments of layers that no shape depends on.
_WITHOUT_SHAPE = (
    "activation", "initializer", "regularizer", "constraint", "name", "dtype", "trainable", "bias",
    "rate", "dropout", "seed", "momentum", "epsilon", "center", "scale", "alpha", "weights", "autocast",
    "negative_slope", "stateful", "unroll", "implementation", "mask", "function", "max_value", "threshold",
)  # fmt: skip


def of_inputs(interp: Interpreter, layer: LayerV, inputs: Value) -> None:
    """A layer is called: what goes in are tensors."""
    if interp.asker is None:
        return
    inputs = interp.resolve(inputs)
    several = layer.type.kind.is_any(Kind.MERGE)
    if several and (is_open(inputs)):
        interp.asker.asked(inputs, Use.ITEMS, layer)
        inputs = interp.resolve(inputs)
        if isinstance(inputs, UnknownV):
            return
    others = _tensors(interp, inputs)
    for leaf in _unknowns(interp, inputs):
        interp.asker.asked(leaf, Use.TENSOR, others if several else layer)


def of_model(interp: Interpreter, declared: Sequence[Value], given: Sequence[Value] | None) -> None:
    """A model is called, with one value for each of its inputs."""
    if interp.asker is None:
        return
    for want, got in zip(declared, given or ()):
        got = interp.resolve(got)
        if isinstance(got, UnknownV):
            interp.asker.goes_in(got, want)


def of_config(interp: Interpreter, entry: LayerType, args: Args, keywords: Keywords) -> None:
    """A layer is made: of its arguments, those that decide about shapes."""
    if interp.asker is None:
        return
    named: dict[str, Value] = {}
    for name, value in zip(entry.unknown_config(interp.version), args):
        if isinstance(value, Spread):
            break
        named[name] = value
    named.update({name: value for name, value in keywords.items() if name is not REST})
    for name, value in named.items():
        if not any(word in name for word in _WITHOUT_SHAPE):
            _ask_numbers(interp, value, name)


def of_shape(interp: Interpreter, value: Value) -> None:
    """A value is taken for a shape."""
    if interp.asker is None:
        return
    if is_open(value):
        interp.asker.asked(value, Use.ITEMS, "shape")
    value = interp.resolve(value)
    if not isinstance(value, UnknownV):
        _ask_numbers(interp, value, "shape")


def of_op(
    interp: Interpreter, wants_tensor: Callable[[int | str], bool], args: Args, keywords: Keywords
) -> None:
    """A function of Keras's or TensorFlow's is called."""
    if interp.asker is None:
        return
    others = _tensors(interp, (tuple(args), *(v for k, v in keywords.items() if k is not REST)))
    for position, value in (*enumerate(args), *keywords.items()):
        if position is REST or isinstance(value, Spread):
            continue
        assert isinstance(position, (int, str))
        value = interp.resolve(value)
        if not wants_tensor(position):
            _ask_numbers(interp, value, str(position))
        elif is_open(value) and not isinstance(value, UnknownV):
            interp.asker.asked(value, Use.ITEMS, others)
        else:
            for leaf in _unknowns(interp, value):
                interp.asker.asked(leaf, Use.TENSOR, others)


def of_operator(interp: Interpreter, left: Value, right: Value) -> None:
    """An operator has a tensor on one side; which number is on the other does not matter."""
    if interp.asker is None:
        return
    others = _tensors(interp, (left, right))
    for leaf in _unknowns(interp, (left, right)):
        if not is_number(leaf):
            interp.asker.asked(leaf, Use.TENSOR, others)


def _ask_numbers(interp: Interpreter, value: Value, name: str) -> None:
    assert interp.asker is not None
    for leaf in _unknowns(interp, value):
        interp.asker.asked(leaf, Use.NUMBER, name)


def _unknowns(interp: Interpreter, value: Value) -> Iterator[UnknownV]:
    for leaf in leaves(interp.resolve(value)) if value is not None else ():
        leaf = interp.resolve(leaf)
        if isinstance(leaf, UnknownV):
            yield leaf


def _tensors(interp: Interpreter, value: Value) -> tuple[TensorV, ...]:
    found = (interp.resolve(leaf) for leaf in leaves(value)) if value is not None else ()
    return tuple(leaf for leaf in found if isinstance(leaf, TensorV))
