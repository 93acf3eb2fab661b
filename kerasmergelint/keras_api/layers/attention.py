"""Attention layers."""

from __future__ import annotations

from kerasmergelint.keras_api.doubts import COMPARED, Doubt, of_equality
from kerasmergelint.keras_api.layers.arguments import (
    is_flag_set,
    is_unknown,
    one_of,
)
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.layers.merge_inputs import is_data
from kerasmergelint.keras_api.layers.rules import must_agree
from kerasmergelint.keras_api.problems import (
    misfit,
    undefined,
    wrong_inputs,
)
from kerasmergelint.keras_api.protocol import (
    Config,
    LayerCall,
    Outcome,
    ShapeNest,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, last_dim
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast_dims


def _attention(call: LayerCall) -> Outcome:
    """``[query, value]`` or ``[query, value, key]``: the query's length, the value's width."""
    inputs = call.inputs
    if isinstance(inputs, (TensorSpec, tuple, dict)) or (
        isinstance(inputs, list) and len(inputs) not in (2, 3)
    ):
        raise wrong_inputs("must be called on a list of query and value (and key)")
    if not isinstance(inputs, list) or any(not isinstance(item, TensorSpec) for item in inputs):
        return Outcome(UNKNOWN, ("the inputs are not known",))
    query, value, key = inputs[0], inputs[1], inputs[-1 if len(inputs) == 3 else 1]
    _check_scale(call, query, value)
    wanted = is_flag_set(call.arguments, "return_attention_scores")
    if wanted is None:
        return Outcome(UNKNOWN, ("whether scores are wanted is not known",))
    doubts: tuple[Doubt, ...] = ()
    main: object
    scores: object
    if call.version in V2:
        main, scores, doubts = _matched(call, query, value, key)
    else:
        if is_data((query, value, key)) and call.config.get("score_mode") == "dot":
            _matched(call, query, value, key)  # only when it runs does Keras 3 compare them
        if is_data((query, value, key)):
            _check_masks(call, query, key)
        main, scores = _attended(query, last_dim(value.shape)), _attended(query, _length(key))
    if not wanted:
        return Outcome(main, doubts)
    return Outcome((main, scores), doubts)


def _check_masks(call: LayerCall, query: TensorSpec, key: TensorSpec) -> None:
    """``[query mask, value mask]``: each has a flag for each step; compared only when it runs."""
    masks = call.arguments.get("mask")
    if not isinstance(masks, list) or any(len(spec.dims or ()) != 3 for spec in (query, key)):
        return
    for mask, of, spec in zip(masks, ("query", "value"), (query, key)):
        dims = mask.dims if isinstance(mask, TensorSpec) else None
        if dims is None or len(dims) != 2 or spec.dims is None:
            continue
        if broadcast_dims(spec.dims[1], dims[1], NonePolicy.SIZE_WINS)[1]:
            raise misfit(f"the mask {mask} of the {of} does not fit {spec}")


def _check_scale(call: LayerCall, query: TensorSpec, value: TensorSpec) -> None:
    """The additive score has a weight for each feature."""
    if "score_mode" in call.config or call.first is not None:
        return
    source = query if call.version in V3 else value
    if is_flag_set(call.config, "use_scale", True) and last_dim(source.shape) is None:
        raise undefined(f"the feature dimension is None: {source}")


def _length(key: TensorSpec) -> Dim:
    dims = key.dims if key.dims is not None else getattr(key.shape, "tail", ())
    return dims[-2] if len(dims) >= 2 else UNKNOWN


def _attended(query: TensorSpec, width: Dim) -> TensorSpec:
    if isinstance(query.shape, Shape) and query.shape.rank:
        return query.with_shape(Shape((*query.shape.dims[:-1], width)))
    return query.with_shape(OpenShape((width,)))


def _matched(
    call: LayerCall, query: TensorSpec, value: TensorSpec, key: TensorSpec
) -> tuple[object, object, tuple[Doubt, ...]]:
    """Keras 2 multiplies in TensorFlow, which compares features and lengths."""
    if any(spec.dims is None or len(spec.dims) != 3 for spec in (query, value, key)):
        return UNKNOWN, UNKNOWN, ("the ranks are not 3",)
    q, v, k = (spec.dims or () for spec in (query, value, key))
    dot = call.config.get("score_mode", "concat")
    if is_unknown(dot):
        return UNKNOWN, UNKNOWN, ("the score mode is not known",)
    if dot == "dot":
        must_agree("features of query and key", q[2], k[2])
    else:
        _check_sum(call, q[2], k[2])
    must_agree("lengths of key and value", k[1], v[1])
    batch: Dim = q[0]
    for other in (k[0], v[0]):
        batch, conflict, _ = broadcast_dims(batch, other, NonePolicy.SIZE_WINS)
        if conflict:
            must_agree("batch sizes", q[0], other)
    pairs = ((q[2], k[2]), (k[1], v[1]), (q[0], k[0]), (q[0], v[0]))
    doubts = of_equality(pairs, COMPARED)
    main = TensorSpec(Shape((batch, q[1], v[2])), kind=query.kind)
    scores = TensorSpec(Shape((batch, q[1], k[1])), kind=query.kind)
    return main, scores, doubts


def _check_sum(call: LayerCall, query: Dim, key: Dim) -> None:
    """The additive score adds the features, and multiplies them by a scale of the value's size."""
    features, conflict, _ = broadcast_dims(query, key, NonePolicy.SIZE_WINS)
    if conflict:
        must_agree("features of query and key", query, key)
    if "score_mode" in call.config or not is_flag_set(call.config, "use_scale", True):
        return
    shapes = call.first if isinstance(call.first, (list, tuple)) else None
    scale = last_dim(shapes[1] if shapes else call.inputs[1].shape)
    if broadcast_dims(features, scale, NonePolicy.SIZE_WINS)[1]:
        must_agree("features and scale", features, scale)


def _attention_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    scale, mode = is_flag_set(config, "use_scale"), config.get("score_mode", "dot")
    if scale is None or is_unknown(mode):
        return None
    return int(scale) + int(mode == "concat")


def _additive_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    scale = is_flag_set(config, "use_scale", True)
    if scale is None or not isinstance(first, (list, tuple)) or len(first) < 2:
        return None
    size = last_dim(first[0 if version in V3 else 1])
    return 0 if not scale else size if isinstance(size, int) else None


LAYERS = (
    LayerType("Attention", _attention, single=False, check=one_of("score_mode", ("dot", "concat")),
              weights=_attention_weights),
    LayerType("AdditiveAttention", _attention, single=False, weights=_additive_weights),
)  # fmt: skip
