"""Amounts on the command line: types for argparse, each with a message for text that is no such amount."""

from __future__ import annotations

from argparse import ArgumentTypeError

from kerasmergelint.options import positive

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
# More than any machine has, or anybody waits for.
_MOST_BYTES = 1 << 50
_MOST_SECONDS = 1e7


def processes(text: str) -> int:
    """A number of processes."""
    found = positive(text)
    if found is None:
        raise ArgumentTypeError(f"{text!r} is not a number of processes, from 1 on")
    return found


def seconds(text: str) -> float:
    """A span of time.

    >>> seconds("0.5")
    0.5
    """
    found = _number(text)
    if not 0 < found <= _MOST_SECONDS:
        raise ArgumentTypeError(f"{text!r} is not a number of seconds, above 0")
    return found


def size(text: str) -> int:
    """A size of memory, in bytes.

    >>> size("512M"), size("1.5GiB"), size("100")
    (536870912, 1610612736, 100)
    """
    number = text.upper().removesuffix("B").removesuffix("I")
    unit = number[-1:] if number[-1:] in _UNITS else ""
    found = _number(number.removesuffix(unit)) * _UNITS[unit]
    if not 1 <= found <= _MOST_BYTES:
        raise ArgumentTypeError(f"{text!r} is not a size such as 512M or 4G")
    return int(found)


def _number(text: str) -> float:
    """The number; for anything else one that is too small for every option."""
    try:
        return float(text)
    except ValueError:
        return -1.0
