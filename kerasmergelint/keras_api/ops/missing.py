"""None where an op of Keras wants a tensor: an open size, as a rule, which ``ops.shape`` gives as None.

Measured with a draw of each op that works, in which one tensor after the other was None: without a
symbolic tensor beside it, every op refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kerasmergelint.keras_api.ops.binding import Signature, role_of
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import V3, KerasVersion, since

_TENSORS = frozenset({"x", "xs", "y", "indices"})
_LISTED = frozenset({"ops.convert_to_tensor", "ops.array"})
# Beside a symbolic tensor, these look at its shape alone.
_LENIENT = frozenset({
    "ops.arctan2", "ops.ctc_decode", "ops.equal", "ops.greater", "ops.greater_equal", "ops.in_top_k",
    "ops.isclose", "ops.isin", "ops.less", "ops.less_equal", "ops.logical_and", "ops.logical_or",
    "ops.logical_xor", "ops.not_equal", "ops.scatter", "ops.scatter_update", "ops.slice_update", "ops.take",
    "ops.where",
})  # fmt: skip
# Sizes and numbers that an op cannot do without, by the parameter.
_NUMBERS = {
    "ops.arange": "start", "ops.empty": "shape", "ops.eye": "N", "ops.full": "fill_value",
    "ops.identity": "n", "ops.linspace": "num", "ops.ones": "shape", "ops.repeat": "repeats",
    "ops.split": "indices_or_sections", "ops.tri": "N", "ops.zeros": "shape",
}  # fmt: skip
_COMPARES_TYPES = since("3.10")  # also of what is beside a symbolic tensor; not measured before
_HINT = "an open size is None outside of layers: compute with it in the `call` of a layer"


def refuse(
    name: str,
    signature: Signature,
    aliases: Mapping[str, str],
    bound: Mapping[str, object],
    version: KerasVersion,
) -> None:
    """Raises where a tensor that the op needs is None."""
    if (
        version not in V3
        or not name.startswith("ops.")
        or not any(map(_holds_none, bound.values()))
    ):
        return
    number = _NUMBERS.get(name)
    lacks_number = number is not None and bound.get(role_of(number, aliases), number) is None
    if lacks_number and (name != "ops.arange" or bound.get("stop") is None):
        raise bad(f"`{number}` is None", hint=_HINT)
    needed = {role_of(item.name, aliases) for item in signature.named if item.required}
    if signature.rest is not None:
        needed.add(role_of(signature.rest, aliases))
    for place, role in enumerate(bound):
        if role in needed & _TENSORS and _lacks(name, role, bound[role]):
            if _is_refused(name, bound, version):
                raise bad("a tensor is None", operand=place, hint=_HINT)
            return


def _holds_none(value: object) -> bool:
    return value is None or (isinstance(value, (list, tuple)) and any(map(_holds_none, value)))


def _lacks(name: str, role: str, value: object) -> bool:
    if value is None:
        return True
    listed = isinstance(value, (list, tuple)) and (role == "xs" or name in _LISTED)
    return listed and any(item is None for item in _items(value))


def _items(value: object) -> Iterator[object]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _items(item)
    else:
        yield value


def _is_refused(name: str, bound: Mapping[str, object], version: KerasVersion) -> bool:
    leaves = [leaf for value in bound.values() for leaf in _items(value)]
    kinds = {leaf.kind for leaf in leaves if isinstance(leaf, TensorSpec)}
    if not kinds & {TensorKind.KERAS, TensorKind.ANY}:
        return True
    return name not in _LENIENT and version in _COMPARES_TYPES
