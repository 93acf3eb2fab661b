"""What the base class of all layers refuses: names, and data types that there are not."""

from __future__ import annotations

from kerasmergelint.keras_api.dtype_names import NUMBERS
from kerasmergelint.keras_api.problems import refused
from kerasmergelint.keras_api.protocol import Broken, Config, Problem, ProblemKind
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.regex import regex

_IN_BOTH = NUMBERS | {
    "bool", "string", "complex64", "complex128", "float8_e4m3fn", "float8_e5m2",
}  # fmt: skip
_IN_KERAS_3 = _IN_BOTH | {"int"}
_IN_KERAS_2 = _IN_BOTH | {
    "", "float", "double", "half", "resource", "variant", "qint8", "qint16", "qint32", "quint8", "quint16",
    "int2", "int4", "uint2", "uint4", "float8_e4m3b11fnuz", "float8_e4m3fnuz", "float8_e5m2fnuz",
    "float4_e2m1fn",
}  # fmt: skip

_HAVE_THEIR_OWN_DTYPE = frozenset({"IntegerLookup", "StringLookup"})


def refused_name(name: object, version: KerasVersion) -> Broken | None:
    """Why a layer or model must not have this name; None if it may, or the name is not known.

    >>> refused_name("block/conv", KerasVersion.V3).problem.detail
    "`name` must not contain `/`, got 'block/conv'"
    >>> refused_name("block/conv", KerasVersion.V2)
    """
    if isinstance(name, (int, float, list, tuple)):
        return refused(f"`name` must be a string, got {name!r}", _error(version))
    if isinstance(name, str) and "/" in name and version in V3:
        hint = f"write {name.replace('/', '_')!r}"
        detail = f"`name` must not contain `/`, got {name!r}"
        return Broken(Problem(ProblemKind.NOT_IN_KERAS_3, "ValueError", detail, hint=hint))
    return None


# What tf.name_scope takes where no other scope is around it.
_SCOPE = regex(r"[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*")


def is_scope(name: str) -> bool:
    """Whether ``tf.name_scope`` takes a name.

    >>> is_scope("max_pool/a"), is_scope("max pool")
    (True, False)
    """
    return not name or _SCOPE.fullmatch(name) is not None


def refused_scope(name: str, version: KerasVersion, *, around: str = "") -> Broken | None:
    """Why a layer of this name cannot be called in a functional model: Keras 2 makes a scope of it.

    ``around`` is a scope that may be around that.

    >>> refused_scope("max pool", KerasVersion.V2).problem.detail
    "TensorFlow takes no scope named 'max pool'"
    >>> refused_scope("max_pool/a", KerasVersion.V2)
    >>> refused_scope("max pool", KerasVersion.V3)
    >>> refused_scope("_pool", KerasVersion.V2, around="block/")
    """
    if version in V3 or not name or is_scope(around + name):
        return None
    hint = "a name begins with a letter or digit, and has letters, digits, and any of `_.-/`"
    return refused(f"TensorFlow takes no scope named {name!r}", "ValueError", hint=hint)


def refused_dtype(dtype: object, version: KerasVersion) -> Broken | None:
    """Why an input cannot have this data type; None if it can, or the type is not known.

    >>> refused_dtype("flot32", KerasVersion.V2).problem.detail
    "there is no dtype 'flot32'"
    >>> refused_dtype("float", KerasVersion.V2)
    """
    if not isinstance(dtype, str):
        return None
    known = _IN_KERAS_2 if version in V2 else _IN_KERAS_3
    if dtype.removesuffix("_ref" if version in V2 else "") in known:
        return None
    return refused(f"there is no dtype {dtype!r}", _error(version))


def refused_policy(dtype: object, version: KerasVersion) -> Broken | None:
    """The same for a layer, which may compute in another type than its weights have."""
    policy = isinstance(dtype, str) and (dtype.startswith(("mixed_", "_")) or "_from_" in dtype)
    return None if policy else refused_dtype(dtype, version)


def check(layer: str, config: Config, version: KerasVersion) -> None:
    """Raises :class:`Broken` where the constructor of any layer would."""
    broken = refused_name(config.get("name"), version)
    if broken is None and not (version in V3 and layer in _HAVE_THEIR_OWN_DTYPE):
        broken = refused_policy(config.get("dtype"), version)
    if broken is not None:
        raise broken


def _error(version: KerasVersion) -> str:
    return "TypeError" if version in V2 else "ValueError"
