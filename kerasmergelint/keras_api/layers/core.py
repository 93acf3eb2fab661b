"""Dense, Embedding, EinsumDense, Input, Lambda and the base classes."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.layers.layer_type import (
    LayerType,
    as_dim,
    one,
    output,
    refused,
    same,
    undefined,
    with_last,
)
from kerasmergelint.keras_api.protocol import (
    Config,
    KerasVersion,
    LayerCall,
    Outcome,
    ShapeNest,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, OpenShape, Shape, last_dim


def positive_int(name: str) -> Any:
    """A constructor check: the argument must be a positive int (Keras 2 converts what it can)."""

    def check(config: Config, version: KerasVersion) -> None:
        value = config.get(name)
        if isinstance(value, bool) or value is UNKNOWN:
            return
        if version is KerasVersion.V3 and (isinstance(value, (float, str)) or value is None):
            raise refused(f"`{name}` must be a positive integer, got {value!r}")
        if isinstance(value, int) and (value < 0 or (value == 0 and version is KerasVersion.V3)):
            raise refused(f"`{name}` must be a positive integer, got {value}")

    return check


def _dense(call: LayerCall) -> Outcome:
    shape = one(call).shape
    if last_dim(shape) is None:
        raise undefined(f"the last dimension is None: {one(call)}")
    return with_last(call, as_dim(call.config["units"]), min_rank=2)


def _dense_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    size, units = last_dim(first), config["units"]
    if not isinstance(size, int) or not isinstance(units, int):
        return None
    return size * units + (units if config.get("use_bias", True) else 0)


def _embedding(call: LayerCall) -> Outcome:
    spec, size = one(call), as_dim(call.config["output_dim"])
    if isinstance(spec.shape, Shape):
        return output(call, (*spec.shape.dims, size))
    tail = (*spec.shape.tail, size)
    return Outcome(TensorSpec(OpenShape(tail, spec.shape.min_rank + 1), "float32", spec.kind))


def _embedding_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    rows, columns = config["input_dim"], config["output_dim"]
    if isinstance(rows, int) and isinstance(columns, int):
        return rows * columns
    return None


def _einsum_dense(call: LayerCall) -> Outcome:
    """``equation`` without an ellipsis: labels of the input keep their size."""
    spec = one(call)
    equation, declared = call.config.get("equation"), call.config.get("output_shape")
    if not isinstance(equation, str) or "..." in equation or not isinstance(spec.shape, Shape):
        return Outcome(TensorSpec(dtype="float32", kind=spec.kind))
    left, _, result = equation.replace(" ", "").partition("->")
    labels = left.partition(",")[0]
    if len(labels) != spec.shape.rank:
        return Outcome(TensorSpec(dtype="float32", kind=spec.kind))
    sizes = dict(zip(labels, spec.shape.dims))
    wanted = declared if isinstance(declared, (list, tuple)) else [declared]
    dims: list[Any] = []
    for index, label in enumerate(result):
        if index == 0:
            dims.append(sizes.get(label, UNKNOWN))
            continue
        given = wanted[index - 1] if index - 1 < len(wanted) else UNKNOWN
        dims.append(sizes.get(label) if given is None else as_dim(given))
        if given is None and call.version is KerasVersion.V3:
            dims[-1] = None
    return output(call, dims)


def _opaque(call: LayerCall) -> Outcome:
    return Outcome(UNKNOWN)


LAYERS = (
    LayerType("Dense", _dense, min_rank=2, pins=lambda config: (-1,),
              check=positive_int("units"), weights=_dense_weights),
    LayerType("Embedding", _embedding, weights=_embedding_weights),
    LayerType("EinsumDense", _einsum_dense, weights=lambda *_: None),
    LayerType("Identity", same, single=False),
    LayerType("Masking", same, single=False),
    LayerType("InputLayer", _opaque, single=False, refuses_tensors=False),
    LayerType("Lambda", _opaque, single=False, refuses_tensors=False),
)  # fmt: skip
