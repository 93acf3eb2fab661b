"""Data types of results, where they are certain."""

from __future__ import annotations

from kerasmergelint.keras_api.dtype_names import FLOATS, NUMBERS
from kerasmergelint.keras_api.protocol import TensorSpec


def same(spec: TensorSpec) -> str | None:
    """For ops that keep the type of numbers; bools become numbers in some."""
    return spec.dtype if spec.dtype in NUMBERS else None


def floating(spec: TensorSpec) -> str | None:
    """For ops whose result is a float; which float an int becomes differs."""
    return spec.dtype if spec.dtype in FLOATS else None


def common(*specs: TensorSpec) -> str | None:
    """For ops that combine tensors: the type that all have, if it is one of numbers."""
    found = {spec.dtype for spec in specs}
    dtype = found.pop() if len(found) == 1 else None
    return dtype if dtype in NUMBERS else None


def common_float(*specs: TensorSpec) -> str | None:
    """The type that all have, if it is one of floats."""
    dtype = common(*specs)
    return dtype if dtype in FLOATS else None
