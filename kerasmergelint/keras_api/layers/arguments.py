"""What the constructors of many layers refuse: sizes, windows, paddings, formats.

A check takes the configuration, and passes whatever may be right.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kerasmergelint.keras_api.layers.rules import Check
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.problems import refused
from kerasmergelint.keras_api.protocol import Config, Opaque, SubLayer, TensorSpec
from kerasmergelint.keras_api.versions import V2, KerasVersion, Versions
from kerasmergelint.shapes import UNKNOWN, Expr


def all_of(*checks: Check) -> Check:
    """Several checks, one after the other."""

    def check(config: Config, version: KerasVersion) -> None:
        for each in checks:
            each(config, version)

    return check


def only(versions: Versions, check: Check) -> Check:
    """A check that some versions of Keras make."""

    def wrapped(config: Config, version: KerasVersion) -> None:
        if version in versions:
            check(config, version)

    return wrapped


def is_unknown(value: object) -> bool:
    """Whether a value may be a number or a container of numbers."""
    return value is UNKNOWN or isinstance(value, (Expr, Opaque, TensorSpec, SubLayer))


def is_flag_set(config: Config, name: str, default: bool = False) -> bool | None:
    """A switch; None where it is unknown."""
    value = config.get(name, default)
    return None if is_unknown(value) else bool(value)


def size_of(config: Config, name: str) -> int | None:
    """A known size; Keras 2 rounds floats down."""
    value = config.get(name)
    if isinstance(value, float):
        return int(value)
    return value if isinstance(value, int) else None


# -- one number -----------------------------------------------------------------------------


def positive_int(name: str) -> Check:
    """A positive int; Keras 2 converts what it can, and often takes 0."""

    def check(config: Config, version: KerasVersion) -> None:
        value = config.get(name)
        if is_unknown(value) or isinstance(value, bool):
            return
        if version in V2:
            value = _converted(name, value)
        elif not isinstance(value, int):
            raise refused(f"`{name}` must be a positive integer, got {value!r}")
        if value < 0 or (value == 0 and version not in V2):
            raise refused(f"`{name}` must be a positive integer, got {value}")

    return check


def _converted(name: str, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise refused(f"`{name}` must be a positive integer, got {value!r}") from None


def number_above_zero(name: str) -> Check:
    """A number above zero; values that do not compare with zero are refused, too."""

    def check(config: Config, version: KerasVersion) -> None:
        value = config.get(name)
        if is_unknown(value):
            return
        if not isinstance(value, (int, float)) or value <= 0:
            raise refused(f"`{name}` must be positive, got {value!r}")

    return check


# -- windows --------------------------------------------------------------------------------


def sizes(
    name: str, length: int, *, zero: bool = False, optional: bool = False, floats: bool = True
) -> Check:
    """One int for all axes, or one per axis; among the latter Keras lets floats pass."""

    def check(config: Config, version: KerasVersion) -> None:
        if name not in config:
            return
        value = config[name]
        if is_unknown(value) or (optional and value is None):
            return
        if isinstance(value, int):
            items = [value]
        elif isinstance(value, (list, tuple)):
            if len(value) != length:
                wanted = counted(length, "entry", "entries")
                raise refused(f"`{name}` must have {wanted}, got {_shown(value)}")
            items = list(value)
        else:
            raise refused(f"`{name}` must be an integer or {length} integers, got {value!r}")
        for item in items:
            if isinstance(item, float) and not floats:
                raise refused(f"`{name}` must hold integers, got {_shown(value)}")
            _check_item(name, item, value, zero=zero)

    return check


def _check_item(name: str, item: object, value: object, *, zero: bool) -> None:
    if is_unknown(item):
        return
    if not isinstance(item, (int, float)):
        raise refused(f"`{name}` must hold integers, got {_shown(value)}")
    if item < 0 or (item == 0 and not zero):
        raise refused(f"`{name}` must be positive, got {_shown(value)}")


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return f"({', '.join('?' if is_unknown(item) else repr(item) for item in value)})"
    return repr(value)


def largest(value: object) -> int | None:
    """The largest of the known sizes."""
    items = value if isinstance(value, (list, tuple)) else [value]
    known = [item for item in items if isinstance(item, int)]
    return max(known) if known else None


# -- words ----------------------------------------------------------------------------------


def one_of(name: str, allowed: Collection[object], *, fold: bool = False) -> Check:
    """One of a list of words; with ``fold``, case does not matter."""

    def check(config: Config, version: KerasVersion) -> None:
        if name not in config:
            return
        value = config[name]
        if is_unknown(value) or isinstance(value, (list, tuple)):
            return
        if fold and isinstance(value, str):
            value = value.lower()
        if value not in allowed:
            words = ", ".join(repr(item) for item in allowed)
            raise refused(f"`{name}` must be one of {words}, got {value!r}")

    return check


data_format = one_of("data_format", (None, "channels_first", "channels_last"), fold=True)


# -- strides --------------------------------------------------------------------------------


def stride_or_dilation(config: Config, version: KerasVersion) -> None:
    """A convolution may have strides or a dilation, not both."""
    strides, dilation = largest(config.get("strides", 1)), largest(config.get("dilation_rate", 1))
    if (strides or 1) > 1 and (dilation or 1) > 1:
        raise refused("strides > 1 cannot be combined with dilation_rate > 1")
