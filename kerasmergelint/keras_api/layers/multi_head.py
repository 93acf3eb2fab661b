"""Attention with several heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import prod

from kerasmergelint.keras_api.doubts import COMPARED, Doubt, of_equality
from kerasmergelint.keras_api.layers import einsum
from kerasmergelint.keras_api.layers.arguments import (
    all_of,
    is_flag_set,
    is_unknown,
    number_above_zero,
)
from kerasmergelint.keras_api.layers.layer_type import Behaviour, Integers, LayerType
from kerasmergelint.keras_api.layers.rules import as_dim, must_agree, one
from kerasmergelint.keras_api.problems import (
    axis_out_of_range,
    misfit,
    refused,
    undefined,
    wrong_rank,
)
from kerasmergelint.keras_api.protocol import (
    Config,
    LayerCall,
    Outcome,
    ShapeNest,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Relation, Shape, compare, last_dim
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast_dims

_ATTENDS_TO_UNKNOWN = Outcome(UNKNOWN, ("what it attends to is not known",))


def _attended(call: LayerCall) -> tuple[TensorSpec, TensorSpec] | None:
    """The value and the key, which is the value unless given; None if one of them is not known."""
    value, key = call.arguments.get("value"), call.arguments.get("key")
    key = value if key is None else key
    if not isinstance(value, TensorSpec) or not isinstance(key, TensorSpec):
        return None
    return value, key


def _multi_head(call: LayerCall) -> Outcome:
    query, attended = one(call), _attended(call)
    if attended is None:
        return _ATTENDS_TO_UNKNOWN
    value, key = attended
    if call.first is None:
        _check_features(query, value, key)
    _check_sequences(call, query, value)
    _check_mask(call, query, key)
    wanted = _output_dims(call.config)
    scored = is_flag_set(call.arguments, "return_attention_scores")
    if scored is None or wanted is None:
        return Outcome(UNKNOWN, ("`output_shape` or whether scores are wanted is not known",))
    if call.version in V2:
        return _multi_head_in_v2(call, (query, value, key), wanted, scored=scored)
    _check_lengths(value, key)
    _check_axes(call, value)
    if not isinstance(query.shape, Shape):
        return Outcome(TensorSpec(kind=query.kind), ("the rank of the query is not known",))
    dims = query.shape.dims
    main = query.with_shape(Shape((*dims[:-1], *wanted) if wanted else dims))
    doubts = _doubt_lengths(value, key)
    if not scored:
        return Outcome(main, doubts)
    return Outcome((main, _scores(call, query, key)), doubts)


def _scores(call: LayerCall, query: TensorSpec, key: TensorSpec) -> TensorSpec:
    """The scores: one for each head, and for each pair of what is attended over.

    A functional model takes the length of the query for that of the key, whatever it is.
    """
    heads, q = as_dim(call.config.get("num_heads")), query.dims or ()
    if query.kind is TensorKind.KERAS:
        return TensorSpec(Shape((q[0], heads, q[1], q[1])), kind=query.kind)
    sizes = None if query.kind is TensorKind.ANY else _computed(call, query, key)
    if sizes is None:
        return TensorSpec(kind=query.kind)
    return TensorSpec(Shape(tuple(size for _, size in sizes)), kind=query.kind)


def _computed(call: LayerCall, query: TensorSpec, key: TensorSpec) -> list[tuple[str, Dim]] | None:
    """What each axis of the scores counts, and its size, where they are computed."""
    heads, q, k = as_dim(call.config.get("num_heads")), query.dims or (), key.dims or ()
    attended = _attended_axes(call.config, len(q))
    if not attended or len(k) != len(q):
        return None
    shared = [axis for axis in range(len(q) - 1) if axis not in attended]
    several = len(attended) > 1
    return [
        *((f"size of axis {axis}" if axis else "batch size", q[axis]) for axis in shared),
        ("number of heads", heads),
        *(
            (f"{'size of axis ' + str(axis) if several else 'length'} of the query", q[axis])
            for axis in attended
        ),
        *(
            (f"{'size of axis ' + str(axis) if several else 'length'} of the key", k[axis])
            for axis in attended
        ),
    ]


def _output_dims(config: Config) -> tuple[Dim, ...] | None:
    """The sizes that replace the last one; empty for the query's own, None where they are unknown."""
    value = config.get("output_shape")
    if is_unknown(value):
        return None
    if not value:
        return ()
    items = value if isinstance(value, (list, tuple)) else [value]
    return tuple(as_dim(item) for item in items)


def _check_features(*specs: TensorSpec) -> None:
    for spec in specs:
        if last_dim(spec.shape) is None:
            raise undefined(f"the feature dimension is None: {spec}")


def _check_sequences(call: LayerCall, query: TensorSpec, value: TensorSpec) -> None:
    """Of matrices no axis is left to attend over; Keras 3 notices once there is data, or a graph."""
    unnoticed = (TensorKind.KERAS, TensorKind.ANY) if call.version in V3 else (TensorKind.ANY,)
    is_set = call.config.get("attention_axes") is not None
    if is_set or call.first is not None or query.kind in unnoticed:
        return
    if all(spec.dims is not None and len(spec.dims) == 2 for spec in (query, value)):
        raise wrong_rank(f"it attends over the axes between, and {query} has none", "IndexError")


def _check_mask(call: LayerCall, query: TensorSpec, key: TensorSpec) -> None:
    """A mask weighs the scores (batch, heads, query, key); Keras 3 does not look at it symbolically."""
    mask, scores = call.arguments.get("attention_mask"), _computed(call, query, key)
    if not isinstance(mask, TensorSpec) or scores is None or mask.dims is None:
        return
    symbolic = query.kind is TensorKind.KERAS
    if TensorKind.ANY in (query.kind, mask.kind) or len(mask.dims) > len(scores):
        return
    if symbolic and (call.version in V3 or mask.kind is TensorKind.ARRAY):
        return
    pairs = 2 * len(_attended_axes(call.config, len(query.dims or ())) or ())
    if len(mask.dims) < pairs:
        raise misfit(f"the attention mask {mask} has too few axes")
    outer, inner = mask.dims[:-pairs], mask.dims[-pairs:]
    spread = (*outer, *(1,) * (len(scores) - len(mask.dims)), *inner)
    for (what, size), masked in zip(scores, spread):
        if broadcast_dims(size, masked, NonePolicy.SIZE_WINS)[1]:
            raise misfit(f"the attention mask {mask} has {masked} where the {what} is {size}")


def _check_lengths(value: TensorSpec, key: TensorSpec) -> None:
    """All but the batch and the features of value and key must be the same, also when None."""
    if value.dims is None or key.dims is None:
        return
    left, right = value.dims[1:-1], key.dims[1:-1]
    differ = len(left) != len(right) or any(
        compare(a, b).relation is Relation.NEVER for a, b in zip(left, right)
    )
    if differ:
        raise misfit(f"value and key must have the same length: {value} and {key}")


def _doubt_lengths(value: TensorSpec, key: TensorSpec) -> tuple[str, ...]:
    if value.dims is None or key.dims is None:
        return ("the rank of value or key is not known",) if value is not key else ()
    pairs = zip(value.dims[1:-1], key.dims[1:-1])
    same = value is key or all(compare(a, b).relation is Relation.EQUAL for a, b in pairs)
    return () if same else ("the lengths of value and key are not known",)


def _check_axes(call: LayerCall, value: TensorSpec) -> None:
    """The axes attended over must exist in the value once it has heads."""
    axes = call.config.get("attention_axes")
    if value.dims is None or call.first is not None or not isinstance(axes, (int, list, tuple)):
        return
    rank = len(value.dims) + 1
    for axis in axes if isinstance(axes, (list, tuple)) else [axes]:
        if not isinstance(axis, int):
            continue
        place = axis if axis >= 0 else rank - 1 + axis
        if not -rank <= place < rank:
            detail = f"attends over axis {axis}, which {value} does not have"
            raise axis_out_of_range(detail, axis, "IndexError")


_BUILT_OTHERWISE = "Keras 2 multiplies with the weights of the first call"


def _multi_head_in_v2(
    call: LayerCall,
    specs: tuple[TensorSpec, TensorSpec, TensorSpec],
    wanted: tuple[Dim, ...],
    *,
    scored: bool,
) -> Outcome:
    """Keras 2 multiplies in TensorFlow, which compares the sizes.

    An axis that is attended over has one size in the query and another in value and key; the others
    are shared by all three.
    """
    dims = [spec.dims or () for spec in specs]
    q, v, k = dims
    if len(q) < 3 or len(q) != len(v) or len(q) != len(k):
        return Outcome(UNKNOWN, ("the ranks differ, or are less than 3",))
    if call.first is not None and _built_rank(call) != len(q):
        return Outcome(UNKNOWN, (_BUILT_OTHERWISE,))
    attended = _attended_axes(call.config, len(q))
    if attended is None:
        return Outcome(UNKNOWN, ("`attention_axes` are not known",))
    lengths = [(k[axis], v[axis]) for axis in attended]
    shared = [axis for axis in range(len(q) - 1) if axis not in attended]
    sizes = [
        (axis, *pair) for axis in shared for pair in combinations((q[axis], k[axis], v[axis]), 2)
    ]
    for key, value in lengths:
        must_agree("lengths of key and value", key, value)
    for axis, one_size, other in sizes:
        must_agree(f"sizes on axis {axis}" if axis else "batch sizes", one_size, other)
    doubts = of_equality((*lengths, *((a, b) for _, a, b in sizes)), COMPARED)
    if call.first is not None:
        doubts = (*doubts, *_doubt_again(call, specs))
    known = {axis: _first_known(q[axis], k[axis], v[axis]) for axis in shared}
    rows = [known.get(axis, size) for axis, size in enumerate(q[:-1])]
    main = TensorSpec(Shape((*rows, *(wanted or (_query_size(call, q),)))), kind=specs[0].kind)
    if not scored:
        return Outcome(main, doubts)
    heads = as_dim(call.config.get("num_heads"))
    pairs = (*(q[axis] for axis in attended), *(k[axis] for axis in attended))
    scores = Shape((*known.values(), heads, *pairs))
    if any(_first_known(*pair) is UNKNOWN for pair in lengths):
        return Outcome(UNKNOWN, doubts)
    return Outcome((main, TensorSpec(scores, kind=specs[0].kind)), doubts)


def _attended_axes(config: Config, rank: int) -> tuple[int, ...] | None:
    """The axes attended over, all between batch and features if none are given; None if not known."""
    given = config.get("attention_axes")
    if given is None:
        return tuple(range(1, rank - 1))
    axes = tuple(given) if isinstance(given, (list, tuple)) else (given,)
    between = all(isinstance(axis, int) and 0 < axis < rank - 1 for axis in axes)
    return axes if between and len(set(axes)) == len(axes) else None


def _first_known(*sizes: Dim) -> Dim:
    return next((size for size in sizes if size is not None), None)


def _query_size(call: LayerCall, query: Sequence[Dim]) -> Dim:
    """The output keeps the features of the query that it was built on."""
    built_on = _built_on(call)
    return query[-1] if built_on is None else built_on.dims[-1]


def _built_rank(call: LayerCall) -> int | None:
    built_on = _built_on(call)
    return None if built_on is None else built_on.rank


def _built_on(call: LayerCall) -> Shape | None:
    """The shape of the query in the first call, if it is known."""
    first = call.first.get("inputs") if isinstance(call.first, Mapping) else None
    return first if isinstance(first, Shape) else None


def _doubt_again(call: LayerCall, specs: Sequence[TensorSpec]) -> tuple[str, ...]:
    first = call.first if isinstance(call.first, Mapping) else {}
    key = first.get("key") or first.get("value")
    before = (first.get("inputs"), first.get("value"), key)
    for shape, spec in zip(before, specs):
        if not isinstance(shape, Shape) or last_dim(shape) != last_dim(spec.shape):
            return (_BUILT_OTHERWISE,)
    return ()


def _heads_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    heads, width, wanted = config.get("num_heads"), config.get("key_dim"), _output_dims(config)
    inner = config.get("value_dim") or width
    bias, gate = is_flag_set(config, "use_bias", True), is_flag_set(config, "use_gate")
    sizes = _sizes(first)
    if sizes is None or wanted is None or bias is None or gate is None:
        return None
    query, value, key = sizes
    out = [dim for dim in wanted or (query,) if isinstance(dim, int)]
    if not (isinstance(heads, int) and isinstance(width, int) and isinstance(inner, int)):
        return None
    if len(out) < len(wanted or (query,)):
        return None
    extra = 1 if bias else 0
    total = (query + key + 2 * extra) * heads * width + (value + extra) * heads * inner
    total += (query + extra) * heads * inner if gate else 0
    return total + (heads * inner + extra) * prod(out)


def _sizes(first: ShapeNest) -> tuple[int, int, int] | None:
    """The features of query, value and key of the first call."""
    if not isinstance(first, Mapping):
        return None
    shapes = first.get("inputs"), first.get("value"), first.get("key") or first.get("value")
    if any(not isinstance(shape, (Shape, OpenShape)) for shape in shapes):
        return None
    query, value, key = (last_dim(shape) for shape in shapes if shape is not None)
    if isinstance(query, int) and isinstance(value, int) and isinstance(key, int):
        return query, value, key
    return None


def _check_heads(config: Config, version: KerasVersion) -> None:
    for name in ("num_heads", "key_dim", "value_dim"):
        size = config.get(name)
        if is_unknown(size) or (name == "value_dim" and size is None):
            continue
        if size == 0 and name == "value_dim" and version in V2:
            continue
        if size == 0 and version in V3:
            raise refused(f"`{name}` must be a positive integer, got 0")
        if not isinstance(size, int) or size < 0 or (size == 0 and name == "key_dim"):
            raise refused(f"`{name}` must be a positive integer, got {size!r}")
    _check_output(config)
    _check_window(config)
    axes = config.get("attention_axes")
    if isinstance(axes, (str, float)):
        raise refused(f"`attention_axes` must be ints, got {axes!r}")


def _check_output(config: Config) -> None:
    wanted = config.get("output_shape")
    if is_unknown(wanted) or not wanted:
        return
    for item in wanted if isinstance(wanted, (list, tuple)) else [wanted]:
        if not is_unknown(item) and (not isinstance(item, int) or item < 0):
            raise refused(f"`output_shape` must hold positive integers, got {wanted!r}")


def _check_window(config: Config) -> None:
    window = config.get("sliding_window")
    if window is None or is_unknown(window):
        return
    if not isinstance(window, int) or window <= 0:
        raise refused(f"`sliding_window` must be a positive integer, got {window!r}")


def _grouped(call: LayerCall) -> Outcome:
    query, attended = one(call), _attended(call)
    if attended is None:
        return _ATTENDS_TO_UNKNOWN
    value, key = attended
    doubts: tuple[Doubt, ...] = ()
    if call.first is None:
        found = _projections(call.config, query.shape, value.shape, key.shape)
        doubts = ("an argument or a rank is not known",) if found is None else ()
        if any(None in shape for shape in found or ()):
            raise undefined(f"a feature dimension is None: {query}, {value} or {key}")
    last = last_dim(query.shape), last_dim(value.shape)
    if compare(*last).relation is Relation.NEVER:
        must_agree("features of query and value", *last)
        raise undefined(f"a feature dimension is None: {query} or {value}")
    _check_lengths(value, key)
    doubts += _doubt_lengths(value, key)
    scored = is_flag_set(call.arguments, "return_attention_scores")
    if scored is None or not isinstance(query.shape, Shape):
        return Outcome(UNKNOWN, ("the query or whether scores are wanted is not known",))
    if not scored:
        return Outcome(query, doubts)
    heads = as_dim(call.config.get("num_query_heads"))
    length = key.dims[1] if key.dims is not None and len(key.dims) > 1 else UNKNOWN
    dims = query.shape.dims
    scores = TensorSpec(Shape((dims[0], heads, dims[1], length)), kind=query.kind)
    return Outcome((query, scores), doubts)


def _projections(config: Config, *shapes: object) -> list[tuple[Dim, ...]] | None:
    """The shapes of all weights; raises where a projection does not fit its input."""
    heads, groups = config.get("num_query_heads"), config.get("num_key_value_heads")
    width, bias = config.get("head_dim"), is_flag_set(config, "use_bias", True)
    gate = is_flag_set(config, "use_gate")
    known = [shape for shape in shapes if isinstance(shape, Shape)]
    if bias is None or gate is None or len(known) < len(shapes):
        return None
    query, value, key = known
    rows = [(query, "bqm,muh->bquh", "uh", heads), (key, "bkm,mvh->bkvh", "vh", groups),
            (value, "bkm,mvh->bkvh", "vh", groups)]  # fmt: skip
    if gate:
        rows.append(rows[0])
    found: list[tuple[Dim, ...]] = []
    for shape, equation, axes, count in rows:
        wanted = {"equation": equation, "output_shape": (None, count, width),
                  "bias_axes": axes if bias else None}  # fmt: skip
        plan = einsum.plan(wanted, shape, KerasVersion.V3)
        if plan is None:
            return None
        found += [plan.weight, *([plan.bias] if plan.bias is not None else [])]
    features = query.dims[-1]
    found.append((as_dim(heads), as_dim(width), features))
    return [*found, (features,)] if bias else found


def _grouped_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    if not isinstance(first, Mapping):
        return None
    key = first.get("key") or first.get("value")
    shapes = _projections(config, first.get("inputs"), first.get("value"), key)
    if shapes is None or any(not isinstance(dim, int) for shape in shapes for dim in shape):
        return None
    return sum(prod(dim for dim in shape if isinstance(dim, int)) for shape in shapes)


def _check_grouped(config: Config, version: KerasVersion) -> None:
    heads, groups = config.get("num_query_heads"), config.get("num_key_value_heads")
    if isinstance(heads, int) and isinstance(groups, int) and (groups == 0 or heads % groups):
        raise refused(f"{heads} query heads cannot be divided into {groups} key/value heads")
    width = config.get("head_dim")
    if not is_unknown(width) and not isinstance(width, int):
        raise refused(f"`head_dim` must be an integer, got {width!r}")
    _check_window(config)


LAYERS = (
    LayerType("MultiHeadAttention", _multi_head, check=_check_heads, weights=_heads_weights,
              build_arguments=("value", "key"), needs=("value",),
              behaviours=(Behaviour(V2, integers=Integers.REFUSED),)),
    LayerType("GroupQueryAttention", _grouped,
              check=all_of(number_above_zero("head_dim"), _check_grouped),
              weights=_grouped_weights, build_arguments=("value", "key"), needs=("value",)),
)  # fmt: skip
