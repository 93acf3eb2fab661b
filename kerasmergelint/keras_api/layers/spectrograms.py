"""Preprocessing layers for sound."""

from __future__ import annotations

from kerasmergelint.keras_api.layers.arguments import (
    all_of,
    data_format,
    is_flag_set,
    is_unknown,
    one_of,
    only,
)
from kerasmergelint.keras_api.layers.dtypes import compute_dtype
from kerasmergelint.keras_api.layers.encoding import made, preprocessing
from kerasmergelint.keras_api.layers.rules import as_dim, channels_first, one
from kerasmergelint.keras_api.problems import not_positive, refused, undefined
from kerasmergelint.keras_api.protocol import Config, LayerCall, Outcome, ShapeNest
from kerasmergelint.keras_api.versions import V3, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, add, mul
from kerasmergelint.shapes.arithmetic import certainly_not_positive, conv_length
from kerasmergelint.shapes.dim import floordiv


def _mel(call: LayerCall) -> Outcome:
    """One column per stride, and more since the sound is padded; other axes are lost."""
    dims, config = one(call).dims, call.config
    if dims is None or not dims:
        return Outcome(UNKNOWN, ("the rank is not known",))
    given, stride = config.get("num_mel_bins"), config.get("sequence_stride")
    bins = None if given is None else as_dim(given)
    time = dims[0 if len(dims) == 1 else 1]
    strange = not is_unknown(stride) and (not isinstance(stride, int) or stride <= 0)
    if (strange and time is not None) or not (given is None or _may_be_size(given)):
        return Outcome(UNKNOWN, ("a stride or a number that Keras may refuse",))
    step = as_dim(stride)
    frames: Dim = None if time is None else floordiv(add(add(time, step), 1), step)
    kept = () if len(dims) == 1 else (dims[0],)
    return made(call, (*kept, bins, frames), compute_dtype(config))


def _may_be_size(value: object) -> bool:
    return is_unknown(value) or (isinstance(value, int) and value >= 0)


def _check_mel(config: Config, version: KerasVersion) -> None:
    """The constructor compares two of the sizes, and checks nothing else."""
    whole, part = config.get("fft_length", UNKNOWN), config.get("sequence_length")
    if whole is None:
        raise refused("`fft_length` must be a number, got None", "TypeError")
    if isinstance(whole, str) and isinstance(part, (int, float)):
        raise refused(f"`fft_length` must be a number, got {whole!r}", "TypeError")
    if isinstance(whole, (int, float)) and isinstance(part, (int, float)) and whole < part:
        raise refused(f"`fft_length` {whole} is less than `sequence_length` {part}")


def _stft(call: LayerCall) -> Outcome:
    """``(batch, time, channels)`` to frames and frequencies."""
    dims, config, first = one(call).dims, call.config, channels_first(call.config)
    wide = is_flag_set(config, "expand_dims")
    if dims is None or len(dims) != 3 or first is None or wide is None:
        return Outcome(UNKNOWN, ("the rank or the data format is not known",))
    length, step = as_dim(config.get("frame_length")), as_dim(config.get("frame_step"))
    if config.get("frame_step") is None:
        step = floordiv(length, 2)
    channels, time = (dims[1], dims[2]) if first else (dims[2], dims[1])
    frames = conv_length(time, length, step, 1, config.get("padding"))
    bins = as_dim(config.get("fft_length"))
    if config.get("fft_length") is None:
        bins = _next_power(length)
    width = add(floordiv(bins, 2), 1)
    mode = config.get("mode")
    if is_unknown(mode):
        width = UNKNOWN
    elif mode == "stft":
        width = add(width, width)
    if channels is None:
        raise undefined(f"the channel dimension is None: {one(call)}")
    if certainly_not_positive(frames):
        raise not_positive(2 if first else 1, frames, Shape(dims))
    if wide:
        result = (dims[0], channels, frames, width) if first else (dims[0], frames, width, channels)
        return made(call, result, compute_dtype(config))
    both = mul(width, channels)
    result3 = (dims[0], both, frames) if first else (dims[0], frames, both)
    return made(call, result3, compute_dtype(config))


def _next_power(length: Dim) -> Dim:
    return 1 << (length - 1).bit_length() if isinstance(length, int) and length > 0 else UNKNOWN


def _stft_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    length, bins, mode = (config.get(name) for name in ("frame_length", "fft_length", "mode"))
    bins = _next_power(as_dim(length)) if bins is None else bins
    if not isinstance(length, int) or not isinstance(bins, int) or is_unknown(mode):
        return None
    return length * (bins // 2 + 1) * (1 if mode in ("real", "imag") else 2)


def _check_stft(config: Config, version: KerasVersion) -> None:
    length, step, bins = (config.get(name) for name in ("frame_length", "frame_step", "fft_length"))
    for name, value in (("frame_length", length), ("frame_step", step), ("fft_length", bins)):
        if value is None and name != "frame_length":
            continue
        if not is_unknown(value) and (not isinstance(value, (int, float)) or value < 1):
            raise refused(f"`{name}` must be a positive integer, got {value!r}")
    if isinstance(length, (int, float)) and isinstance(step, (int, float)) and step > length:
        raise refused(f"`frame_step` {step} is greater than `frame_length` {length}")
    if isinstance(length, (int, float)) and isinstance(bins, (int, float)) and bins < length:
        raise refused(f"`fft_length` {bins} is less than `frame_length` {length}")


_STFT_MODES = ("log", "magnitude", "psd", "real", "imag", "angle", "stft")
LAYERS = (
    preprocessing("MelSpectrogram", _mel, _check_mel),
    preprocessing("STFTSpectrogram", _stft, all_of(
        _check_stft, data_format, one_of("mode", _STFT_MODES),
        only(V3, one_of("padding", ("valid", "same")))), rank=3, weights=_stft_weights),
)  # fmt: skip
