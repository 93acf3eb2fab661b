"""Frames and transforms of signals by ``keras.ops``, where the length is simple; and attention."""

from __future__ import annotations

from kerasmergelint.keras_api.ops import dtypes
from kerasmergelint.keras_api.ops.op import Op, OpCall, made, size_of, some_tensor, unknown
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome, TensorSpec
from kerasmergelint.shapes import Dim, add, floordiv, mul, sub


def _framed(call: OpCall) -> Outcome:
    """``ops.extract_sequences``: windows along the last axis."""
    spec = call.tensor()
    length, stride = size_of(call.get("sequence_length")), size_of(call.get("sequence_stride"))
    if spec is None or not spec.dims:
        return some_tensor(call)
    size = spec.dims[-1]
    count = None if size is None else add(floordiv(sub(size, length), stride), 1)
    if isinstance(count, int) and count < 1:
        return some_tensor(call, "no window fits")
    return made(spec, (*spec.dims[:-1], count, length))


def _attention(call: OpCall) -> Outcome:
    """``dot_product_attention(query, key, value)``: the shape of the query."""
    spec = call.tensor("query")
    return some_tensor(call) if spec is None else made(spec, spec.shape, dtypes.floating(spec))


def _pair(call: OpCall) -> Outcome:
    """``ops.fft((real, imaginary))``."""
    value = call.get("x")
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return some_tensor(call)
    if not all(isinstance(part, TensorSpec) for part in value):
        return some_tensor(call)
    count = 2 if "2" in call.last else 1
    dims = value[0].dims
    if call.symbolic and dims is not None and None in dims[-count:]:
        raise bad(f"the last axes of {value[0]} must be known")
    return Outcome((made(value[0], value[0].shape).outputs, made(value[1], value[1].shape).outputs))


def _frequencies(length: Dim) -> Dim:
    return None if length is None else add(floordiv(length, 2), 1)


def _parts(spec: TensorSpec, dims: tuple[Dim, ...]) -> Outcome:
    """The real and the imaginary part."""
    part = made(spec, dims).outputs
    return Outcome((part, part))


def _real_transform(call: OpCall) -> Outcome:
    """``ops.rfft(x)``, by Keras's shape function."""
    spec, length = call.tensor(), call.get("fft_length")
    if spec is None or spec.dims is None or not call.symbolic:
        return unknown()
    if not spec.dims:
        raise bad("a scalar has no frequencies")
    size = spec.dims[-1] if length is None else size_of(length)
    return _parts(spec, (*spec.dims[:-1], _frequencies(size)))


def _real_inverse(call: OpCall) -> Outcome:
    """``ops.irfft((real, imaginary))``, by Keras's shape function."""
    value, length = call.get("x"), call.get("fft_length")
    pair = isinstance(value, (list, tuple)) and len(value) == 2
    if not call.symbolic or not pair or not all(isinstance(part, TensorSpec) for part in value):
        return some_tensor(call)
    real, imaginary = value
    if real.dims is None or real.dims != imaginary.dims or not real.dims:
        return some_tensor(call)
    size = real.dims[-1]
    if length is not None:
        size = size_of(length)
    elif size is not None:
        size = mul(sub(size, 1), 2)
    return made(real, (*real.dims[:-1], size))


def _short_time(call: OpCall) -> Outcome:
    """``ops.stft``: frames and frequencies, by Keras's shape function."""
    spec, center = call.tensor(), call.get("center", True)
    whole, stride = size_of(call.get("fft_length")), size_of(call.get("sequence_stride"))
    if spec is None or not spec.dims or not call.symbolic or not isinstance(center, bool):
        return unknown()
    if not isinstance(whole, int) or not isinstance(stride, int) or stride < 1:
        return unknown()
    size = spec.dims[-1]
    padded = whole // 2 * 2 if center else 0
    frames = None if size is None else add(floordiv(sub(add(size, padded), whole), stride), 1)
    if isinstance(frames, int) and frames < 0:
        return unknown()
    return _parts(spec, (*spec.dims[:-1], frames, whole // 2 + 1))


OPS = (
    Op(("ops.rfft",), _real_transform),
    Op(("ops.irfft",), _real_inverse),
    Op(("ops.stft",), _short_time),
    Op(("ops.extract_sequences",), _framed),
    Op(("ops.dot_product_attention",), _attention),
    Op(("ops.fft", "ops.fft2", "ops.ifft2"), _pair),
)  # fmt: skip
