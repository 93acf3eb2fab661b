"""Preprocessing layers: encoders, lookups, image resizing."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.layers.layer_type import LayerType, as_dim, one, output
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    LayerCall,
    Outcome,
    Problem,
    ProblemKind,
)
from kerasmergelint.shapes import UNKNOWN, Dim, Shape


def _resize(call: LayerCall) -> Outcome:
    spec = one(call)
    if not isinstance(spec.shape, Shape) or spec.shape.rank not in (3, 4):
        return Outcome(UNKNOWN)
    dims = list(spec.shape.dims)
    if call.config.get("data_format") in ("channels_first", UNKNOWN):
        return Outcome(UNKNOWN)
    start = 1 if spec.shape.rank == 4 else 0
    dims[start : start + 2] = [as_dim(call.config.get("height")), as_dim(call.config.get("width"))]
    return output(call, dims)


def _check_image(call: LayerCall) -> Outcome:
    spec = one(call)
    if isinstance(spec.shape, Shape) and spec.shape.rank not in (3, 4):
        raise Broken(
            Problem(ProblemKind.INPUT_RANK, "ValueError", f"expects rank 3 or 4, got {spec}")
        )
    return _resize(call)


def _encoded(call: LayerCall, width: Dim) -> Outcome:
    """``int`` keeps the shape, ``one_hot`` and the counting modes make the last axis ``width``."""
    spec, mode = one(call), call.config.get("output_mode", "int")
    if mode == "int":
        return Outcome(spec)
    if not isinstance(spec.shape, Shape) or call.version is KerasVersion.V2:
        return Outcome(UNKNOWN)
    dims = spec.shape.dims
    if mode == "one_hot":
        if dims and dims[-1] == 1:
            return output(call, (*dims[:-1], width))
        if dims and dims[-1] is UNKNOWN:
            return Outcome(UNKNOWN)
        return output(call, (*dims, width))
    if mode in ("multi_hot", "count"):
        return output(call, (*dims[:-1], width))
    return Outcome(UNKNOWN)


def _category(call: LayerCall) -> Outcome:
    if call.config.get("output_mode", "multi_hot") == "int":
        return Outcome(UNKNOWN)
    return _encoded(call, as_dim(call.config.get("num_tokens")))


def _hashing(call: LayerCall) -> Outcome:
    return _encoded(call, as_dim(call.config.get("num_bins")))


def _lookup(call: LayerCall) -> Outcome:
    return _encoded(call, UNKNOWN)


def _unknown(call: LayerCall) -> Outcome:
    return Outcome(UNKNOWN)


def _no_weights_known(*_: Any) -> int | None:
    return None


LAYERS = (
    LayerType("Resizing", _resize),
    LayerType("CenterCrop", _check_image),
    LayerType("RandomCrop", _resize),
    LayerType("CategoryEncoding", _category),
    LayerType("Hashing", _hashing),
    LayerType("IntegerLookup", _lookup, weights=_no_weights_known),
    LayerType("StringLookup", _lookup, weights=_no_weights_known),
    LayerType("Discretization", _lookup, weights=_no_weights_known),
    LayerType("TextVectorization", _unknown, single=False, weights=_no_weights_known),
)
