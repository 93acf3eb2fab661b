"""The values that lead to a failure, as the user reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kerasmergelint.dataclass import dataclass

_MOST_TOLD: Final = 4


@dataclass(frozen=True, slots=True)
class Given:
    """A value for something that is not known.

    ``name`` is how the program would write it, or None where it has no name; ``reason`` says why it is not
    known.  ``value`` is a shape if it is a ``tensor``, else an expression of Python's.  A ``parameter`` is an
    argument of the function that is entered by itself.
    """

    name: str | None
    value: str
    reason: str = ""
    tensor: bool = False
    parameter: bool = False

    def __str__(self) -> str:
        """As messages show it.

        >>> print(Given("x", "(None, 8)", tensor=True), "and", Given("n", "3"))
        x (None, 8) and n = 3
        """
        name = self.name or "something unknown"
        return f"{name} {self.value}" if self.tensor else f"{name} = {self.value}"


@dataclass(frozen=True, slots=True)
class Witness:
    """All that has to be chosen for a failure to be met."""

    given: tuple[Given, ...] = ()


def in_words(given: Iterable[Given]) -> str:
    """What has a name, in a few words; empty if nothing has.

    >>> in_words([Given("x", "(None, 8)", tensor=True), Given(None, "3"), Given("n", "3")])
    'x (None, 8) and n = 3'
    """
    told = [str(one) for one in given if one.name is not None]
    if len(told) > _MOST_TOLD:
        told = [*told[:_MOST_TOLD], f"{len(told) - _MOST_TOLD} more"]
    return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)
