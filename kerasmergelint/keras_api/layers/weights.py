"""The weights of built layers that programs read: ``dense.kernel``, ``conv.weights`` and the like."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from kerasmergelint.keras_api.layers.arguments import is_flag_set
from kerasmergelint.keras_api.layers.rules import as_dim, channels_first, tuple_of
from kerasmergelint.keras_api.protocol import Config
from kerasmergelint.keras_api.versions import V2, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, Unknown, floordiv, mul

Rule = Callable[[Config, Shape], "Shape | Unknown"]

NOT_TRAINED = frozenset({"moving_mean", "moving_variance"})
"""The names of the weights that training leaves alone."""

_OF_ARGUMENTS = {"bias": "use_bias", "gamma": "scale", "beta": "center"}


def names_of(layer: str, version: KerasVersion) -> Collection[str]:
    """The attributes that hold the weights of a layer, where they are listed."""
    return _rules(layer, version)


def weights_of(
    layer: str, config: Config, first: object, version: KerasVersion
) -> Mapping[str, Shape | Unknown | None] | None:
    """The weights of a layer that was first called on this shape, by attribute, in Keras's order.

    None stands for a weight that its argument leaves out.  A layer whose weights are not listed, or
    that was not called, has None as a whole.
    """
    rules = _rules(layer, version)
    if not rules or not isinstance(first, Shape):
        return None
    found: dict[str, Shape | Unknown | None] = {}
    for name, rule in rules.items():
        argument = _OF_ARGUMENTS.get(name)
        is_there = argument is None or is_flag_set(config, argument)
        found[name] = rule(config, first) if is_there else None if is_there is False else UNKNOWN
    return found


def _rules(layer: str, version: KerasVersion) -> Mapping[str, Rule]:
    return (_IN_KERAS_2 if version in V2 else {}).get(layer) or _WEIGHTS.get(layer, {})


def _dense(config: Config, first: Shape) -> Shape:
    return Shape((first.dims[-1], as_dim(config["units"])))


def _table(config: Config, first: Shape) -> Shape:
    return Shape((as_dim(config["input_dim"]), as_dim(config["output_dim"])))


def _sized(name: str) -> Rule:
    return lambda config, first: Shape((as_dim(config[name]),))


def _channels(config: Config, first: Shape, spatial: int) -> Dim:
    """The size of the axis of the channels; unknown where that axis is."""
    is_first = channels_first(config)
    if is_first is None or first.rank != spatial + 2:
        return UNKNOWN
    return first.dims[1 if is_first else -1]


def _window(config: Config, spatial: int) -> tuple[Dim, ...]:
    return tuple_of(config["kernel_size"], spatial)


def _kernel(spatial: int) -> Rule:
    """Window, channels in (of a group), channels out."""

    def rule(config: Config, first: Shape) -> Shape:
        of_group = floordiv(_channels(config, first, spatial), as_dim(config.get("groups", 1)))
        return Shape((*_window(config, spatial), of_group, as_dim(config["filters"])))

    return rule


def _transposed(spatial: int) -> Rule:
    """Window, channels out, channels in."""

    def rule(config: Config, first: Shape) -> Shape:
        channels = _channels(config, first, spatial)
        return Shape((*_window(config, spatial), as_dim(config["filters"]), channels))

    return rule


def _depthwise(spatial: int) -> Rule:
    """Window, channels in, what becomes of each."""

    def rule(config: Config, first: Shape) -> Shape:
        channels, each = _channels(config, first, spatial), as_dim(config["depth_multiplier"])
        return Shape((*_window(config, spatial), channels, each))

    return rule


def _pointwise(spatial: int) -> Rule:
    """A window of ones, what the depthwise step gives, channels out."""

    def rule(config: Config, first: Shape) -> Shape:
        deep = mul(_channels(config, first, spatial), as_dim(config["depth_multiplier"]))
        return Shape((*(1,) * spatial, deep, as_dim(config["filters"])))

    return rule


def _depthwise_bias(spatial: int) -> Rule:
    def rule(config: Config, first: Shape) -> Shape:
        each = as_dim(config["depth_multiplier"])
        return Shape((mul(_channels(config, first, spatial), each),))

    return rule


def _scale(config: Config, first: Shape) -> Shape | Unknown:
    axis = config.get("axis", -1)
    fits = isinstance(axis, int) and -first.rank <= axis < first.rank
    return Shape((first.dims[axis],)) if fits else UNKNOWN


_BY_FILTERS = _sized("filters")
_SCALES: Mapping[str, Rule] = {"gamma": _scale, "beta": _scale}
_WEIGHTS: Mapping[str, Mapping[str, Rule]] = {
    "Dense": {"kernel": _dense, "bias": _sized("units")},
    "Embedding": {"embeddings": _table},
    **{f"Conv{n}D": {"kernel": _kernel(n), "bias": _BY_FILTERS} for n in (1, 2, 3)},
    **{f"Conv{n}DTranspose": {"kernel": _transposed(n), "bias": _BY_FILTERS} for n in (1, 2, 3)},
    **{f"DepthwiseConv{n}D": {"kernel": _depthwise(n), "bias": _depthwise_bias(n)} for n in (1, 2)},
    **{
        f"SeparableConv{n}D": {
            "depthwise_kernel": _depthwise(n),
            "pointwise_kernel": _pointwise(n),
            "bias": _BY_FILTERS,
        }
        for n in (1, 2)
    },
    "BatchNormalization": {**_SCALES, **dict.fromkeys(("moving_mean", "moving_variance"), _scale)},
    "LayerNormalization": _SCALES,
    "GroupNormalization": _SCALES,
}
_IN_KERAS_2: Mapping[str, Mapping[str, Rule]] = {
    f"DepthwiseConv{n}D": {"depthwise_kernel": _depthwise(n), "bias": _depthwise_bias(n)}
    for n in (1, 2)
}

WEIGHTS = frozenset(name for rules in (*_WEIGHTS.values(), *_IN_KERAS_2.values()) for name in rules)
"""The attributes of layers that hold weights."""
