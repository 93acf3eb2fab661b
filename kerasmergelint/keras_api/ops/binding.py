"""The arguments of an op by name, from the generated signatures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

from kerasmergelint.keras_api.protocol import KerasVersion

Parameter = Any  # a name, or a pair of name and default
Signature = tuple[Parameter, ...]

# What the namespaces call the same thing.  An op's own aliases come first.
_USUAL = {
    "input": "x", "input_tensor": "x", "inputs": "x", "tensor": "x", "value": "x", "params": "x",
    "image": "x", "images": "x", "features": "x", "logits": "x", "reference": "x", "array": "x",
    "arr": "x", "t": "x", "data": "x", "values": "xs", "tensors": "xs", "arrays": "xs",
    "x1": "x", "x2": "y", "b": "y", "a": "x", "matrix": "x", "keep_dims": "keepdims",
    "reduction_indices": "axis", "dimension": "axis", "dim": "axis", "axes": "axis",
    "newshape": "shape", "new_shape": "shape", "dims": "shape", "perm": "axis", "pattern": "axis",
    "multiples": "repeats", "n": "repeats", "rep": "repeats", "squeeze_dims": "axis",
    "concat_dim": "axis", "out_type": "dtype", "output_type": "dtype", "num_classes": "depth",
    "fill_value": "value", "initial_value": "x", "ids": "indices", "pad_width": "paddings",
    "kernel": "filters", "filter": "filters", "rate": "dilations", "dilation_rate": "dilations",
    "ksize": "pool_size", "window_shape": "pool_size", "variables": "x", "variable": "x",
    "tensor_in": "x", "y_true": "x",
    "target": "x", "y_pred": "y", "output": "y",
}  # fmt: skip


# Spellings of TensorFlow and of the old backend for what ``keras.ops`` has, too.
_COMMON = {
    "concat": "concatenate", "take": "gather", "permute_dimensions": "transpose",
    "reduce_variance": "var", "repeat_elements": "repeat", "int_shape": "shape",
}  # fmt: skip


# Functions of TensorFlow 1 that live on in tf.compat.v1 only.
_FIRST_TENSORFLOW: dict[str, Signature] = {
    "tf.image.resize_images": (
        "images", "size", ("method", "bilinear"), ("align_corners", False),
        ("preserve_aspect_ratio", False), ("name", None),
    ),
    **dict.fromkeys(
        ("tf.image.resize_bilinear", "tf.image.resize_nearest_neighbor", "tf.image.resize_bicubic",
         "tf.image.resize_area"),
        ("images", "size", ("align_corners", False), ("name", None)),
    ),
}  # fmt: skip


def common_name(last: str) -> str:
    """The one word for an op that is spelled differently: ``reduce_sum`` is ``sum``."""
    return _COMMON.get(last) or last.removeprefix("reduce_")


@lru_cache(maxsize=1)
def _data() -> tuple[dict[str, list[Parameter]], dict[str, str]]:
    text = resources.files("kerasmergelint.keras_api").joinpath("data/op_signatures.json")
    read = json.loads(text.read_text(encoding="utf-8"))
    return read["signatures"], read["aliases"]


def functions() -> frozenset[str]:
    """Every function that the generated file has, by its plain name."""
    return frozenset(_data()[0])


def full_name(name: str, version: KerasVersion) -> str:
    """The backend functions and activations of the two versions are different functions."""
    space, _, rest = name.partition(".")
    return f"{space}{int(version)}.{rest}" if space in ("K", "activations") else name


@lru_cache(maxsize=2048)
def plain_name(name: str) -> str:
    """The name under which a function stands that has several: ``tf.math.add`` is ``tf.add``."""
    return _data()[1].get(name, name)


@lru_cache(maxsize=2048)
def parameters(name: str, version: KerasVersion) -> Signature | None:
    """The parameters of a function in order; None if the installed packages do not have it."""
    signatures, aliases = _data()
    for spelled in (full_name(name, version), full_name(name, KerasVersion.V2)):
        found = signatures.get(aliases.get(spelled, spelled))
        if found is not None:
            return tuple(item if isinstance(item, str) else tuple(item) for item in found)
    return _FIRST_TENSORFLOW.get(name)


def bind(
    signature: Signature, args: Sequence[Any], kwargs: Mapping[str, Any], own: Mapping[str, str]
) -> dict[str, Any] | None:
    """Every parameter by the rule's name for it; None if the arguments do not fit the signature."""
    names = [item if isinstance(item, str) else item[0] for item in signature]
    bound: dict[str, Any] = {}
    positional = [name for name in names if not name.startswith("*")]
    rest = next((name[1:] for name in names if name[:1] == "*" and name[:2] != "**"), None)
    if rest is not None:
        before = names[: names.index("*" + rest)]
        bound.update(zip(before, args))
        bound[rest] = tuple(args[len(before) :])
    elif len(args) > len(positional):
        return None
    else:
        bound.update(zip(positional, args))
    extra: dict[str, Any] = {}
    roles = {name: _role(name, own) for name in positional}
    by_role = {role: name for name, role in roles.items()}
    for key, value in kwargs.items():
        name = key if key in roles else by_role.get(_role(key, own))
        if name is None and any(str(item).startswith("**") for item in names):
            extra[key] = value
            continue
        if name is None or name in bound:
            return None
        bound[name] = value
    result: dict[str, Any] = dict(extra)
    for item in signature:
        if isinstance(item, str):
            if item.startswith("**"):
                continue
            if item.lstrip("*") not in bound:
                return None
            result[_role(item.lstrip("*"), own)] = bound[item.lstrip("*")]
        elif item[0] != "name":
            result[_role(item[0], own)] = bound.get(item[0], item[1])
    return result


def role_at(signature: Signature, position: int | str, own: Mapping[str, str]) -> str | None:
    """The rule's name for an argument given at a position, or by a name."""
    if isinstance(position, str):
        return _role(position, own)
    if position >= len(signature):
        return None
    item = signature[position]
    return _role((item if isinstance(item, str) else item[0]).lstrip("*"), own)


def _role(name: str, own: Mapping[str, str]) -> str:
    return own.get(name) or _USUAL.get(name, name)
