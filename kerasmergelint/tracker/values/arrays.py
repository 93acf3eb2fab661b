"""Small constant arrays: NumPy arithmetic on numbers that the program spells out.

The content is a number or a text, or nested tuples of them, as :attr:`TensorV.data` keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import Any

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Shape
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Role, TensorV
from kerasmergelint.tracker.values.operators import ARITHMETIC, COMPARISONS, SYMBOLIC
from kerasmergelint.tracker.values.value import Value

SEQUENCES = "object"  # the dtype of an array of lists of unequal length
TEXTS = "string[python]"  # that of a column of texts, which pandas keeps as objects
MIXED = "object[texts and numbers]"  # that of a table with such columns, and others

Data = Any  # a number, a text, or a tuple of Data

# The NumPy operators that are followed on numbers.
_OPERATORS = {
    **{symbol: ARITHMETIC[symbol] for symbol in ("+", "-", "*", "/", "//", "%", "**", "&", "|")},
    **COMPARISONS,
}


class Mismatch(Exception):
    """Content that cannot be combined element by element."""


_MAX_NUMBERS = 100_000
_MAX_RANK = 64  # NumPy's own limit; lists that hold themselves end here


def data_of(value: Value) -> Data | None:
    """The content of an array-like; None if it is unknown or too large."""
    return _data_of(value, 0, [_MAX_NUMBERS])


def _data_of(value: Value, depth: int, left: list[int]) -> Data | None:
    if isinstance(value, TensorV):
        return value.data
    if isinstance(value, ListV):
        if value.open:
            return None
        value = value.items
    if isinstance(value, (tuple, list, range)):
        left[0] -= len(value)
        if left[0] < 0 or depth > _MAX_RANK:
            return None
        parts = tuple(_data_of(item, depth + 1, left) for item in value)
        return None if any(part is None for part in parts) else parts
    return value if isinstance(value, (bool, int, float, str)) else None


def make(data: Data) -> TensorV | None:
    """An array with known content; None if it is ragged, or NumPy would make texts of its numbers."""
    dims, dtype = _dims(data), _dtype(data)
    if dims is None or dtype == MIXED:
        return None
    return TensorV(TensorSpec(Shape(dims), dtype, TensorKind.ARRAY), data=data)


def binary(operator: str, left: Value, right: Value) -> TensorV | None:
    """An operator on two arrays or numbers, if the content of both is known."""
    function = _OPERATORS.get(operator)
    a, b = data_of(left), data_of(right)
    if function is None or a is None or b is None:
        return None
    try:
        made = make(elementwise(_on_sizes(operator, function), a, b))
    except (Mismatch, ArithmeticError, TypeError, ValueError):
        return None
    sides = [side.spec for side in (left, right) if isinstance(side, TensorV)]
    tensors = [spec for spec in sides if spec.kind is not TensorKind.ARRAY]
    if made is None:
        return None
    if not tensors:
        narrow = not {spec.dtype for spec in sides} <= _OF_CONTENT and operator not in COMPARISONS
        kept = replace(made.spec, dtype=None) if narrow else made.spec
        roles = {side.role for side in (left, right) if isinstance(side, TensorV)}
        role = Role.COLUMN if Role.COLUMN in roles else Role.TENSOR
        return TensorV(kept, data=made.data, role=role)
    spec = TensorSpec(made.spec.shape, _dtype_of_tensors(operator, tensors), tensors[0].kind)
    return TensorV(spec, data=made.data)


def _dtype_of_tensors(operator: str, tensors: list[TensorSpec]) -> str | None:
    """The dtype of TensorFlow's result: Python numbers take that of the tensor beside them."""
    if operator in COMPARISONS:
        return "bool"
    names = {spec.dtype for spec in tensors}
    return names.pop() if len(names) == 1 and operator != "/" else None


def _on_sizes(operator: str, function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """The operator on numbers and symbolic dimensions."""
    symbolic = SYMBOLIC.get(operator)

    def apply(left: Any, right: Any) -> Any:
        if isinstance(left, (int, float)) and isinstance(right, (int, float)):
            return function(left, right)
        if isinstance(left, str) and isinstance(right, str) and operator in COMPARISONS:
            return function(left, right)
        if isinstance(left, str) or isinstance(right, str):
            raise TypeError
        return UNKNOWN if symbolic is None else symbolic(left, right)

    return apply


def elementwise(function: Callable[[Any, Any], Any], left: Data, right: Data) -> Data:
    """Apply a function with NumPy's broadcasting along the leading axes."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        deeper = _depth(left) - _depth(right)
        if deeper > 0:
            return tuple(elementwise(function, item, right) for item in left)
        if deeper < 0:
            return tuple(elementwise(function, left, item) for item in right)
        if len(left) != len(right):
            if 1 not in (len(left), len(right)):
                raise Mismatch
            longest = max(len(left), len(right))
            left = left * longest if len(left) == 1 else left
            right = right * longest if len(right) == 1 else right
        return tuple(elementwise(function, a, b) for a, b in zip(left, right))
    if isinstance(left, tuple):
        return tuple(elementwise(function, item, right) for item in left)
    if isinstance(right, tuple):
        return tuple(elementwise(function, left, item) for item in right)
    return function(left, right)


def flat(data: Data) -> Iterator[Data]:
    """All numbers of an array, in order."""
    if isinstance(data, tuple):
        for item in data:
            yield from flat(item)
    else:
        yield data


def in_shape(numbers: Sequence[Data], dims: tuple[int, ...]) -> Data | None:
    """Numbers in the order of an array, as one of this shape; None if there are more, or fewer."""
    if prod(dims) != len(numbers) or not dims:
        return None
    rows = tuple(numbers)
    for size in reversed(dims[1:]):
        if not size:
            return None
        rows = tuple(rows[start : start + size] for start in range(0, len(rows), size))
    return rows


def picked(data: Data, keys: Sequence[Value]) -> Data | None:
    """``array[key, key]`` for numbers, slices and new axes; None for other keys."""
    if not keys:
        return data
    first, rest = keys[0], keys[1:]
    if first is None:
        inner = picked(data, rest)
        return None if inner is None else (inner,)
    if not isinstance(data, tuple):
        return None
    if type(first) is int and -len(data) <= first < len(data):
        return picked(data[first], rest)
    if not isinstance(first, slice) or not _is_of_numbers(first):
        return None
    parts = tuple(picked(item, rest) for item in data[first])
    return None if any(part is None for part in parts) else parts


def _is_of_numbers(key: slice) -> bool:
    parts = (key.start, key.stop, key.step)
    return key.step != 0 and all(part is None or type(part) is int for part in parts)


def _depth(data: Data) -> int:
    depth = 0
    while isinstance(data, tuple) and data:
        data, depth = data[0], depth + 1
    return depth


def _dims(data: Data) -> tuple[int, ...] | None:
    if not isinstance(data, tuple):
        return ()
    inner = {_dims(item) for item in data}
    if len(inner) > 1 or None in inner:
        return None
    return (len(data), *(inner.pop() or () if inner else ()))


def _dtype(data: Data) -> str | None:
    """That of the widest number: one float makes floats of all."""
    if data == ():
        return "float64"
    types = {type(number) for number in flat(data)}
    if str in types:
        return "string" if len(types) == 1 else MIXED
    if not types <= _WIDTHS.keys():
        return None
    return max((_WIDTHS[kind] for kind in types), default=(0, "float64"))[1]


_WIDTHS = {bool: (0, "bool"), int: (1, "int64"), float: (2, "float64")}
# The dtypes that content tells; an array of another one was asked for it.
_OF_CONTENT = frozenset(name for _, name in _WIDTHS.values())
