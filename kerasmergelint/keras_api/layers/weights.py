"""The weights of built layers that programs read: ``dense.kernel``, ``embedding.embeddings``."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.keras_api.layers.rules import as_dim, channels_first, tuple_of
from kerasmergelint.keras_api.protocol import Config
from kerasmergelint.shapes import Shape

Weight = Callable[[Config, Shape], "Shape | None"]


def weight_shape(layer: str, name: str, config: Config, first: object) -> Shape | None:
    """The shape of a weight of a layer first called on this shape; None where it is unknown."""
    rule = _WEIGHTS.get((layer, name))
    return rule(config, first) if rule is not None and isinstance(first, Shape) else None


def _dense(config: Config, first: Shape) -> Shape | None:
    return Shape((first.dims[-1], as_dim(config["units"])))


def _table(config: Config, first: Shape) -> Shape | None:
    return Shape((as_dim(config["input_dim"]), as_dim(config["output_dim"])))


def _sized(name: str) -> Weight:
    return lambda config, first: Shape((as_dim(config[name]),))


def _kernel(spatial: int) -> Weight:
    """Window, channels in (of a group), channels out."""

    def rule(config: Config, first: Shape) -> Shape | None:
        is_first = channels_first(config)
        if is_first is None or first.rank != spatial + 2 or config.get("groups", 1) != 1:
            return None
        window = tuple_of(config["kernel_size"], spatial)
        return Shape((*window, first.dims[1 if is_first else -1], as_dim(config["filters"])))

    return rule


def _scale(config: Config, first: Shape) -> Shape | None:
    axis = config.get("axis", -1)
    fits = isinstance(axis, int) and -first.rank <= axis < first.rank
    return Shape((first.dims[axis],)) if fits else None


_WEIGHTS: dict[tuple[str, str], Weight] = {
    ("Dense", "kernel"): _dense,
    ("Dense", "bias"): _sized("units"),
    ("Embedding", "embeddings"): _table,
    **{(f"Conv{n}D", "kernel"): _kernel(n) for n in (1, 2, 3)},
    **{(f"Conv{n}D", "bias"): _sized("filters") for n in (1, 2, 3)},
    **{
        (layer, name): _scale
        for layer in ("BatchNormalization", "LayerNormalization")
        for name in ("gamma", "beta", "moving_mean", "moving_variance")
    },
}
