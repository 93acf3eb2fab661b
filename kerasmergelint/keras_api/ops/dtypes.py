"""Data types of results: only what is certain; None says nothing."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import TensorSpec

FLOATS = frozenset({"float16", "bfloat16", "float32", "float64"})
INTEGERS = frozenset(
    {"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}
)  # fmt: skip


def same(spec: TensorSpec) -> str | None:
    """For ops that keep the type; some turn a bool into a number, so that says nothing."""
    return spec.dtype if spec.dtype in FLOATS | INTEGERS else None


def floating(spec: TensorSpec) -> str | None:
    """For ops whose result is a float; into which float an int turns, differs."""
    return spec.dtype if spec.dtype in FLOATS else None


def common(*specs: TensorSpec) -> str | None:
    """For ops that combine tensors: the type that all have, if it is a number's."""
    found = {spec.dtype for spec in specs}
    dtype = found.pop() if len(found) == 1 else None
    return dtype if dtype in FLOATS | INTEGERS else None


def common_float(*specs: TensorSpec) -> str | None:
    """The type that all have, if it is a float's."""
    dtype = common(*specs)
    return dtype if dtype in FLOATS else None
