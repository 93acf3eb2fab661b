"""NumPy's functions that have the shape rule of an op of Keras."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops import find as find_op
from kerasmergelint.keras_api.protocol import Broken, KerasVersion, Nest, TensorKind, TensorSpec
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN
from kerasmergelint.tracker.keras import type_sources
from kerasmergelint.tracker.keras.convert import (
    from_plain,
    to_plain,
    to_tensor_nest,
)
from kerasmergelint.tracker.library.array_refusals import refused
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.value import (
    Args,
    Keywords,
    Value,
    named,
)

# A rule for shapes takes as long as this many steps.
_STEPS_OF_AN_OP = 3


def through_op(name: str) -> Callable[..., Value]:
    """A NumPy function with the shape rule of ``keras.ops``; unknown if that refuses."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        interp.work(_STEPS_OF_AN_OP)
        op = find_op(f"keras.ops.{name}", KerasVersion.V3)
        if op is None:
            return interp.unknown(f"numpy.{name}")
        # What was computed with is a number only if that is certain: it may be an array.
        take = [
            to_tensor_nest if op.wants_tensor(place) else to_plain for place in range(len(args))
        ]
        plain = [convert(interp, argument) for convert, argument in zip(take, args)]
        options = {key: to_plain(interp, value) for key, value in named(keywords).items()}
        try:
            outcome = op.call(plain, options, KerasVersion.V3)
        except Broken as broken:
            failure = refused(interp, name, plain, options, broken, site)
            if failure is not None:
                raise failure from None
            return interp.unknown(f"numpy.{name} fails")
        if interp.on_merge is not None and op.kind.is_any(_OF_ARRAYS):
            given = (tuple(args), DictV(interp.heap, dict(named(keywords))))
            interp.on_merge(Node(name, site, given, None, None, op.kind))
        made = _as_arrays(outcome.outputs)
        if isinstance(made, TensorSpec) and _may_be_frame(interp, plain, args):
            made = made.with_shape(ANY_SHAPE)  # which is reduced by columns
        result = from_plain(interp, made, None, f"the result of numpy.{name} is not known")
        type_sources.note_array(interp, result, args[0] if name in _KEEP_TYPES and args else None)
        return result

    return native


_KEEP_TYPES = frozenset({"amax", "amin", "flip", "max", "min", "sort", "transpose"})


def _may_be_frame(interp: Interpreter, plain: list[Nest], args: Args) -> bool:
    return plain[:1] == [UNKNOWN] and to_plain(interp, args[0]) is UNKNOWN


# What numbers do not go into: watchers learn from these which parameters are arrays.
_OF_ARRAYS = Kind.REDUCTION | Kind.JOIN | Kind.STACK


def of_places(name: str) -> Native:
    """A function whose results are places in an array."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        found = through_op(name)(interp, args, keywords, site)
        if not isinstance(found, TensorV):
            return found
        return TensorV(replace(found.spec, dtype="int64", kind=TensorKind.ARRAY))

    return native


def in_order(native: Native) -> Native:
    """``np.sort`` and the like: with the axis None, all items are in one row."""

    def ordered(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        axis = args[1] if len(args) > 1 else keywords.get("axis", -1)
        if axis is not None:
            return native(interp, args, keywords, site)
        return through_op("ravel")(interp, [native(interp, args[:1], {}, site)], {}, site)

    return ordered


def _as_arrays(outputs: Nest) -> object:
    """NumPy gives arrays where TensorFlow would give tensors."""
    if isinstance(outputs, TensorSpec) and outputs.kind is TensorKind.EAGER:
        return replace(outputs, kind=TensorKind.ARRAY)
    if isinstance(outputs, (list, tuple)):
        return type(outputs)(map(_as_arrays, outputs))
    return outputs


PLACES = ("argmax", "argmin")
