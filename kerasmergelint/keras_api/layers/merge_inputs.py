"""Common to all merge layers: the list of inputs, and the message when two of them disagree."""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.keras_api.numerals import ordinal
from kerasmergelint.keras_api.problems import layer_to_layer
from kerasmergelint.keras_api.protocol import (
    Broken,
    LayerCall,
    Opaque,
    Outcome,
    Problem,
    ProblemKind,
    SubLayer,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V3, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, Shape

# The operands in order; None is an unknown one.
Operands = Sequence["TensorSpec | None"]


def operands_of(call: LayerCall) -> Operands | None:
    """The inputs as a list; None where the list itself is unknown."""
    inputs = call.inputs
    if inputs is UNKNOWN or (isinstance(inputs, Opaque) and not inputs.iterable):
        return None
    if isinstance(inputs, SubLayer):
        raise layer_to_layer(call.version, 0)
    if isinstance(inputs, TensorSpec):
        raise _no_list("a single tensor", hint="put the tensors into one list")
    if isinstance(inputs, dict):
        raise _no_list("a dict", "KeyError")
    if isinstance(inputs, Opaque):
        raise _no_list(f"a {inputs.description}")
    if not isinstance(inputs, (list, tuple)):
        raise _no_list(repr(inputs))
    if not inputs:
        detail = "is called on an empty list"
        raise Broken(Problem(ProblemKind.NO_INPUTS, "TypeError", detail))
    return [_operand(item, index, call.version) for index, item in enumerate(inputs)]


def _operand(item: object, index: int, version: KerasVersion) -> TensorSpec | None:
    if isinstance(item, TensorSpec):
        return item
    if item is UNKNOWN or isinstance(item, Opaque):
        return None
    if isinstance(item, SubLayer):
        raise layer_to_layer(version, index)
    what = "None" if item is None else f"a {type(item).__name__}"
    raise Broken(
        Problem(
            ProblemKind.MERGE_INPUTS,
            "AttributeError" if item is None and version in V3 else "ValueError",
            f"the {ordinal(index)} input is {what}, not a tensor",
            (index,),
            hint="a function without a return gives None" if item is None else None,
        )
    )


def _no_list(found: str, exception: str = "ValueError", *, hint: str | None = None) -> Broken:
    return wrong_operands(f"must be called on a list of tensors, got {found}", exception, hint=hint)


def wrong_operands(detail: str, exception: str, *, hint: str | None = None) -> Broken:
    """Too many or too few operands, or something other than a list of them."""
    return Broken(Problem(ProblemKind.MERGE_INPUTS, exception, detail, hint=hint))


def unknown_operands() -> Outcome:
    return Outcome(TensorSpec(), ("the list of inputs is not known",))


# -- what the result has of its operands ----------------------------------------------------


def kind_of(specs: Operands) -> TensorKind:
    return next((spec.kind for spec in specs if spec is not None), TensorKind.KERAS)


_DATA = (TensorKind.GRAPH, TensorKind.EAGER, TensorKind.ARRAY)


def is_data(specs: Operands) -> bool:
    """Whether TensorFlow itself merges them, which compares the sizes at every call."""
    return all(spec is not None and spec.kind in _DATA for spec in specs)


def is_eager(spec: TensorSpec) -> bool:
    """Whether TensorFlow computes with it at once, where no graph has to know any shape before."""
    return spec.kind in (TensorKind.EAGER, TensorKind.ARRAY)


def dtype_of(specs: Operands) -> str | None:
    """The dtype that all operands have."""
    names = {spec.dtype if spec is not None else None for spec in specs}
    return names.pop() if len(names) == 1 else None


def doubt_dtypes(specs: Operands, version: KerasVersion) -> tuple[str, ...]:
    """Keras 2 hands integers and floats to TensorFlow as they are, which refuses to mix them."""
    if version in V3:
        return ()
    names = {spec.dtype for spec in specs if spec is not None and spec.dtype is not None}
    kinds = {"float" if "float" in name else name for name in names}
    return ("integers and floats are mixed",) if len(kinds) > 1 else ()


# -- two operands that disagree -------------------------------------------------------------


def unequal(
    kind: ProblemKind,
    specs: Operands,
    pair: tuple[int, int],
    axis: int,
    sizes: tuple[Dim, Dim],
) -> Broken:
    """The sizes of two operands differ at an axis."""
    place = _positive_axis(specs, pair, axis)
    return Broken(
        Problem(
            kind,
            "ValueError",
            f"axis {place} differs: {word_for(sizes[0])} and {word_for(sizes[1])}",
            pair,
            place,
        )
    )


def word_for(dim: Dim) -> str:
    return "?" if dim is UNKNOWN else str(dim)


def rank_of(spec: TensorSpec | None) -> int | None:
    return spec.shape.rank if spec is not None and isinstance(spec.shape, Shape) else None


def _positive_axis(specs: Operands, pair: tuple[int, int], axis: int) -> int:
    """An axis counted from the left, where both shapes have the same known rank."""
    rank, other = (rank_of(specs[index]) for index in pair)
    return axis + rank if rank is not None and rank == other and axis < 0 else axis
