"""Whether inputs fit the declared ones of a model, and how it adapts them."""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import differences
from kerasmergelint.keras_api.causes import OneForSeveral, OtherShape
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.protocol import (
    Problem,
    ProblemKind,
    TensorKind,
)
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.regex import regex
from kerasmergelint.shapes import ANY_SHAPE, Dim, Relation, Shape, compare, format_shape
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV
from kerasmergelint.tracker.values.value import Value


def given_inputs(interp: Interpreter, model: ModelV, inputs: Value) -> list[Value] | None:
    """The actual inputs in the order of the declared ones, as the layers get them."""
    matched = in_declared_order(model, inputs)
    if matched is None:
        return None
    pairs = zip(leaves(model.inputs), matched)
    return [as_declared(interp, want, interp.resolve(got)) for want, got in pairs]


def in_declared_order(model: ModelV, inputs: Value) -> list[Value] | None:
    """The actual inputs in the order of the declared ones; None if they cannot be matched.

    Those in a dict are found by the keys of the declared dict, or by the names of the declared
    inputs.
    """
    declared = list(leaves(model.inputs))
    if isinstance(inputs, ListV) and inputs.open:
        return None
    if isinstance(inputs, DictV):
        if inputs.open:
            return None
        known = model.inputs
        names = list(known.items) if isinstance(known, DictV) else list(map(_input_name, declared))
        if len(names) != len(declared) or not all(name in inputs.items for name in names):
            return None
        actual = [inputs.items[name] for name in names]
        return None if any(isinstance(item, (ListV, DictV, tuple)) for item in actual) else actual
    actual = list(leaves(without_surplus(model.version, declared, inputs)))
    return actual if len(actual) == len(declared) else None


def without_surplus(version: KerasVersion, declared: Sequence[Value], inputs: Value) -> Value:
    """Keras 2 passes over symbolic inputs beyond those that a model declares."""
    if version not in V2 or isinstance(inputs, (TensorV, DictV)):
        return inputs
    actual = list(leaves(inputs))
    if len(actual) <= len(declared) or not all(map(is_symbolic, actual)):
        return inputs
    return actual[0] if len(declared) == 1 else tuple(actual[: len(declared)])


def is_symbolic(value: Value) -> bool:
    return isinstance(value, TensorV) and value.spec.kind is TensorKind.KERAS


def as_declared(interp: Interpreter, declared: Value, actual: Value) -> Value:
    """An input with the rank and the type that the model declares."""
    return _with_type_of(interp, declared, with_rank_of(interp, declared, actual))


def _with_type_of(interp: Interpreter, declared: Value, actual: Value) -> Value:
    """Models cast what they get."""
    pair = _to_be_fitted(interp, declared, actual)
    if pair is None:
        return actual
    model, given = pair
    want, got = model.spec.dtype, given.spec.dtype
    if want is None or got is None or want == got:
        return given
    return TensorV(replace(given.spec, dtype=want), given.node, given.index)


def with_rank_of(interp: Interpreter, declared: Value, actual: Value) -> Value:
    """A missing or surplus last axis of size 1 is added or dropped."""
    pair = _to_be_fitted(interp, declared, actual)
    if pair is None:
        return actual
    model, given = pair
    want, got = model.spec.dims, given.spec.dims
    if want is None and got is not None:
        return TensorV(given.spec.with_shape(ANY_SHAPE), given.node)
    if want is not None and got is not None and _may_lack(want, got):
        return TensorV(given.spec.with_shape(ANY_SHAPE), given.node)
    if want is None or got is None or len(want) == len(got):
        return given
    if len(got) == len(want) + 1 and got[-1] == 1:
        return TensorV(given.spec.with_shape(Shape(got[:-1])), given.node)
    if len(got) == len(want) - 1 and want[-1] == 1:
        return TensorV(given.spec.with_shape(Shape((*got, 1))), given.node)
    return given


def _may_lack(want: Sequence[Dim], got: Sequence[Dim]) -> bool:
    """Whether the longer of two shapes has a last axis more, of which nobody knows whether its size is 1."""
    longer = max(want, got, key=len)
    return abs(len(want) - len(got)) == 1 and not isinstance(longer[-1], (int, type(None)))


def _to_be_fitted(
    interp: Interpreter, declared: Value, actual: Value
) -> tuple[TensorV, TensorV] | None:
    """What a model declares and what it gets, unless that is left as it is: Keras 3 fits data only."""
    if not isinstance(declared, TensorV) or not isinstance(actual, TensorV):
        return None
    if interp.version in V3 and actual.spec.kind is TensorKind.KERAS:
        return None
    return declared, actual


def _input_name(tensor: Value) -> Value:
    node = tensor.node if isinstance(tensor, TensorV) else None
    return node.layer.name if node is not None and isinstance(node.layer, LayerV) else None


def input_problem(interp: Interpreter, model: ModelV, inputs: Value) -> Problem | None:
    """Why Keras 3 refuses inputs that do not fit the declared ones; Keras 2 accepts most."""
    declared = list(leaves(model.inputs))
    actual = list(leaves(without_surplus(interp.version, declared, inputs)))
    counts = interp.surely(differences.COUNTS_NUMBERS_AS_INPUTS)
    known = (TensorV, int, float) if counts else TensorV
    certain = all(isinstance(leaf, known) for leaf in (*declared, *actual)) and not (
        _holds_open(inputs) or _holds_open(model.inputs) or any(map(_feeds_itself, declared))
    )
    if certain and declared and len(actual) != len(declared) and not isinstance(inputs, DictV):
        return Problem(
            ProblemKind.LAYER_INPUTS,
            "ValueError",
            f"the model has {counted(len(declared), 'input')}, got {len(actual)}",
            cause=OneForSeveral("input", len(declared)) if len(actual) == 1 else None,
        )
    absent = _absent_name(model, inputs)
    if absent is None and interp.surely(differences.MATCHES_KEYS):
        absent = _absent_key(model.inputs, inputs)
    if absent is not None:
        hint = "the keys are the names of the inputs"
        which = "an input without a name" if absent is _UNNAMED else f"the input `{absent}`"
        words = f"nothing is passed for {which}"
        return Problem(ProblemKind.LAYER_INPUTS, "ValueError", words, hint=hint)
    matched = None if interp.version in V2 else in_declared_order(model, inputs)
    for want, got in zip(declared, matched or ()):
        if isinstance(want, TensorV) and isinstance(got, TensorV):
            problem = functional_conflict(want, got)
            if problem is not None:
                return problem
    return None


def _feeds_itself(tensor: Value) -> bool:
    """Whether this comes from ``Input(tensor=...)``, for which older versions needed no data."""
    node = tensor.node if isinstance(tensor, TensorV) else None
    layer = None if node is None else node.layer
    return isinstance(layer, LayerV) and "input_tensor" in layer.config


def _absent_name(model: ModelV, inputs: Value) -> Value:
    """One of several inputs that a dict of inputs leaves out."""
    declared = list(leaves(model.inputs))
    if not isinstance(inputs, DictV) or inputs.open or isinstance(model.inputs, DictV):
        return None
    if len(declared) < 2 or not all(type(key) is str for key in inputs.items):
        return None
    given = list(inputs.items)
    if not all(_is_named(tensor) for tensor in declared):
        plain = all(_is_named(tensor) or _is_automatic(tensor) for tensor in declared)
        unnamed = sum(_is_automatic(tensor) for tensor in declared)
        chosen = sum(_AUTOMATIC.fullmatch(key) is None for key in given)
        return _UNNAMED if plain and len(given) - chosen < unnamed else None
    names = map(_input_name, declared)
    return next((name for name in names if name not in given), None)


# What Keras calls an input that the program gives no name.
_AUTOMATIC = regex(r"(?:input|input_layer|keras_tensor)(?:_\d+)?")
_UNNAMED = "an input that has an automatic name"


def _absent_key(declared: Value, inputs: Value) -> str | None:
    """A key of the declared dict of inputs that a dict of inputs leaves out."""
    if not isinstance(declared, DictV) or not isinstance(inputs, DictV):
        return None
    if inputs.open or declared.open or not all(type(key) is str for key in declared.items):
        return None
    return next((name for name in declared.items if name not in inputs.items), None)


def _is_named(tensor: Value) -> bool:
    """Whether the program chose the name of an input."""
    layer = tensor.node.layer if isinstance(tensor, TensorV) and tensor.node is not None else None
    return isinstance(layer, LayerV) and layer.named and type(layer.name) is str


def _is_automatic(tensor: Value) -> bool:
    """Whether an input certainly has a name that Keras chose."""
    layer = tensor.node.layer if isinstance(tensor, TensorV) and tensor.node is not None else None
    if not isinstance(layer, LayerV) or layer.type.name != "InputLayer":
        return False
    return not layer.named and "name" not in layer.attributes


def _holds_open(value: Value) -> bool:
    return isinstance(value, ListV) and value.open


def functional_conflict(want: TensorV, got: TensorV) -> Problem | None:
    """Why Keras 3 refuses an input of a functional model, if it certainly does.

    Sizes are compared first, then data is brought to the declared rank; symbolic tensors keep theirs.
    """
    data = got.spec.kind not in (TensorKind.KERAS, TensorKind.ANY)
    if _sizes_differ(want, got) or (data and _rank_differs(want, got)):
        return _other_shape(want, got)
    return None


def sequential_conflict(want: TensorV, got: TensorV) -> Problem | None:
    """The same for a Sequential model, which passes data of other sizes on to its layers."""
    kind = got.spec.kind
    refused = (
        _sizes_differ(want, got) if kind is TensorKind.KERAS else _rank_differs(want, got)
    ) and (kind is not TensorKind.ANY or _sizes_differ(want, got))
    return _other_shape(want, got) if refused else None


def _other_shape(want: TensorV, got: TensorV) -> Problem:
    cause = OtherShape(want.spec.shape, got.spec.shape)
    detail = f"the model expects {format_shape(cause.expected)}, got {format_shape(cause.given)}"
    return Problem(ProblemKind.LAYER_INPUTS, "ValueError", detail, cause=cause)


def _sizes_differ(want: TensorV, got: TensorV) -> bool:
    """What ``InputSpec(allow_last_axis_squeeze=True)`` refuses: sizes that differ, a last 1 aside.

    Axes are compared from the first on, as far as both have them; ranks are not.
    """
    if want.spec.dims is None or got.spec.dims is None:
        return False
    return all(
        any(_never_equal(a, b) for a, b in list(zip(expected, found))[1:])
        for expected in _squeezed(want.spec.dims)
        for found in _squeezed(got.spec.dims)
    )


def _squeezed(dims: tuple[Dim, ...]) -> list[tuple[Dim, ...]]:
    """The dimensions to compare: without a last 1; both ways if the last may be 1."""
    if not dims or dims[-1] is None:
        return [dims]
    relation = compare(dims[-1], 1).relation
    if relation is Relation.EQUAL:
        return [dims[:-1]]
    return [dims] if relation is Relation.NEVER else [dims, dims[:-1]]


def _never_equal(a: Dim, b: Dim) -> bool:
    return a is not None and b is not None and compare(a, b).relation is Relation.NEVER


def _rank_differs(want: TensorV, got: TensorV) -> bool:
    """Whether data has another rank that no last axis of size 1 explains."""
    expected, found = want.spec.dims, got.spec.dims
    if expected is None or found is None or len(expected) == len(found):
        return False
    longer = max(expected, found, key=len)
    may_be_one = longer[-1] is None or not _never_equal(longer[-1], 1)
    return not (abs(len(expected) - len(found)) == 1 and may_be_one)
