"""The arguments of an op by name, from the generated signatures."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.versions import KerasVersion

_DATA = Path(__file__).parents[1] / "data" / "op_signatures.json"


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """A parameter that can be given by name."""

    name: str
    required: bool = True
    default: object = None


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """The parameters of a function.

    ``first`` come before ``*args``, ``later`` after it.  ``rest`` is the name of ``*args``, if any;
    ``open`` says whether there is a ``**kwargs``.
    """

    first: tuple[Parameter, ...]
    rest: str | None = None
    later: tuple[Parameter, ...] = ()
    open: bool = False

    @property
    def named(self) -> tuple[Parameter, ...]:
        return (*self.first, *self.later)

    def takes(self, keywords: Collection[str]) -> bool:
        return self.open or {item.name for item in self.named}.issuperset(keywords)

    def place_of(self, name: str) -> int | None:
        """The position of a parameter; None where there is none of this name."""
        return next((at for at, item in enumerate(self.first) if item.name == name), None)

    def name_at(self, position: int) -> str | None:
        """The parameter that an argument at this position goes to."""
        return self.first[position].name if position < len(self.first) else self.rest

    def bind(
        self, args: Sequence[object], kwargs: Mapping[str, object], own: Mapping[str, str]
    ) -> dict[str, object] | None:
        """Every argument by the rule's name for it; None where the arguments do not fit."""
        bound: dict[str, object] = {item.name: given for item, given in zip(self.first, args)}
        left_over = args[len(self.first) :]
        if left_over and self.rest is None:
            return None
        result: dict[str, object] = {}
        roles = {item.name: role_of(item.name, own) for item in self.named}
        by_role = {role: name for name, role in roles.items()}
        for key, value in kwargs.items():
            name = key if key in roles else by_role.get(role_of(key, own))
            if name is None and self.open:
                result[key] = value
            elif name is None or name in bound:
                return None
            else:
                bound[name] = value
        if self.rest is not None:
            result[role_of(self.rest, own)] = tuple(left_over)
        for item in self.named:
            if item.required and item.name not in bound:
                return None
            if item.required or item.name != "name":
                result[roles[item.name]] = bound.get(item.name, item.default)
        return result


# Names that differ between namespaces, and the rules' common name.  An op's own aliases come first.
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


# Spellings of TensorFlow and the old backend for ops that ``keras.ops`` has, too.
_COMMON = {
    "concat": "concatenate", "take": "gather", "permute_dimensions": "transpose",
    "reduce_variance": "var", "repeat_elements": "repeat", "int_shape": "shape",
}  # fmt: skip


# Functions of TensorFlow 1 that remain in tf.compat.v1 only.
_IN_TENSORFLOW_1: dict[str, list[Any]] = {
    "tf.image.resize_images": [
        "images", "size", ["method", "bilinear"], ["align_corners", False],
        ["preserve_aspect_ratio", False], ["name", None],
    ],
    **{f"tf.image.resize_{how}": ["images", "size", ["align_corners", False], ["name", None]]
       for how in ("bilinear", "nearest_neighbor", "bicubic", "area")},
}  # fmt: skip


def common_name(last: str) -> str:
    """The common name for all spellings of an op: ``reduce_sum`` is ``sum``."""
    return _COMMON.get(last) or last.removeprefix("reduce_")


@lru_cache(maxsize=1)
def _data() -> tuple[dict[str, list[Any]], dict[str, str]]:
    read = json.loads(_DATA.read_text(encoding="utf-8"))
    return read["signatures"], read["aliases"]


def functions() -> frozenset[str]:
    """Every function in the generated file, by its plain name."""
    return frozenset(_data()[0])


def full_name(name: str, version: KerasVersion) -> str:
    """The backend functions and activations of the two versions are different functions."""
    space, _, rest = name.partition(".")
    return f"{space}{int(version)}.{rest}" if space in ("K", "activations") else name


# Pictures are read by functions of two modules.
_MOVED = {
    f"tf.io.decode_{kind}": f"tf.image.decode_{kind}" for kind in ("png", "jpeg", "bmp", "image")
}


@lru_cache(maxsize=2048)
def plain_name(name: str) -> str:
    """The one name for a function that has several: ``tf.math.add`` is ``tf.add``."""
    return _data()[1].get(name) or _MOVED.get(name, name)


@lru_cache(maxsize=2048)
def parameters(name: str, version: KerasVersion) -> Signature | None:
    """The parameters of a function; None where the installed packages do not have it."""
    signatures, aliases = _data()
    for spelled in (full_name(name, version), full_name(name, KerasVersion.V2)):
        found = signatures.get(aliases.get(spelled, spelled))
        if found is not None:
            return _signature(found)
    older = _IN_TENSORFLOW_1.get(name)
    return None if older is None else _signature(older)


def _signature(items: Sequence[Any]) -> Signature:
    """From the data file: ``"x"``, ``["axis", -1]``, ``"*args"``, ``"**kwargs"``."""
    first: list[Parameter] = []
    later: list[Parameter] = []
    rest, is_open = None, False
    for item in items:
        name, *default = [item] if isinstance(item, str) else item
        if name.startswith("**"):
            is_open = True
        elif name.startswith("*"):
            rest = name[1:]
        else:
            made = Parameter(name, False, default[0]) if default else Parameter(name)
            (first if rest is None else later).append(made)
    return Signature(tuple(first), rest, tuple(later), is_open)


def role_of(name: str, own: Mapping[str, str]) -> str:
    """The rule's name for an argument."""
    return own.get(name) or _USUAL.get(name, name)
