"""Numbers of the data that a loss has no class for, or a table no row: TensorFlow refuses them on a CPU.

Only data of which every number is known is looked at.  Code that XLA compiles fails nowhere, and gives
nonsense: that is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.tracker.keras.fitting import in_declared_order
from kerasmergelint.tracker.keras.training import matching
from kerasmergelint.tracker.keras.training.batches import Batch
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import TensorV, ancestors, identity
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.training import LossV
from kerasmergelint.tracker.values.value import External, Value

_SPARSE = "sparse_categorical_crossentropy"
# Layers that give all numbers that they get, in another shape.
_KEEP_NUMBERS = ("InputLayer", "Reshape", "Flatten", "Permute", "RepeatVector")


def labels_problem(
    interp: Interpreter, model: Value, loss: Value, outputs: Value, batch: Batch
) -> Problem | None:
    """Report a label that is not the number of a class, which count from 0."""
    if batch.samples is None:
        return None
    whole = Batch(batch.samples[0], batch.samples[1])
    for one, output, target, _ in matching.matched(interp, model, loss, outputs, whole):
        dims = output.spec.dims if isinstance(output, TensorV) else None
        classes = dims[-1] if dims else None
        if not _counts_classes(interp.resolve(one)) or type(classes) is not int:
            continue
        wrong = [number for number in _numbers(target) if not 0 <= number < classes]
        if wrong:
            is_high = wrong[0] >= classes
            why = f"not below {classes}, the number of classes" if is_high else "that of no class"
            detail = f"the label {wrong[0]} is {why}"
            hint = "labels count from 0; a GPU gives NaN instead of an error"
            return Problem(ProblemKind.TARGETS, "InvalidArgumentError", detail, hint=hint)
    return None


def _counts_classes(loss: Value) -> bool:
    if isinstance(loss, LossV):
        return loss.name == _SPARSE and loss.ignores_none
    if isinstance(loss, External):
        return loss.dotted.rpartition(".")[2] == _SPARSE
    return loss in (_SPARSE, "SparseCategoricalCrossentropy")


def tokens_problem(model: Value, outputs: Value, batch: Batch) -> Problem | None:
    """Report a number in the inputs for which an ``Embedding`` has no row."""
    if batch.samples is None:
        return None
    x = batch.samples[0]
    read = list(leaves(batch.x))
    given = list(leaves(x))
    if isinstance(model, ModelV):
        read, given = list(leaves(model.inputs)), in_declared_order(model, x) or []
    highest = [max(_numbers(part), default=0) for part in given]
    for place, table in _tables(model, outputs, read):
        rows = table.config.get("input_dim")
        if type(rows) is int and place < len(highest) and highest[place] >= rows:
            detail = (
                f"the data holds {highest[place]}, and the Embedding has the rows 0 to {rows - 1}"
            )
            hint = f"input_dim={highest[place] + 1} has one for each; a GPU does not notice"
            return Problem(ProblemKind.DATA, "InvalidArgumentError", detail, hint=hint)
    return None


def _tables(model: Value, outputs: Value, inputs: Sequence[Value]) -> Iterator[tuple[int, LayerV]]:
    """The tables that look up the numbers of an input, and its place."""
    if isinstance(model, SequentialV):
        for layer in model.layers:
            if isinstance(layer, LayerV) and layer.type.name == "Embedding":
                yield 0, layer
            if not isinstance(layer, LayerV) or layer.type.name not in _KEEP_NUMBERS:
                return
    places = {identity(one): at for at, one in enumerate(inputs) if isinstance(one, TensorV)}
    for node in ancestors(model.outputs if isinstance(model, ModelV) else outputs):
        layer, source = node.layer, _source(node.inputs)
        if source is None or identity(source) not in places:
            continue
        if isinstance(layer, LayerV) and layer.type.name == "Embedding":
            yield places[identity(source)], layer
        elif isinstance(layer, (ModelV, SequentialV)):
            within = list(leaves(layer.inputs)) if isinstance(layer, ModelV) else []
            for _, table in _tables(layer, None, within if len(within) == 1 else []):
                yield places[identity(source)], table


def _source(tensor: Value) -> TensorV | None:
    """The tensor whose numbers another one has, all of them."""
    while isinstance(tensor, TensorV) and tensor.node is not None:
        layer = tensor.node.layer
        if not isinstance(layer, LayerV) or layer.type.name not in _KEEP_NUMBERS:
            break
        if not isinstance(tensor.node.inputs, TensorV):
            break
        tensor = tensor.node.inputs
    return tensor if isinstance(tensor, TensorV) else None


def _numbers(data: Value) -> list[int]:
    """What TensorFlow makes of known numbers, which it cuts to whole ones."""
    content = arrays.data_of(data) if isinstance(data, TensorV) else None
    found = [] if content is None else list(arrays.flat(content))
    return [int(number) for number in found] if all(map(_is_finite, found)) else []


def _is_finite(number: object) -> bool:
    return isinstance(number, (int, float)) and abs(number) < 2**31
