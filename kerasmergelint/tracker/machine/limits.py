"""How large a value may grow, and what work on large ones costs.

Steps bound how often something is done, not how much is done at once: one operator can make a
string of a terabyte.  So operations that multiply sizes are checked before they are computed, those
that add to them afterwards, and work on many items is charged as several steps.  Beyond the limits
a value is unknown: no shape in a program that runs depends on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.regex import regex
from kerasmergelint.tracker.machine.interpreter import ITEMS_A_STEP, Interpreter
from kerasmergelint.tracker.values.containers import DictV, IteratorV, ListV, SetV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.objects import PartialV
from kerasmergelint.tracker.values.value import Args, External, Keywords, UnknownV, Value

MAX_LENGTH = 100_000  # items of a collection, characters of a string
MAX_BITS = 4_096  # of an integer
_MAX_PARTS = 5_000  # of tuples in tuples
_MAX_PARTIALS = 100

TOO_LARGE = "a value that is too large to follow"

_WIDE = regex(r"[0-9]{6}")
_PADDING = frozenset({"center", "expandtabs", "ljust", "rjust", "zfill"})


def fits(value: Value) -> bool:
    """Whether a constant, or a tuple, is within the limits."""
    if isinstance(value, int):
        return value.bit_length() <= MAX_BITS
    if isinstance(value, tuple):
        return len(value) <= MAX_LENGTH and not _is_overgrown(value)
    if isinstance(value, (str, bytes, frozenset)):
        return len(value) <= MAX_LENGTH
    return True


def _is_overgrown(value: tuple[Value, ...]) -> bool:
    """Whether nested tuples have too many parts in all: shared parts make that possible in few steps."""
    stack, parts = [value], 0
    while stack:
        for item in stack.pop():
            if isinstance(item, tuple):
                stack.append(item)
                parts += 1 + len(item)
                if parts > _MAX_PARTS:
                    return True
    return False


_USUAL = 2**60  # no size is larger
# What has no parts that could be many; most calls and operators give one of these.
_SMALL = frozenset({bool, float, type(None), TensorV, LayerV, UnknownV, External})


def bounded(interp: Interpreter, value: Value) -> Value:
    """A value that was just made, or unknown if it is too large."""
    kind = type(value)
    if kind in _SMALL or (type(value) is str and len(value) < ITEMS_A_STEP):
        return value
    if kind is int and isinstance(value, int) and -_USUAL < value < _USUAL:
        return value
    if isinstance(value, (int, str, tuple, bytes)):
        if not fits(value):
            interp.charge(_MAX_PARTS)  # what the check itself took
            return interp.unknown(TOO_LARGE)
        if not isinstance(value, int):
            interp.charge(len(value))
    elif isinstance(value, (ListV, SetV, DictV, IteratorV)):
        interp.charge(len(value.items))
        if isinstance(value, (ListV, SetV, IteratorV)) and value.items:
            first = value.items[0]
            if isinstance(first, tuple) and _is_overgrown(first):
                return interp.unknown(TOO_LARGE)
        trim(value)
    return value


def trim(value: Value) -> None:
    """Cut a collection down to as many items as it may have."""
    if isinstance(value, (ListV, SetV)) and len(value.items) > MAX_LENGTH:
        del value.items[MAX_LENGTH:]
        value.open, value.reason = True, TOO_LARGE
    elif isinstance(value, DictV) and len(value.items) > MAX_LENGTH:
        value.items = {}
        value.open, value.reason = True, TOO_LARGE


# -- what multiplies ------------------------------------------------------------------------


def explodes(operator: str, left: Value, right: Value) -> bool:
    """Whether an operator on two constants may give too large a value."""
    if operator == "**":
        if not isinstance(left, int) or not isinstance(right, int) or left in (0, 1, -1):
            return False
        return left.bit_length() * abs(right) > MAX_BITS
    if operator == "<<":
        return isinstance(left, int) and isinstance(right, int) and right > MAX_BITS
    if operator == "*":
        for one, other in ((left, right), (right, left)):
            if isinstance(one, (str, bytes, tuple)) and isinstance(other, int):
                return len(one) * other > MAX_LENGTH
    if operator == "%" and isinstance(left, (str, bytes)):
        return bool(_formats_wide(left, right if isinstance(right, tuple) else (right,), "*"))
    return False


def _formats_wide(template: str | bytes, values: tuple[Value, ...], mark: str) -> bool:
    """Whether a format asks for a huge width, itself or through a value at its ``mark``."""
    text = template if isinstance(template, str) else template.decode("latin-1")
    if _WIDE.search(text):
        return True
    return mark in text and any(isinstance(v, int) and abs(v) > MAX_LENGTH for v in values)


def widens(spec: str) -> bool:
    """Whether a format specification asks for a huge width."""
    return _WIDE.search(spec) is not None


def method_explodes(text: str, name: str, args: Args, keywords: Keywords) -> bool:
    """Whether a method of a string may give too large a value."""
    values = (*args, *keywords.values())
    if name in _PADDING:
        return any(isinstance(v, int) and v > MAX_LENGTH for v in values)
    if name == "replace":
        new = args[1] if len(args) > 1 else ""
        return isinstance(new, str) and (len(text) + 1) * len(new) > 10 * MAX_LENGTH
    if name == "format":
        return _formats_wide(text, values, "{}")
    return False


def function_explodes(name: str, args: Args) -> bool:
    """Whether a function of numbers may give too large a value."""
    numbers = [a for a in args if isinstance(a, int)]
    if name in ("factorial", "comb", "perm"):
        return any(abs(number) > 500 for number in numbers)
    if name in ("pow", "power") and len(args) == 2:
        return explodes("**", args[0], args[1])
    if name in ("bytes", "bytearray"):
        return any(number > MAX_LENGTH for number in numbers)
    if name == "format":
        return len(args) > 1 and isinstance(args[1], str) and widens(args[1])
    return False


def is_long_partial(value: Value) -> bool:
    """Whether partials of partials are nested too deep."""
    depth = 0
    while isinstance(value, PartialV):
        value, depth = value.function, depth + 1
        if depth > _MAX_PARTIALS:
            return True
    return False


def join_explodes(separator: str, items: Sequence[str]) -> bool:
    """Whether joining strings gives too large a value."""
    total = len(separator) * len(items)
    for item in items:
        total += len(item)
        if total > MAX_LENGTH:
            return True
    return False
