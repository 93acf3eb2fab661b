"""Preprocessing layers: encoders and lookups, text, sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kerasmergelint.keras_api.layers.arguments import (
    all_of,
    data_format,
    is_flag_set,
    is_unknown,
    one_of,
    only,
)
from kerasmergelint.keras_api.layers.dtypes import compute_dtype
from kerasmergelint.keras_api.layers.layer_type import Behaviour, Dtype, Integers, LayerType
from kerasmergelint.keras_api.layers.rules import (
    Check,
    Rule,
    Weights,
    as_dim,
    channels_first,
    no_weights,
    one,
)
from kerasmergelint.keras_api.problems import (
    not_positive,
    refused,
    undefined,
    wrong_inputs,
    wrong_rank,
)
from kerasmergelint.keras_api.protocol import Config, LayerCall, Outcome, ShapeNest, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, Relation, Shape, add, compare, mul
from kerasmergelint.shapes.arithmetic import certainly_not_positive, conv_length
from kerasmergelint.shapes.dim import floordiv

_MODES = ("one_hot", "multi_hot", "count")

# -- encoding -------------------------------------------------------------------------------


def _made(call: LayerCall, dims: Sequence[Dim], dtype: str | None) -> Outcome:
    return Outcome(TensorSpec(Shape(tuple(dims)), dtype, one(call).kind))


def _floats(call: LayerCall) -> str | None:
    """The compute dtype of a layer that gives integers unless it encodes them."""
    return compute_dtype(call.config)


def _mode(call: LayerCall, default: str) -> str | None:
    """The output mode, by its present name; None where it is unknown."""
    mode = call.config.get("output_mode", default)
    if mode == "binary":
        return "multi_hot"
    return mode if isinstance(mode, str) else None


def _hot(dims: tuple[Dim, ...], width: Dim) -> tuple[Dim, ...] | None:
    """One-hot: a last axis of size 1 is replaced, after any other one is added."""
    if len(dims) > 1 and dims[-1] == 1:
        return (*dims[:-1], width)
    if len(dims) > 1 and (dims[-1] is UNKNOWN or _may_be_one(dims[-1])):
        return None
    return (*dims, width)


def _may_be_one(dim: Dim) -> bool:
    return dim is not None and compare(dim, 1).relation is Relation.MAYBE


def _encoded(call: LayerCall, mode: str | None, width: Dim, dtype: str | None) -> Outcome:
    """``one_hot`` and the counting modes make (or add) a last axis of ``width``."""
    spec = one(call)
    if mode is None or not isinstance(spec.shape, Shape) or spec.shape.rank == 0:
        return Outcome(UNKNOWN, ("the output mode or the rank is not known",))
    dims = spec.shape.dims
    if call.version in V2:
        return _encoded_in_v2(call, mode, dims, width, dtype)
    result = _hot(dims, width) if mode == "one_hot" else (*dims[:-1], width)
    if result is None:
        return Outcome(UNKNOWN, ("whether the last axis has size 1 is not known",))
    return _made(call, result, dtype)


def _encoded_in_v2(
    call: LayerCall, mode: str, dims: tuple[Dim, ...], width: Dim, dtype: str | None
) -> Outcome:
    """Keras 2 encodes no more than a batch of vectors."""
    if mode == "one_hot":
        if _may_be_one(dims[-1]) or dims[-1] is UNKNOWN:
            return Outcome(UNKNOWN, ("whether the last axis has size 1 is not known",))
        if dims[-1] != 1:
            dims = (*dims, 1)
    if len(dims) > 2:
        raise wrong_rank(f"encodes vectors in Keras 2, got {one(call)}")
    outcome = _made(call, (width,) if len(dims) == 1 else (dims[0], width), dtype)
    countable = ("float32", "float64", "int32", "int64")
    return outcome if dtype in countable else replace(outcome, doubts=("TensorFlow may not count",))


def _category(call: LayerCall) -> Outcome:
    mode = _mode(call, "multi_hot")
    return _encoded(call, mode, as_dim(call.config.get("num_tokens")), _floats(call))


def _check_category(config: Config, version: KerasVersion) -> None:
    tokens = config.get("num_tokens")
    if is_unknown(tokens):
        return
    if not isinstance(tokens, (int, float)) or tokens < 1:
        raise refused(f"`num_tokens` must be a positive integer, got {tokens!r}")
    if isinstance(tokens, float) and version in V3:
        raise refused(f"`num_tokens` must be an integer, got {tokens!r}")


def _hashed(call: LayerCall) -> Outcome:
    mode = _mode(call, "int")
    if mode == "int":
        dtype = _int_dtype(call.config)
        if call.version in V2 and dtype != "int32":
            dtype = "int64"
        return Outcome(replace(one(call), dtype=dtype, data=None))
    width = as_dim(call.config.get("num_bins"))
    if call.version in V3 and mode is not None:
        mode = "count"  # all modes replace the last axis
    return _encoded(call, mode, width, _floats(call))


def _int_dtype(config: Config) -> str | None:
    given = config.get("dtype")
    return "int64" if given is None else given if isinstance(given, str) else None


def _check_hashing(config: Config, version: KerasVersion) -> None:
    bins, mode, salt = config.get("num_bins"), config.get("output_mode", "int"), config.get("salt")
    if not is_unknown(bins) and (not isinstance(bins, (int, float)) or bins <= 0):
        raise refused(f"`num_bins` must be positive, got {bins!r}")
    if isinstance(bins, float) and (mode != "int" or version in V2):
        raise refused(f"`num_bins` must be an integer, got {bins!r}")
    dtype = config.get("dtype")
    strict = mode == "int" and version in V3
    if strict and isinstance(dtype, str) and dtype not in ("int32", "int64"):
        raise refused(f"`dtype` must be an integer type for the output mode int, got {dtype!r}")
    pair = isinstance(salt, (list, tuple)) and len(salt) == 2
    if salt is not None and not is_unknown(salt) and not pair and not isinstance(salt, int):
        raise refused(f"`salt` must be an integer or two, got {salt!r}")


def _crossed(call: LayerCall) -> Outcome:
    """``HashedCrossing`` of a list of features, which must have the same shape."""
    inputs = call.inputs
    if isinstance(inputs, TensorSpec) or (isinstance(inputs, (list, tuple)) and len(inputs) < 2):
        raise wrong_inputs("must be called on a list of at least 2 tensors")
    if not isinstance(inputs, (list, tuple)):
        return Outcome(UNKNOWN, ("the inputs are not known",))
    mode, width = call.config.get("output_mode", "int"), as_dim(call.config.get("num_bins"))
    dtype = compute_dtype(call.config)
    if mode == "int" and call.config.get("dtype") is None:
        dtype = "int64"
    specs = [item for item in inputs if isinstance(item, TensorSpec)]
    if len(specs) < len(inputs) or any(not isinstance(spec.shape, Shape) for spec in specs):
        return Outcome(UNKNOWN, ("the inputs are not known",))
    shapes = [spec.shape.dims for spec in specs if isinstance(spec.shape, Shape)]
    if is_unknown(mode) or any(not dims for dims in shapes):
        return Outcome(UNKNOWN, ("the output mode or the ranks are not known",))
    if call.version in V2:
        return _crossed_in_v2(specs, shapes, mode, width, dtype)
    if len(shapes) != 2:
        raise wrong_inputs("must be called on 2 tensors")
    if compare(shapes[0][-1], shapes[1][-1]).relation is Relation.NEVER:
        raise wrong_inputs(f"the shapes differ: {specs[0]} and {specs[1]}")
    dims: tuple[Dim, ...] | None = shapes[0]
    if mode != "int":
        dims = (*shapes[0][:-1], width) if shapes[0][-1] == 1 else (*shapes[0], width)
        if _may_be_one(shapes[0][-1]) or shapes[0][-1] is UNKNOWN:
            dims = None
    if dims is None:
        return Outcome(UNKNOWN, ("whether the last axis has size 1 is not known",))
    return Outcome(TensorSpec(Shape(dims), dtype, specs[0].kind))


def _crossed_in_v2(
    specs: Sequence[TensorSpec],
    shapes: Sequence[tuple[Dim, ...]],
    mode: str,
    width: Dim,
    dtype: str | None,
) -> Outcome:
    first = shapes[0]
    known = all(isinstance(dim, int) or dim is None for dims in shapes for dim in dims)
    if not known or len(first) > 2:
        return Outcome(UNKNOWN, ("the shapes are not known",))
    strange = any(spec.dtype is None or "float" in spec.dtype for spec in specs)
    if strange or (len(first) == 2 and first[1] != 1) or any(dims != first for dims in shapes[1:]):
        return Outcome(UNKNOWN, ("Keras 2 may refuse these shapes or dtypes",))
    if mode == "int":
        lost = (None, *first[1:])
        return Outcome(TensorSpec(Shape(lost), dtype, specs[0].kind))
    if len(first) != 2:
        return Outcome(UNKNOWN, ("Keras 2 encodes columns",))
    return Outcome(TensorSpec(Shape((None, width)), dtype, specs[0].kind))


def _check_crossing(config: Config, version: KerasVersion) -> None:
    dtype = config.get("dtype")
    mode = config.get("output_mode", "int")
    if version in V3 or mode != "int" or not isinstance(dtype, str):
        return
    if "int" not in dtype:
        raise refused(f"`dtype` must be an integer type for the output mode int, got {dtype!r}")


# -- Discretization -------------------------------------------------------------------------


def _discrete(call: LayerCall) -> Outcome:
    mode, spec = _mode(call, "int"), one(call)
    if mode == "int":
        given = call.config.get("dtype")
        integer = isinstance(given, str) and given.startswith(("int", "uint"))
        dtype: str | None = "int64"
        if call.version in V3:
            dtype = "int32"
        elif given is UNKNOWN or integer:
            dtype = given if isinstance(given, str) else None
        return Outcome(replace(spec, dtype=dtype, data=None))
    bounds = call.config.get("bin_boundaries")
    width: Dim = as_dim(call.config.get("num_bins"))
    if isinstance(bounds, (list, tuple)):
        width = len(bounds) + 1
    elif bounds is not None:
        width = UNKNOWN
    if call.version in V2 and bounds is None:
        return Outcome(UNKNOWN, ("Keras 2 must adapt the layer first",))
    dims = spec.dims
    if call.version in V3 and mode in ("multi_hot", "count") and dims:
        kept = (dims[0], *dims[2:], width) if len(dims) >= 2 else (width,)
        return _made(call, kept, _floats(call))
    return _encoded(call, mode, width, _floats(call))


def _check_policy(config: Config, version: KerasVersion) -> None:
    """Keras 2 wants a type for the indices, not a policy."""
    dtype = config.get("dtype")
    policy = isinstance(dtype, str) and dtype.startswith("mixed_")
    if policy and config.get("output_mode", "int") == "int":
        raise refused(f"`dtype` must be the name of a type, got {dtype!r}", "TypeError")


def _check_discrete(config: Config, version: KerasVersion) -> None:
    bins, bounds = config.get("num_bins"), config.get("bin_boundaries")
    if is_unknown(bins) or is_unknown(bounds):
        return
    if bins is not None and (not isinstance(bins, (int, float)) or bins < 0):
        raise refused(f"`num_bins` must not be negative, got {bins!r}")
    if bins is not None and bounds is not None:
        raise refused("`num_bins` and `bin_boundaries` are both given")
    if bins is None and bounds is None and version in V3:
        raise refused("`num_bins` or `bin_boundaries` must be given")
    mode = config.get("output_mode", "int")
    if isinstance(bins, float) and mode != "int" and version in V3:
        raise refused(f"`num_bins` must be an integer, got {bins!r}")


# -- lookups --------------------------------------------------------------------------------


def _vocabulary_size(config: Config, *, mode: str | None = None) -> Dim:
    """How many indices a lookup has.

    Without a vocabulary it is None to Keras until ``adapt`` or ``set_vocabulary`` has been called.  Whoever
    has the layer may do that, so it is unknown.
    """
    vocabulary, mode = config.get("vocabulary"), mode or config.get("output_mode", "int")
    oov, mask = config.get("num_oov_indices", 1), config.get("mask_token")
    if not isinstance(vocabulary, (list, tuple)) or not isinstance(oov, int) or is_unknown(mode):
        return UNKNOWN
    if any(is_unknown(word) for word in vocabulary) or is_unknown(mask):
        return UNKNOWN
    special, words = _split_words(config, vocabulary, mode)
    return len(special) + len(words)


def _is_adapted_later(config: Config) -> bool:
    """Whether neither a vocabulary nor padding decides the number of indices."""
    decides = "max_tokens" if is_flag_set(config, "pad_to_max_tokens") else "vocabulary"
    return config.get(decides) is None


def _split_words(
    config: Config, vocabulary: Sequence[Any], mode: object
) -> tuple[list[Any], list[Any]]:
    """The mask and the words for what the vocabulary lacks, and its own words."""
    mask = config.get("mask_token")
    masks = [mask] if mask is not None and mode == "int" else []
    special = [*masks, *[config.get("oov_token", "[UNK]")] * config.get("num_oov_indices", 1)]
    words = list(vocabulary)
    return special, words[len(special) :] if words[: len(special)] == special else words


def _looked_up(call: LayerCall) -> Outcome:
    mode, spec = _mode(call, "int"), one(call)
    config = call.config
    if mode == "int":
        inverted = is_flag_set(config, "invert")
        dtype = "int64"
        if inverted and call.version in V2:
            dtype = str(config.get("vocabulary_dtype", "string"))
        known = inverted is not None
        return Outcome(replace(spec, dtype=dtype if known else None, data=None))
    padded = is_flag_set(config, "pad_to_max_tokens")
    width = as_dim(config.get("max_tokens")) if padded else _vocabulary_size(config)
    if padded is None:
        width = UNKNOWN
    if call.version in V2 and (_is_adapted_later(config) or config.get("dtype") is not None):
        return Outcome(UNKNOWN, ("the vocabulary or the dtype is not known",))
    if call.version in V3 and mode == "tf_idf":
        mode = "count"
    return _encoded(call, mode, width, "float32")


def _check_lookup(config: Config, version: KerasVersion) -> None:
    most, oov, mode = (
        config.get(name) for name in ("max_tokens", "num_oov_indices", "output_mode")
    )
    _check_most(most)
    known = "num_oov_indices" in config and not is_unknown(oov)
    if known and (not isinstance(oov, (int, float)) or oov < 0):
        raise refused(f"`num_oov_indices` must not be negative, got {oov!r}")
    if is_flag_set(config, "invert") and isinstance(mode, str) and mode != "int":
        raise refused("`invert` needs the output mode int")
    if is_flag_set(config, "pad_to_max_tokens") and most is None:
        raise refused("`pad_to_max_tokens` needs `max_tokens`")
    if is_flag_set(config, "sparse") and mode == "int":
        raise refused("`sparse` needs an output mode other than int")
    dtype = config.get("dtype")
    fits = not isinstance(dtype, str) or dtype.startswith(("int", "uint", "string"))
    if version in V2 and mode == "int" and not fits:
        raise refused(f"the output mode int needs an integer dtype, got {dtype}")
    _check_idf(config, mode)
    if isinstance(config.get("vocabulary"), (list, tuple)):
        _check_vocabulary(config, config["vocabulary"], most)
    elif config.get("vocabulary") is None and isinstance(most, float):
        padded = is_flag_set(config, "pad_to_max_tokens")
        if padded and mode != "int" and version in V3:
            raise refused(f"`max_tokens` must be an integer, got {most!r}")


def _check_most(most: object) -> None:
    known = most is not None and not is_unknown(most)
    if known and (not isinstance(most, (int, float)) or most <= 1):
        raise refused(f"`max_tokens` must be greater than 1, got {most!r}")


def _check_idf(config: Config, mode: object) -> None:
    idf = config.get("idf_weights")
    if (
        isinstance(idf, (list, tuple))
        and isinstance(mode, str)
        and mode not in ("tf_idf", "tf-idf")
    ):
        raise refused("`idf_weights` belong to the output mode tf_idf")


def _check_vocabulary(config: Config, vocabulary: Sequence[Any], most: object) -> None:
    if not vocabulary:
        raise refused("the vocabulary is empty")
    if any(is_unknown(word) or isinstance(word, (list, tuple)) for word in vocabulary):
        return
    mask, size, idf = config.get("mask_token"), _vocabulary_size(config), config.get("idf_weights")
    mode = config.get("output_mode", "int")
    if is_unknown(mask) or is_unknown(mode):
        return
    if not isinstance(config.get("num_oov_indices", 1), int):
        return
    words = _split_words(config, vocabulary, mode)[1]
    if not words:
        raise refused("the vocabulary has no words of its own")
    if len(set(words)) < len(words):
        raise refused("the vocabulary has a repeated word")
    if mask is not None and mask in words:
        raise refused(f"the vocabulary has the mask {mask!r} among its words")
    if isinstance(size, int) and isinstance(most, (int, float)) and size > most:
        raise refused(f"the vocabulary has {size} words, `max_tokens` is {most}")
    if is_unknown(idf):
        return
    if (mode == "tf_idf") != (idf is not None):
        raise refused("`idf_weights` belong to the output mode tf_idf")
    if isinstance(idf, (list, tuple)) and len(idf) != len(vocabulary):
        raise refused(f"{len(idf)} `idf_weights` for {len(vocabulary)} words")


# -- text -----------------------------------------------------------------------------------


def _vectorized(call: LayerCall) -> Outcome:
    """A sequence of indices for each text, or a vector over the vocabulary."""
    mode, dims, config = _mode(call, "int"), one(call).dims, call.config
    if mode is None or not dims:
        return Outcome(UNKNOWN, ("the output mode or the rank is not known",))
    if call.version in V2 and (len(dims) > 2 or (len(dims) == 2 and dims[1] != 1)):
        return Outcome(UNKNOWN, ("Keras 2 splits one text in each row",))
    if mode == "int":
        length = config.get("output_sequence_length")
        if call.version in V2 and config.get("split", "whitespace") is None:
            return Outcome(UNKNOWN, ("nothing is split",))
        if is_flag_set(config, "ragged") is not False:
            return Outcome(UNKNOWN, ("the result may be ragged",))
        kept_rows = call.version in V3 or config.get("split") == "character"
        batch = dims[0] if kept_rows else None
        return _made(call, (batch, None if length is None else as_dim(length)), "int64")
    width, split = _text_width(config), config.get("split", "whitespace")
    if call.version in V2:
        if _is_adapted_later(config) or is_unknown(split):
            return Outcome(UNKNOWN, ("the vocabulary or the split is not known yet",))
        kept = () if split is None and len(dims) == 1 else (dims[0],)
        # Words and characters are ragged, and TensorFlow forgets how many words there are.
        return _made(
            call, (*((None,) if kept and split == "whitespace" else kept), width), "float32"
        )
    if is_unknown(split):
        return Outcome(UNKNOWN, ("how the text is split is not known",))
    shaped = dims if split is None and len(dims) > 1 else (*dims, None)
    # One-hot encodes each word, the counting modes a whole text.
    kept = shaped if mode == "one_hot" else shaped[:-1]
    return _made(call, (*kept, width), "float32")


def _text_width(config: Config) -> Dim:
    padded = is_flag_set(config, "pad_to_max_tokens")
    if padded is None:
        return UNKNOWN
    if padded:
        most = config.get("max_tokens")
        return None if most is None else as_dim(most)
    words = {"vocabulary": config.get("vocabulary"), "oov_token": "[UNK]"}
    return _vocabulary_size(words, mode="count")


def _check_text(config: Config, version: KerasVersion) -> None:
    mode, length = config.get("output_mode", "int"), config.get("output_sequence_length")
    most = config.get("max_tokens")
    if is_unknown(mode):
        return
    if (
        length is not None
        and not is_unknown(length)
        and (mode != "int" or not isinstance(length, int))
    ):
        raise refused("`output_sequence_length` must be an integer, for the output mode int")
    _check_most(most)
    ngrams = config.get("ngrams")
    if isinstance(ngrams, (list, float, str)):
        raise refused(f"`ngrams` must be an integer or a tuple of integers, got {ngrams!r}")
    if is_flag_set(config, "pad_to_max_tokens") and most is None:
        raise refused("`pad_to_max_tokens` needs `max_tokens`")
    _check_idf(config, mode)
    if is_flag_set(config, "ragged") and mode != "int":
        raise refused("`ragged` needs the output mode int")
    if isinstance(config.get("vocabulary"), (list, tuple)):
        inner = {**config, "mask_token": "", "num_oov_indices": 1, "oov_token": "[UNK]"}
        _check_vocabulary(inner, config["vocabulary"], most)


# -- sound ----------------------------------------------------------------------------------


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
    return _made(call, (*kept, bins, frames), compute_dtype(config))


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
        return _made(call, result, compute_dtype(config))
    both = mul(width, channels)
    result3 = (dims[0], both, frames) if first else (dims[0], frames, both)
    return _made(call, result3, compute_dtype(config))


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


# -- the table ------------------------------------------------------------------------------


def _lookup_count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    return 0 if config.get("output_mode", "int") != "tf_idf" else None


_encodings: Check = one_of("output_mode", (*_MODES, "binary"))
_with_int: Check = one_of("output_mode", ("int", *_MODES))
_with_more: Check = one_of("output_mode", ("int", *_MODES, "tf_idf", "binary", "tf-idf"))
_text_modes: Check = one_of(
    "output_mode", ("int", "multi_hot", "count", "tf_idf", "binary", "tf-idf", None)
)
_STFT_MODES = ("log", "magnitude", "psd", "real", "imag", "angle", "stft")


def _entry(
    name: str,
    rule: Rule,
    check: Check,
    *,
    single: bool = True,
    rank: int | None = None,
    weights: Weights = no_weights,
) -> LayerType:
    return LayerType(
        name,
        rule,
        rank=rank,
        single=single,
        check=check,
        weights=weights,
        dtype=Dtype.RULE,
        behaviours=(Behaviour(V2, integers=Integers.TAKEN),),
    )


LAYERS = (
    _entry("CategoryEncoding", _category, all_of(_encodings, _check_category)),
    _entry("Hashing", _hashed, all_of(_with_int, _check_hashing)),
    _entry("HashedCrossing", _crossed, all_of(one_of("output_mode", ("int", "one_hot")),
           _check_crossing), single=False),
    _entry("Discretization", _discrete, all_of(_with_int, _check_discrete, only(V2, _check_policy))),
    _entry("IntegerLookup", _looked_up, all_of(_with_more, _check_lookup), weights=_lookup_count),
    _entry("StringLookup", _looked_up, all_of(_with_more, _check_lookup), weights=_lookup_count),
    _entry("TextVectorization", _vectorized, all_of(_with_more, only(V2, _text_modes), _check_text),
           weights=_lookup_count),
    _entry("MelSpectrogram", _mel, _check_mel),
    _entry("STFTSpectrogram", _stft, all_of(
        _check_stft, data_format, one_of("mode", _STFT_MODES),
        only(V3, one_of("padding", ("valid", "same")))), rank=3, weights=_stft_weights),
)  # fmt: skip
