"""Exceptions that the program raises."""

from __future__ import annotations

from dataclasses import dataclass

from kerasmergelint.tracker.values.objects import ClassV
from kerasmergelint.tracker.values.value import Value


@dataclass(frozen=True, slots=True)
class ExceptionV:
    """An exception object: its class name, and the class if the program defines it."""

    type_name: str
    cls: ClassV | None = None
    args: tuple[Value, ...] = ()


class Raised(Exception):
    """The abstract program raises.

    ``certain`` is False where we only suppose so (nothing may be concluded from the end of the path).
    """

    def __init__(self, exception: ExceptionV) -> None:
        super().__init__(exception.type_name)
        self.exception = exception
