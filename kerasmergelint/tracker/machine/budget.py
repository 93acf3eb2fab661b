"""How much work the runs for a file may do."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass


@dataclass(slots=True)
class Budget:
    """The steps that all runs for one file may use together."""

    steps: int
    depth: int = 120
    used: int = 0

    @property
    def left(self) -> int:
        return self.steps - self.used
