"""The declaration of a layer: its name, what it accepts, its shape rule, its weights.

An entry is one row of a family's table (``core.py``, ``convolution.py``, ...).  Signatures are not
typed but generated; see ``keras_api/signatures.py``.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    KerasVersion,
    LayerCall,
    Nest,
    Outcome,
    Problem,
    ProblemKind,
    ShapeNest,
    SubLayer,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.signatures import Signature, signature_of
from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    Expr,
    OpenShape,
    Relation,
    Shape,
    compare,
    format_shape,
)

Rule = Callable[[LayerCall], Outcome]
Check = Callable[[Config, KerasVersion], None]
Weights = Callable[[Config, ShapeNest, KerasVersion], "int | None"]
Pins = Callable[[Config], "tuple[int, ...]"]


def accept_any(config: Config, version: KerasVersion) -> None:
    """The constructor refuses nothing that we know of."""


def no_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    return 0


def nothing_pinned(config: Config) -> tuple[int, ...]:
    return ()


class Dtype(enum.Enum):
    """Where the dtype of the outputs comes from."""

    COMPUTE = "the layer's compute dtype"
    INPUT = "the dtype of the input, with floats cast to the compute dtype"
    RULE = "what the rule says"


@dataclass(frozen=True, slots=True)
class LayerType:
    """One layer.

    ``rank`` is the exact rank of the input (batch axis included), ``min_rank`` the least; layers
    that take something else than one tensor have ``single=False`` and check for themselves.
    ``pins`` gives the axes whose size the first call fixes, ``pins_rank`` whether it fixes the rank.
    ``dtype`` says what becomes of the dtype in Keras 3, ``dtype_v2`` in Keras 2 where it differs, and
    ``v2_integers`` whether Keras 2 computes it on integers at all, ``v2_bools`` on truth values;
    ``v2_refuses_integers``: it certainly does not.  ``v3_pins`` and ``v2_pins`` say
    whether a version enforces the pins in later calls (None: the rule looks for itself).
    ``v2_any_rank``: Keras 2 does not check the rank; ``v2_any_rank_again``: it does so only before it
    builds the layer, and TensorFlow takes other ranks.  ``build_arguments`` are the arguments of the
    first call, besides the inputs, whose shapes the weights depend on.
    """

    name: str
    rule: Rule
    rank: int | None = None
    min_rank: int | None = None
    single: bool = True
    pins_rank: bool = False
    pins: Pins = nothing_pinned
    check: Check = accept_any
    weights: Weights = no_weights
    refuses_tensors: bool = True
    refuses_lists: bool = True
    extra_batch_in_v2: bool = False
    v2_pins: bool | None = False
    v3_pins: bool = True
    v2_any_rank: bool = False
    v2_any_rank_again: bool = False
    dtype: Dtype = Dtype.COMPUTE
    dtype_v2: Dtype | None = None
    v2_integers: bool = False
    v2_bools: bool = True
    v2_refuses_integers: bool = False
    build_arguments: tuple[str, ...] = ()

    def signature(self, version: KerasVersion) -> Signature:
        return signature_of(self.name, version)

    @property
    def call_parameters(self) -> tuple[str, ...]:
        return _call_parameters(self.name)

    def construct(
        self, args: Sequence[Any], kwargs: Mapping[str, Any], version: KerasVersion
    ) -> Config:
        """The configuration; raises :class:`Broken` where the constructor certainly raises."""
        if self.refuses_tensors:
            _refuse_tensors(args)
        try:
            config = self.signature(version).bind(args, kwargs)
            self.check(config, version)
        except Broken:
            if args and _holds_tensors(args[0]):
                raise _takes_no_tensors("tensors") from None
            raise
        return config

    def unknown_config(self, version: KerasVersion) -> Config:
        """A configuration of which nothing is known."""
        return dict.fromkeys(self.signature(version).names, UNKNOWN)

    def call(self, call: LayerCall) -> Outcome:
        """The outputs for these inputs; raises :class:`Broken` where Keras certainly raises."""
        if not self.single:
            if isinstance(call.inputs, SubLayer):
                raise _layer_as_tensor(call.version)
            return self._typed(self.rule(call), call)
        spec = self._one_tensor(call.inputs, call.version)
        if spec is None:
            return Outcome(UNKNOWN, ("what the layer is called on is not known",))
        again = call.first is not None and call.version is KerasVersion.V2
        call = replace(call, inputs=spec)
        if not (call.version is KerasVersion.V2 and self.v2_any_rank):
            certain = isinstance(spec.shape, Shape) and self._fits(spec, call)
            if again and self.v2_any_rank_again and not certain:
                return Outcome(UNKNOWN, ("Keras 2 does not check the rank again",))
            self._check_rank(spec, call)
        enforced = self.v2_pins if call.version is KerasVersion.V2 else self.v3_pins
        if enforced:
            self._check_pins(spec, call)
        elif again and self.v2_pins is False and self._is_repinned(spec, call):
            return Outcome(UNKNOWN, ("Keras 2 does not check the sizes again",))
        return self._typed(self.rule(call), call)

    def built_on(self, inputs: Nest, arguments: Mapping[str, Any]) -> ShapeNest:
        """What a first call fixes: the shapes of its inputs, and of some arguments by name."""
        shapes = _shapes(inputs)
        if not self.build_arguments:
            return shapes
        given = {name: arguments.get(name) for name in self.build_arguments}
        return {"inputs": shapes, **{name: _shapes(value) for name, value in given.items()}}

    def parameters(self, config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        """The number of weights after a first call on these shapes; None if it is not known."""
        try:
            return self.weights(config, first, version)
        except (TypeError, IndexError, AttributeError):
            return None

    def _typed(self, outcome: Outcome, call: LayerCall) -> Outcome:
        """The outputs with their dtype."""
        source = self.dtype
        if call.version is KerasVersion.V2 and self.dtype_v2 is not None:
            source = self.dtype_v2
        if source is Dtype.RULE:
            return outcome
        given = _first_dtype(call.inputs)
        compute = compute_dtype(call.config)
        found = compute if source is Dtype.COMPUTE or given in _FLOATS else given
        doubts = outcome.doubts
        strange = call.version is KerasVersion.V2 and given is not None and given not in _FLOATS
        if strange and not (self.v2_integers and (self.v2_bools or given != "bool")):
            if self.v2_refuses_integers and _is_symbolic(call.inputs):
                raise Broken(
                    Problem(
                        ProblemKind.LAYER_INPUTS,
                        "TypeError",
                        f"computes with floats, got an input of type {given}",
                        hint="cast it first, for example with Rescaling",
                    )
                )
            found = None
            doubts = (*doubts, f"Keras 2 may refuse the dtype {given}")
        return replace(outcome, outputs=_with_dtype(outcome.outputs, found), doubts=doubts)

    # -- checks that most layers share ---------------------------------------------------

    def _one_tensor(self, inputs: Any, version: KerasVersion) -> TensorSpec | None:
        if isinstance(inputs, TensorSpec):
            return inputs
        if inputs is UNKNOWN:
            return TensorSpec()
        if isinstance(inputs, SubLayer):
            raise _layer_as_tensor(version)
        checked = self.rank is not None or self.min_rank is not None
        refused = self.refuses_lists and (checked or version is KerasVersion.V3)
        if isinstance(inputs, (list, tuple)) and refused:  # without a check, Keras 2 may stack them
            tensors = [item for item in inputs if isinstance(item, TensorSpec)]
            if len(tensors) == len(inputs) and len(tensors) >= 2:
                raise Broken(
                    Problem(
                        ProblemKind.LAYER_INPUTS,
                        "ValueError",
                        f"expects 1 input, got a list of {len(tensors)} tensors",
                        hint="merge them first, for example with Concatenate",
                    )
                )
        return None

    def _fits(self, spec: TensorSpec, call: LayerCall) -> bool:
        """Whether the rank is accepted, as far as it is known."""
        wanted = self.rank if self.rank is not None else self.min_rank
        if wanted is None:
            return True
        exact = self.rank is not None
        if self.extra_batch_in_v2 and call.version is KerasVersion.V2:
            exact = False
        shape = spec.shape
        if isinstance(shape, Shape):
            return shape.rank >= wanted and not (exact and shape.rank > wanted)
        return not (exact and shape.min_rank > wanted)

    def _check_rank(self, spec: TensorSpec, call: LayerCall) -> None:
        if self._fits(spec, call):
            return
        shape = spec.shape
        wanted = self.rank if self.rank is not None else self.min_rank
        least = "" if self.rank is not None else "at least "
        found = f"rank {shape.rank} " if isinstance(shape, Shape) else ""
        raise Broken(
            Problem(
                ProblemKind.INPUT_RANK,
                "ValueError",
                f"expects an input of {least}rank {wanted}, got {found}{format_shape(shape)}",
            )
        )

    def _is_repinned(self, spec: TensorSpec, call: LayerCall) -> bool:
        """Whether a size that the first call fixed is another now, or may be."""
        try:
            self._check_pins(spec, call)
        except Broken:
            return True
        return False

    def _check_pins(self, spec: TensorSpec, call: LayerCall) -> None:
        first = call.first
        if not isinstance(first, Shape) or not isinstance(spec.shape, Shape):
            return
        if self.pins_rank and first.rank != spec.shape.rank:
            raise Broken(
                Problem(
                    ProblemKind.PINNED,
                    "ValueError",
                    f"was built on {format_shape(first)}, and is now called on {spec}",
                    hint="make a new layer for this input",
                )
            )
        for axis in self.pins(call.config):
            self._check_pin(first, spec.shape, axis)

    def _check_pin(self, first: Shape, now: Shape, axis: int) -> None:
        try:
            was, found = first.dims[axis], now.dims[axis]
        except IndexError:
            return
        if was is None or found is None:
            return
        if compare(was, found).relation is Relation.NEVER:
            raise Broken(
                Problem(
                    ProblemKind.PINNED,
                    "ValueError",
                    f"was built for size {was} on axis {axis}, and is now called on size {found}"
                    f" ({format_shape(now)})",
                    axis=axis,
                    hint="make a new layer for this input",
                )
            )


_FLOATS = ("float32", "float16", "float64", "bfloat16")


def compute_dtype(config: Config) -> str | None:
    """What a layer computes in; None if that is not known."""
    dtype = config.get("dtype")
    if dtype is None:
        return "float32"
    if not isinstance(dtype, str):
        return None
    return dtype.removeprefix("mixed_")


@lru_cache(maxsize=512)
def _call_parameters(name: str) -> tuple[str, ...]:
    return signature_of(name, KerasVersion.V3).call or ("inputs",)


def _first_dtype(nest: Nest) -> str | None:
    if isinstance(nest, TensorSpec):
        return nest.dtype
    if isinstance(nest, dict):
        nest = list(nest.values())
    if isinstance(nest, (list, tuple)) and nest:
        return _first_dtype(nest[0])
    return None


def _is_symbolic(nest: Nest) -> bool:
    """Whether this is a single tensor of Keras's own."""
    return isinstance(nest, TensorSpec) and nest.kind is TensorKind.KERAS


def of_floats(call: LayerCall, outcome: Outcome, integers: str | None) -> Outcome:
    """For rules of Keras 2: floats are cast to the compute dtype, others become ``integers``.

    A dtype that is not known stays so, and with None for the integers there is doubt.
    """
    given = _first_dtype(call.inputs)
    if given is None or given in _FLOATS:
        dtype = compute_dtype(call.config) if given is not None else None
        return replace(outcome, outputs=_with_dtype(outcome.outputs, dtype))
    doubts = outcome.doubts
    if integers is None:
        doubts = (*doubts, f"Keras 2 may refuse the dtype {given}")
    return replace(outcome, outputs=_with_dtype(outcome.outputs, integers), doubts=doubts)


def given_dtype(call: LayerCall) -> str | None:
    """The dtype of the input, or of the first one."""
    return _first_dtype(call.inputs)


def is_float(dtype: str | None) -> bool:
    return dtype in _FLOATS


def _with_dtype(nest: Nest, dtype: str | None) -> Nest:
    if isinstance(nest, TensorSpec):
        return replace(nest, dtype=dtype, data=None)
    if isinstance(nest, (list, tuple)):
        return type(nest)(_with_dtype(item, dtype) for item in nest)
    if isinstance(nest, dict):
        return {key: _with_dtype(item, dtype) for key, item in nest.items()}
    return nest


def _shapes(nest: Nest) -> ShapeNest:
    """The nest of shapes of a nest of specs; None stays."""
    if isinstance(nest, TensorSpec):
        return nest.shape
    if isinstance(nest, (list, tuple)):
        return type(nest)(_shapes(item) for item in nest)
    if isinstance(nest, dict):
        return {key: _shapes(item) for key, item in nest.items()}
    return None if nest is None else UNKNOWN


def _layer_as_tensor(version: KerasVersion) -> Broken:
    """No layer takes another one for a tensor, whatever else it takes."""
    return Broken(
        Problem(
            ProblemKind.LAYER_AS_TENSOR,
            "ValueError" if version is KerasVersion.V3 else "TypeError",
            "a layer or model is passed where a tensor belongs",
            hint="call it first, or use its `.output`",
        )
    )


def _refuse_tensors(args: Sequence[Any]) -> None:
    if args and isinstance(args[0], TensorSpec) and args[0].kind is TensorKind.KERAS:
        raise _takes_no_tensors("tensor")


def _holds_tensors(value: Any) -> bool:
    """Whether this is a list of symbolic tensors: what belongs into the call of a merge."""
    return (
        isinstance(value, (list, tuple))
        and bool(value)
        and all(isinstance(v, TensorSpec) and v.kind is TensorKind.KERAS for v in value)
    )


def _takes_no_tensors(what: str) -> Broken:
    return Broken(
        Problem(
            ProblemKind.TENSOR_TO_CONSTRUCTOR,
            "TypeError",
            f"the constructor takes no {what}",
            hint=f"make the layer first, then call it on the {what}",
        )
    )


# -- what rules are written with ------------------------------------------------------------


def one(call: LayerCall) -> TensorSpec:
    """The input of a layer that takes one tensor."""
    assert isinstance(call.inputs, TensorSpec)
    return call.inputs


def output(call: LayerCall, dims: Sequence[Dim], dtype: str | None = "float32") -> Outcome:
    """One tensor of known rank, of the kind of the input."""
    return Outcome(TensorSpec(Shape(tuple(dims)), dtype, one(call).kind))


def dims_of(call: LayerCall, rank: int) -> tuple[Dim, ...]:
    """The dimensions of an input whose rank is certain; unknown where they are not known."""
    shape = one(call).shape
    if isinstance(shape, Shape):
        return shape.dims
    return (*([UNKNOWN] * (rank - len(shape.tail))), *shape.tail)


def with_last(call: LayerCall, last: Dim, min_rank: int = 1) -> Outcome:
    """The input's shape with another last dimension."""
    spec = one(call)
    if isinstance(spec.shape, Shape):
        return output(call, (*spec.shape.dims[:-1], last))
    return Outcome(
        TensorSpec(OpenShape((last,), max(min_rank, spec.shape.min_rank)), "float32", spec.kind)
    )


def same(call: LayerCall) -> Outcome:
    """A layer that keeps the shape; a nest of tensors is mapped."""
    inputs = call.inputs
    if inputs is UNKNOWN:
        return Outcome(TensorSpec())
    return Outcome(inputs)


def as_dim(value: Any) -> Dim:
    """A configuration value as a dimension: unknown unless it is an int or an expression."""
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, (int, Expr)) else UNKNOWN


def tuple_of(value: Any, length: int) -> tuple[Dim, ...]:
    """``3`` or ``(3, 5)`` as one dimension for each axis."""
    if isinstance(value, (list, tuple)):
        if len(value) == length:
            return tuple(_window(item) for item in value)
        if len(value) == 1:
            return (_window(value[0]),) * length
        return (UNKNOWN,) * length
    return (as_dim(value),) * length


def _window(item: Any) -> Dim:
    """Keras computes with floats where it lets them pass, so 2.0 is as good as 2."""
    return int(item) if isinstance(item, float) and item.is_integer() else as_dim(item)


def text_of(value: Any) -> str | None:
    """A string argument in lower case; None if it is not known."""
    return value.lower() if isinstance(value, str) else None


def channels_first(config: Config) -> bool | None:
    """Whether channels stand at axis 1; None if that is not known."""
    value = config.get("data_format")
    if value is UNKNOWN:
        return None
    return value == "channels_first"


def undefined(detail: str) -> Broken:
    """A size that weights need is None."""
    return Broken(
        Problem(
            ProblemKind.UNDEFINED_DIM,
            "ValueError",
            detail,
            hint="give the Input a fixed size there, or pool it away first",
        )
    )


def not_positive(axis: int, length: Dim, shape: Shape) -> Broken:
    """A window does not fit."""
    return Broken(
        Problem(
            ProblemKind.NEGATIVE_DIM,
            "ValueError",
            f"axis {axis} would get size {length}, from {format_shape(shape)}",
            axis=axis,
            hint='use padding="same", a smaller window, or a larger input',
        )
    )


def refused(detail: str, exception: str = "ValueError") -> Broken:
    """An argument that the constructor refuses."""
    return Broken(Problem(ProblemKind.ARGUMENT, exception, detail))
