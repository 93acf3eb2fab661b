"""What two answers of a rule have in common, for two versions of Keras or two kinds of tensors."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import TensorSpec
from kerasmergelint.shapes import UNKNOWN, AnyShape, OpenShape, Shape


def common(left: object, right: object) -> object:
    """What two answers agree on."""
    if left == right:
        return left
    if isinstance(left, TensorSpec) and isinstance(right, TensorSpec):
        dtype = left.dtype if left.dtype == right.dtype else None
        return TensorSpec(_shape(left.shape, right.shape), dtype, left.kind)
    if isinstance(left, (list, tuple)) and type(left) is type(right) and len(left) == len(right):
        return type(left)(common(a, b) for a, b in zip(left, right))
    return UNKNOWN


def _shape(left: AnyShape, right: AnyShape) -> AnyShape:
    if isinstance(left, Shape) and isinstance(right, Shape) and left.rank == right.rank:
        return Shape(tuple(a if a == b else UNKNOWN for a, b in zip(left, right)))
    return OpenShape()
