"""How much a child process may take."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` hold for one finding (or one program), the rest for one job; sizes are in bytes.

    ``memory`` counts what the job itself takes, beyond what TensorFlow's import took.
    """

    seconds: float = 60.0
    memory: int = 4 << 30
    output: int = 16 << 20
    file: int = 256 << 20
    processes: int = 32

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
