"""What is drawn: boxes for calls, arrows for tensors."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.rules.printable import printable

PLAIN, INPUT, PATH, BROKEN = "plain", "input", "path", "broken"


@dataclass(slots=True)
class Box:
    """One call: its layer's name and class, its output shape, its place in the program and the line there.

    ``within`` are the calls of functions and models in which it came about, outermost first: the title
    of each, and a number that no other has.
    """

    key: int
    name: str
    type_name: str
    shape: str
    place: str = ""
    code: str = ""
    kind: str = PLAIN
    parameters: str = ""
    within: tuple[tuple[str, int], ...] = ()

    @property
    def lines(self) -> list[str]:
        """The text in the box."""
        head = self.name if self.name == self.type_name else f"{self.name} ({self.type_name})"
        lines = [head, self.shape, *([self.place] if self.kind == BROKEN else [])]
        return [printable(line) for line in lines]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A tensor on its way from one call to another."""

    source: int
    target: int
    broken: bool = False


@dataclass(slots=True)
class Graph:
    """Boxes in topological order."""

    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
