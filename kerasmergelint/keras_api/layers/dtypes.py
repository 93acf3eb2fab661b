"""The dtype that a layer computes in, and what it makes of the dtype of its input."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.dtype_names import FLOATS
from kerasmergelint.keras_api.protocol import Config, LayerCall, Nest, Outcome, TensorSpec


def compute_dtype(config: Config) -> str | None:
    """What a layer computes in; None where that is unknown."""
    dtype = config.get("dtype")
    if dtype is None:
        return "float32"
    if not isinstance(dtype, str):
        return None
    return dtype.removeprefix("mixed_")


def dtype_of(nest: Nest) -> str | None:
    """The dtype of the first tensor."""
    if isinstance(nest, TensorSpec):
        return nest.dtype
    if isinstance(nest, dict):
        nest = list(nest.values())
    if isinstance(nest, (list, tuple)) and nest:
        return dtype_of(nest[0])
    return None


def with_dtype(nest: Nest, dtype: str | None) -> Nest:
    """The tensors with another dtype, and without the contents that they had in their own."""
    if isinstance(nest, TensorSpec):
        as_it_is = nest.dtype == dtype and nest.data is None
        return nest if as_it_is else replace(nest, dtype=dtype, data=None)
    if isinstance(nest, (list, tuple)):
        return type(nest)(with_dtype(item, dtype) for item in nest)
    if isinstance(nest, dict):
        return {key: with_dtype(item, dtype) for key, item in nest.items()}
    return nest


def of_floats(call: LayerCall, outcome: Outcome, integers: str | None) -> Outcome:
    """For rules of Keras 2: floats are cast to the compute dtype, anything else becomes ``integers``.

    An unknown dtype stays unknown.  None for the integers is a doubt.
    """
    given = dtype_of(call.inputs)
    if given is None or given in FLOATS:
        dtype = compute_dtype(call.config) if given is not None else None
        return replace(outcome, outputs=with_dtype(outcome.outputs, dtype))
    doubts = outcome.doubts
    if integers is None:
        doubts = (*doubts, f"Keras 2 may refuse the dtype {given}")
    return replace(outcome, outputs=with_dtype(outcome.outputs, integers), doubts=doubts)
