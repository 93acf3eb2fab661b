"""Preprocessing layers that encode categories and numbers, and what all preprocessing layers share."""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.layers.arguments import all_of, is_unknown, one_of, only
from kerasmergelint.keras_api.layers.dtypes import compute_dtype
from kerasmergelint.keras_api.layers.layer_type import Behaviour, Dtype, Integers, LayerType
from kerasmergelint.keras_api.layers.rules import Check, Rule, Weights, as_dim, no_weights, one
from kerasmergelint.keras_api.problems import refused, wrong_inputs, wrong_rank
from kerasmergelint.keras_api.protocol import Config, LayerCall, Outcome, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, Relation, Shape, compare

MODES = ("one_hot", "multi_hot", "count")


def preprocessing(
    name: str,
    rule: Rule,
    check: Check,
    *,
    single: bool = True,
    rank: int | None = None,
    weights: Weights = no_weights,
) -> LayerType:
    """The entry of a preprocessing layer: its rule decides about the dtype, and it takes integers."""
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


def made(call: LayerCall, dims: Sequence[Dim], dtype: str | None) -> Outcome:
    """One tensor with these dimensions."""
    return Outcome(TensorSpec(Shape(tuple(dims)), dtype, one(call).kind))


def _floats(call: LayerCall) -> str | None:
    """The compute dtype of a layer that gives integers unless it encodes them."""
    return compute_dtype(call.config)


def mode_of(call: LayerCall, default: str) -> str | None:
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


def encoded(call: LayerCall, mode: str | None, width: Dim, dtype: str | None) -> Outcome:
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
    return made(call, result, dtype)


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
    outcome = made(call, (width,) if len(dims) == 1 else (dims[0], width), dtype)
    countable = ("float32", "float64", "int32", "int64")
    return outcome if dtype in countable else replace(outcome, doubts=("TensorFlow may not count",))


def _category(call: LayerCall) -> Outcome:
    mode = mode_of(call, "multi_hot")
    return encoded(call, mode, as_dim(call.config.get("num_tokens")), _floats(call))


def _check_category(config: Config, version: KerasVersion) -> None:
    tokens = config.get("num_tokens")
    if is_unknown(tokens):
        return
    if not isinstance(tokens, (int, float)) or tokens < 1:
        raise refused(f"`num_tokens` must be a positive integer, got {tokens!r}")
    if isinstance(tokens, float) and version in V3:
        raise refused(f"`num_tokens` must be an integer, got {tokens!r}")


def _hashed(call: LayerCall) -> Outcome:
    mode = mode_of(call, "int")
    if mode == "int":
        dtype = _int_dtype(call.config)
        if call.version in V2 and dtype != "int32":
            dtype = "int64"
        return Outcome(replace(one(call), dtype=dtype, data=None))
    width = as_dim(call.config.get("num_bins"))
    if call.version in V3 and mode is not None:
        mode = "count"  # all modes replace the last axis
    return encoded(call, mode, width, _floats(call))


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


def _discrete(call: LayerCall) -> Outcome:
    mode, spec = mode_of(call, "int"), one(call)
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
        return made(call, kept, _floats(call))
    return encoded(call, mode, width, _floats(call))


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


_encodings: Check = one_of("output_mode", (*MODES, "binary"))
_with_int: Check = one_of("output_mode", ("int", *MODES))
LAYERS = (
    preprocessing("CategoryEncoding", _category, all_of(_encodings, _check_category)),
    preprocessing("Hashing", _hashed, all_of(_with_int, _check_hashing)),
    preprocessing("HashedCrossing", _crossed, all_of(one_of("output_mode", ("int", "one_hot")),
                  _check_crossing), single=False),
    preprocessing("Discretization", _discrete,
                  all_of(_with_int, _check_discrete, only(V2, _check_policy))),
)  # fmt: skip
