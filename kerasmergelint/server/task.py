"""What an analysis is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.dataclass import dataclass
from kerasmergelint.server.program import Program


@dataclass(frozen=True, slots=True)
class Task:
    """A program to analyse, with all that matters for it; ``texts`` are those of open files, by path.

    ``world`` counts the changes of anything but the program itself.
    """

    program: Program
    folder: str
    configuration: Configuration
    texts: Mapping[str, str]
    world: int = 0
