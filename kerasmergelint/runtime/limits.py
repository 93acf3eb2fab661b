"""What a child process may use."""

from __future__ import annotations

from dataclasses import asdict

from kerasmergelint.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` is per finding (or program), the rest per job; sizes are in bytes.

    ``memory`` is what the job itself takes, on top of the imported TensorFlow.
    """

    seconds: float = 60.0
    memory: int = 4 << 30
    output: int = 16 << 20
    file: int = 256 << 20
    processes: int = 32

    def as_json(self) -> dict[str, object]:
        return asdict(self)
