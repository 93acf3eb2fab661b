"""Lengths of sliding windows: convolution, pooling, transposed convolution.

Formulas as measured on Keras; a None length stays None.
"""

from __future__ import annotations

from kerasmergelint.shapes.dim import (
    UNKNOWN,
    Dim,
    add,
    ceildiv,
    floordiv,
    maximum,
    mul,
    sub,
)


def dilated(kernel: Dim, dilation: Dim) -> Dim:
    """The extent of a dilated kernel: ``(kernel - 1) * dilation + 1``."""
    return add(mul(sub(kernel, 1), dilation), 1)


def conv_length(length: Dim, kernel: Dim, stride: Dim, dilation: Dim, padding: object) -> Dim:
    """The output length of a convolution or pooling; may be zero or negative."""
    if length is None:
        return None
    if padding == "valid":
        return add(floordiv(sub(length, dilated(kernel, dilation)), stride), 1)
    if padding in ("same", "causal"):
        return ceildiv(length, stride)
    return UNKNOWN


def pool_length(length: Dim, window: Dim, stride: Dim, padding: object) -> Dim:
    """The output length of a pooling."""
    return conv_length(length, window, stride, 1, padding)


def deconv_length(
    length: Dim, kernel: Dim, stride: Dim, dilation: Dim, padding: object, output_padding: Dim
) -> Dim:
    """The output length of a transposed convolution; ``output_padding`` of None is automatic."""
    if length is None:
        return None
    reach = dilated(kernel, dilation)
    if padding not in ("same", "valid"):
        return UNKNOWN
    if output_padding is None:
        if padding == "same":
            return mul(length, stride)
        return add(mul(length, stride), maximum(sub(reach, stride), 0))
    pad = floordiv(reach, 2) if padding == "same" else 0
    whole = add(mul(sub(length, 1), stride), reach)
    return add(sub(whole, mul(2, pad)), output_padding)


def certainly_not_positive(length: Dim) -> bool:
    """Whether a length is known to be zero or less."""
    return isinstance(length, int) and length <= 0
