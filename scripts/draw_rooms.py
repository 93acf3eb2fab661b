"""Draw the rooms of the package in docs/design.md, by what their files import.

usage: python scripts/draw_rooms.py

An arrow leads from a room to one that it imports from.  It is left out where other arrows lead there
as well, so the picture stays readable.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = "kerasmergelint"
PAGE = ROOT / "docs" / "design.md"
BEGIN, END = "<!-- rooms: scripts/draw_rooms.py -->\n", "<!-- end of rooms -->\n"
# Open to all: arrows to these would only hide the others.
EVERYWHERE = frozenset(
    {"constructors", "dataclass", "files", "garbage", "late", "options", "regex", ""}
)
Graph = dict[str, set[str]]


def room_of(module: str) -> str:
    """The room that a module stands in; nothing for the package itself.

    >>> room_of("kerasmergelint.tracker.keras.layers"), room_of("kerasmergelint.shapes.shape")
    ('tracker/keras', 'shapes')
    """
    parts = module.split(".")[1:]
    return "/".join(parts[:2] if parts[:1] == ["tracker"] else parts[:1])


def imported(text: str) -> Iterator[str]:
    """The modules of the package that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith(PACKAGE))


def rooms() -> Graph:
    """Which rooms each room imports from."""
    graph: Graph = {}
    for file in sorted((ROOT / PACKAGE).rglob("*.py")):
        if "child" in file.parts:
            continue  # runs beside TensorFlow, with nothing of ours
        room = room_of(".".join(file.relative_to(ROOT).with_suffix("").parts))
        if room not in EVERYWHERE and room not in {"__init__", "__main__", "tracker/__init__"}:
            found = {room_of(module) for module in imported(file.read_text(encoding="utf-8"))}
            graph.setdefault(room, set()).update(found - EVERYWHERE - {room})
    return {room: used & graph.keys() for room, used in graph.items()}


def reachable(graph: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    stack = [start]
    while stack:
        new = graph[stack.pop()] - seen
        seen |= new
        stack.extend(new)
    return seen


def reduced(graph: Graph) -> Graph:
    """Without the arrows that a longer way makes up for; the graph has no circles."""
    return {
        room: used - {far for near in used for far in reachable(graph, near)}
        for room, used in graph.items()
    }


def _box(room: str) -> str:
    return f'{room.replace("/", "_")}["{room}"]'


def drawing() -> str:
    """The picture as a Mermaid block."""
    arrows = [
        f"  {_box(room)} --> {_box(other)}"
        for room, used in sorted(reduced(rooms()).items())
        for other in sorted(used)
    ]
    return "\n".join(["```mermaid", "flowchart TD", *arrows, "```", ""])


def with_drawing(page: str) -> str:
    """The page with the picture of today between its two marks."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + drawing() + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(with_drawing(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
