"""``tf.signal``: frames of a signal, its frequencies, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kerasmergelint.keras_api.ops.op import Op, OpCall, made, size_of, some_tensor
from kerasmergelint.keras_api.protocol import Outcome, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, add, ceildiv, floordiv, mul, sub


def _same(call: OpCall) -> Outcome:
    spec = call.tensor()
    return some_tensor(call) if spec is None else made(spec, spec.shape, None)


def _frequencies(call: OpCall) -> Outcome:
    """``rfft``: the last axis keeps half of the frequencies, and one."""
    return _last_axis(call, lambda size: add(floordiv(size, 2), 1))


def _samples(call: OpCall) -> Outcome:
    """``irfft``: back to samples, an even number of them."""
    return _last_axis(call, lambda size: mul(sub(size, 1), 2))


def _last_axis(call: OpCall, length: Callable[[Dim], Dim]) -> Outcome:
    spec = call.tensor()
    if spec is None or not spec.dims or None in spec.dims[-1:]:
        return some_tensor(call)
    asked = call.get("fft_length") is not None
    return made(spec, (*spec.dims[:-1], UNKNOWN if asked else length(spec.dims[-1])), None)


def _frames(call: OpCall, size: Dim) -> Dim:
    """How many windows there are, ``frame_step`` apart; what is left over is filled up, or left out."""
    length, step = size_of(call.get("frame_length")), size_of(call.get("frame_step"))
    if size is None or not isinstance(step, int) or step < 1:
        return None if size is None else UNKNOWN
    if call.get("pad_end") is True:
        return ceildiv(size, step)
    if call.get("pad_end") is not False:
        return UNKNOWN
    count = add(floordiv(sub(size, length), step), 1)
    return max(count, 0) if isinstance(count, int) else count


def _framed(call: OpCall) -> Outcome:
    """``frame``: windows along the last axis."""
    spec = call.tensor()
    if spec is None or not spec.dims or call.get("axis") != -1:
        return some_tensor(call)
    dims = (*spec.dims[:-1], _frames(call, spec.dims[-1]), size_of(call.get("frame_length")))
    return made(spec, dims)


def _short_time(call: OpCall) -> Outcome:
    """``stft``: the frequencies of each frame, which is filled up to a power of two."""
    spec, length = call.tensor(), size_of(call.get("frame_length"))
    whole = size_of(call.get("fft_length"))
    if call.get("fft_length") is None:
        whole = (
            2 ** (length - 1).bit_length() if isinstance(length, int) and length > 0 else UNKNOWN
        )
    if spec is None or not spec.dims:
        return some_tensor(call)
    half = None if whole is None else add(floordiv(whole, 2), 1)
    return made(spec, (*spec.dims[:-1], _frames(call, spec.dims[-1]), half), None)


def _overlapped(call: OpCall) -> Outcome:
    """``overlap_and_add``: frames become one signal again."""
    spec, step = call.tensor(), size_of(call.get("frame_step"))
    if spec is None or spec.dims is None or len(spec.dims) < 2:
        return some_tensor(call)
    *lead, count, length = spec.dims
    whole = None if None in (count, length, step) else add(mul(sub(count, 1), step), length)
    return made(spec, (*lead, whole))


def _new(dims: Sequence[Dim]) -> Outcome:
    return Outcome(TensorSpec(Shape(tuple(dims)), None, TensorKind.EAGER))


def _window(call: OpCall) -> Outcome:
    return _new([size_of(call.get("window_length"))])


def _mel_weights(call: OpCall) -> Outcome:
    """From the bins of a spectrogram to those of the mel scale."""
    return _new([size_of(call.get(f"num_{name}_bins")) for name in ("spectrogram", "mel")])


OPS = (
    Op(("tf.signal.fft", "tf.signal.ifft", "tf.signal.fft2d", "tf.signal.ifft2d", "tf.signal.fft3d",
        "tf.signal.fftshift", "tf.signal.ifftshift"), _same),
    Op(("tf.signal.mfccs_from_log_mel_spectrograms",), _same, aliases=(("log_mel_spectrograms", "x"),)),
    Op(("tf.signal.rfft",), _frequencies),
    Op(("tf.signal.irfft",), _samples),
    Op(("tf.signal.frame",), _framed, aliases=(("signal", "x"),)),
    Op(("tf.signal.stft",), _short_time, aliases=(("signals", "x"),)),
    Op(("tf.signal.overlap_and_add",), _overlapped, aliases=(("signal", "x"),)),
    Op(("tf.signal.hann_window", "tf.signal.hamming_window"), _window),
    Op(("tf.signal.linear_to_mel_weight_matrix",), _mel_weights),
)  # fmt: skip
