"""The declaration of a layer: its name, what it accepts, its shape rule, its weights.

An entry is one row of a family's table (``core.py``, ``convolution.py``, ...).  Signatures are not
typed but generated; see ``keras_api/signatures.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    KerasVersion,
    LayerCall,
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


@dataclass(frozen=True, slots=True)
class LayerType:
    """One layer.

    ``rank`` is the exact rank of the input (batch axis included), ``min_rank`` the least; layers
    that take something else than one tensor have ``single=False`` and check for themselves.
    ``pins`` gives the axes whose size the first call fixes, ``pins_rank`` whether it fixes the rank.
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
    extra_batch_in_v2: bool = False

    def signature(self, version: KerasVersion) -> Signature:
        return signature_of(self.name, version)

    @property
    def call_parameters(self) -> tuple[str, ...]:
        return self.signature(KerasVersion.V3).call or ("inputs",)

    def construct(
        self, args: Sequence[Any], kwargs: Mapping[str, Any], version: KerasVersion
    ) -> Config:
        """The configuration; raises :class:`Broken` where the constructor certainly raises."""
        if self.refuses_tensors:
            _refuse_tensors(args)
        config = self.signature(version).bind(args, kwargs)
        self.check(config, version)
        return config

    def unknown_config(self, version: KerasVersion) -> Config:
        """A configuration of which nothing is known."""
        return dict.fromkeys(self.signature(version).names, UNKNOWN)

    def call(self, call: LayerCall) -> Outcome:
        """The outputs for these inputs; raises :class:`Broken` where Keras certainly raises."""
        if not self.single:
            return self.rule(call)
        spec = self._one_tensor(call.inputs, call.version)
        if spec is None:
            return Outcome(UNKNOWN, ("what the layer is called on is not known",))
        self._check_rank(spec, call)
        self._check_pins(spec, call)
        return self.rule(LayerCall(call.config, spec, call.version, call.first, call.arguments))

    def parameters(self, config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        """The number of weights after a first call on these shapes; None if it is not known."""
        try:
            return self.weights(config, first, version)
        except (TypeError, IndexError, AttributeError):
            return None

    # -- checks that most layers share ---------------------------------------------------

    def _one_tensor(self, inputs: Any, version: KerasVersion) -> TensorSpec | None:
        if isinstance(inputs, TensorSpec):
            return inputs
        if inputs is UNKNOWN:
            return TensorSpec()
        if isinstance(inputs, SubLayer):
            raise Broken(
                Problem(
                    ProblemKind.LAYER_AS_TENSOR,
                    "ValueError" if version is KerasVersion.V3 else "TypeError",
                    "a layer or model is passed where a tensor belongs",
                    hint="call it first, or use its `.output`",
                )
            )
        has_spec = self.rank is not None or self.min_rank is not None
        if isinstance(inputs, (list, tuple)) and has_spec:
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

    def _check_rank(self, spec: TensorSpec, call: LayerCall) -> None:
        shape = spec.shape
        wanted = self.rank if self.rank is not None else self.min_rank
        if wanted is None:
            return
        exact = self.rank is not None
        if self.extra_batch_in_v2 and call.version is KerasVersion.V2:
            exact = False
        if isinstance(shape, Shape):
            wrong = shape.rank < wanted or (exact and shape.rank > wanted)
        else:
            wrong = exact and shape.min_rank > wanted
        if wrong:
            least = "" if self.rank is not None else "at least "
            found = f"rank {shape.rank} " if isinstance(shape, Shape) else ""
            raise Broken(
                Problem(
                    ProblemKind.INPUT_RANK,
                    "ValueError",
                    f"expects an input of {least}rank {wanted}, got {found}{format_shape(shape)}",
                )
            )

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


def _refuse_tensors(args: Sequence[Any]) -> None:
    if args and isinstance(args[0], TensorSpec) and args[0].kind is TensorKind.KERAS:
        raise Broken(
            Problem(
                ProblemKind.TENSOR_TO_CONSTRUCTOR,
                "TypeError",
                "the constructor takes no tensor",
                hint="make the layer first, then call it on the tensor",
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
    if isinstance(value, int) or (value is not None and hasattr(value, "terms")):
        return value  # type: ignore[no-any-return]
    return UNKNOWN


def tuple_of(value: Any, length: int) -> tuple[Dim, ...]:
    """``3`` or ``(3, 5)`` as one dimension for each axis."""
    if isinstance(value, (list, tuple)):
        if len(value) == length:
            return tuple(as_dim(item) for item in value)
        if len(value) == 1:
            return (as_dim(value[0]),) * length
        return (UNKNOWN,) * length
    return (as_dim(value),) * length


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
