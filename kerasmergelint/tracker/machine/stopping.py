"""Ending a run that nobody waits for any more, because its text has changed meanwhile."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass


class Stopped(BaseException):
    """Raised inside a run that is to stop; no handler of errors must catch it."""


@dataclass(slots=True)
class Stop:
    """Tells a run to stop, from another thread; the run looks at every call."""

    asked: bool = False

    def ask(self) -> None:
        self.asked = True
