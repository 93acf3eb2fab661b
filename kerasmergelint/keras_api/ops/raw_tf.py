"""Raw TensorFlow functions on Keras tensors: Keras 3 refuses most of them.

Keras 2 wraps such a call in a layer.  Which functions raise was measured by ``scripts/measure_raw_tf.py``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kerasmergelint.keras_api.ops import binding
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    Problem,
    ProblemKind,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.signatures import DATA
from kerasmergelint.keras_api.versions import V3


@lru_cache(maxsize=1)
def _measured() -> dict[str, list[str]]:
    """For each function that raises, the parameters that refuse a Keras tensor."""
    file = DATA / "raw_tf_v3.json"
    found: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))["raises"]
    return found


def refuse(
    name: str, args: Sequence[object], kwargs: Mapping[str, object], version: KerasVersion
) -> None:
    """Raises :class:`Broken` where Keras 3 refuses the call because of a Keras tensor in it."""
    if version not in V3 or not name.startswith(("tf.", "K.", "random.")):
        return
    plain = binding.plain_name(binding.full_name(name, version))
    places = _measured().get(plain)
    if places is None:
        return
    for index, (parameter, value) in enumerate(_named(plain, args, kwargs)):
        if _is_keras(value) and parameter in places:
            raise _refused(name, index)
        listed = isinstance(value, (list, tuple)) and any(map(_is_keras, value))
        if listed and parameter + "[]" in places:
            raise _refused(name, index)


def _is_keras(value: object) -> bool:
    return isinstance(value, TensorSpec) and value.kind is TensorKind.KERAS


def _named(
    name: str, args: Sequence[object], kwargs: Mapping[str, object]
) -> Iterator[tuple[str, object]]:
    yield from zip(names_of(_spoken(name), len(args)), args)
    yield from kwargs.items()


def names_of(name: str, count: int) -> list[str]:
    """The parameters that the first ``count`` positional arguments go to."""
    signature = binding.parameters(name, KerasVersion.V3)
    if signature is None:
        return []
    names = [signature.name_at(position) for position in range(count)]
    return [name for name in names if name is not None]


def refuses(plain: str) -> bool:
    """Whether the function of this plain name was measured to refuse Keras tensors."""
    return plain in _measured()


def _spoken(plain: str) -> str:
    return plain.replace("K3.", "K.", 1)


def _refused(name: str, index: int) -> Broken:
    instead = replacement(name)
    hint = f"use {instead}" if instead else "call it inside a Lambda or a layer of your own"
    return Broken(
        Problem(
            ProblemKind.RAW_TF_ON_KERAS,
            "ValueError",
            f"`{name}` does not take Keras tensors",
            (index,),
            hint=hint,
        )
    )


def replacement(name: str) -> str | None:
    """The function of ``keras.ops`` that does the same, where there is one."""
    plain = binding.plain_name(binding.full_name(name, KerasVersion.V3))
    last = plain.rpartition(".")[2]
    renamed = _RENAMED.get(last)
    if renamed is None:
        space = "ops.image." if ".image." in plain else "ops."
        renamed = last if binding.parameters(space + last, KerasVersion.V3) else None
        return None if renamed is None else f"keras.{space}{renamed}"
    return f"keras.ops.{renamed}"


_RENAMED = {
    "concat": "concatenate", "reduce_sum": "sum", "reduce_mean": "mean", "reduce_max": "max",
    "reduce_min": "min", "reduce_prod": "prod", "reduce_all": "all", "reduce_any": "any",
    "reduce_std": "std", "reduce_variance": "var", "reduce_logsumexp": "logsumexp",
    "gather": "take", "pow": "power", "floordiv": "floor_divide", "floormod": "mod",
    "truediv": "true_divide", "range": "arange", "clip_by_value": "clip", "reverse": "flip",
    "acos": "arccos", "asin": "arcsin", "atan": "arctan", "atan2": "arctan2", "acosh": "arccosh",
    "asinh": "arcsinh", "atanh": "arctanh", "l2_normalize": "normalize", "neg": "negative",
    "permute_dimensions": "transpose", "batch_dot": "einsum", "int_shape": "shape", "fill": "full",
    "grayscale_to_rgb": "repeat", "conv2d": "conv", "conv1d": "conv", "conv3d": "conv",
    "max_pool2d": "max_pool", "avg_pool2d": "average_pool", "avg_pool": "average_pool",
    "resize": "image.resize", "rgb_to_grayscale": "image.rgb_to_grayscale",
    "add_n": "add", "identity": "copy",
}  # fmt: skip
