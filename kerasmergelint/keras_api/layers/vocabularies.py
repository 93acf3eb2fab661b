"""Preprocessing layers with a vocabulary: lookups and text."""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.layers.arguments import all_of, is_flag_set, is_unknown, one_of, only
from kerasmergelint.keras_api.layers.encoding import MODES, encoded, made, mode_of, preprocessing
from kerasmergelint.keras_api.layers.rules import Check, as_dim, one
from kerasmergelint.keras_api.problems import refused
from kerasmergelint.keras_api.protocol import Config, LayerCall, Outcome, ShapeNest
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim

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
    config: Config, vocabulary: Sequence[object], mode: object
) -> tuple[list[object], list[object]]:
    """The mask and the words for what the vocabulary lacks, and its own words."""
    mask = config.get("mask_token")
    masks = [mask] if mask is not None and mode == "int" else []
    special = [*masks, *[config.get("oov_token", "[UNK]")] * config.get("num_oov_indices", 1)]
    words = list(vocabulary)
    return special, words[len(special) :] if words[: len(special)] == special else words


def _looked_up(call: LayerCall) -> Outcome:
    mode, spec = mode_of(call, "int"), one(call)
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
    return encoded(call, mode, width, "float32")


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


def _check_vocabulary(config: Config, vocabulary: Sequence[object], most: object) -> None:
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
    mode, dims, config = mode_of(call, "int"), one(call).dims, call.config
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
        return made(call, (batch, None if length is None else as_dim(length)), "int64")
    width, split = _text_width(config), config.get("split", "whitespace")
    if call.version in V2:
        if _is_adapted_later(config) or is_unknown(split):
            return Outcome(UNKNOWN, ("the vocabulary or the split is not known yet",))
        texts = () if split is None and len(dims) == 1 else (dims[0],)
        # Words and characters are ragged, and TensorFlow forgets how many words there are.
        lead = (None,) if texts and split == "whitespace" else texts
        return made(call, (*lead, width), "float32")
    if is_unknown(split):
        return Outcome(UNKNOWN, ("how the text is split is not known",))
    shaped = dims if split is None and len(dims) > 1 else (*dims, None)
    # One-hot encodes each word, the counting modes a whole text.
    kept = shaped if mode == "one_hot" else shaped[:-1]
    return made(call, (*kept, width), "float32")


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


# -- the table ------------------------------------------------------------------------------


def _lookup_count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    return 0 if config.get("output_mode", "int") != "tf_idf" else None


_lookup_modes: Check = one_of("output_mode", ("int", *MODES, "tf_idf", "binary", "tf-idf"))
_text_modes: Check = one_of(
    "output_mode", ("int", "multi_hot", "count", "tf_idf", "binary", "tf-idf", None)
)
LAYERS = (
    preprocessing("IntegerLookup", _looked_up, all_of(_lookup_modes, _check_lookup),
                  weights=_lookup_count),
    preprocessing("StringLookup", _looked_up, all_of(_lookup_modes, _check_lookup),
                  weights=_lookup_count),
    preprocessing("TextVectorization", _vectorized,
                  all_of(only(V3, _lookup_modes), only(V2, _text_modes), _check_text), weights=_lookup_count),
)  # fmt: skip
