"""Going through something that must not be empty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

Item = TypeVar("Item")


def some(things: Iterable[Item]) -> list[Item]:
    """All of them; fails if there is none, for then a loop would assert nothing."""
    found = list(things)
    assert found, "there is nothing to go through"
    return found
