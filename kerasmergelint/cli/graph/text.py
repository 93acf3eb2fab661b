"""The graph as text for other tools: Mermaid and Graphviz."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.cli.graph.graph import BROKEN, INPUT, PATH, Graph

_CLASSES = {
    INPUT: "fill:#e8f0fe,stroke:#4a6fa5,color:#111",
    PATH: "fill:#fdecea,stroke:#c62828,color:#111",
    BROKEN: "fill:#c62828,stroke:#7f0000,color:#fff",
}
_COLOURS = {
    INPUT: ("#e8f0fe", "#4a6fa5", "black"),
    PATH: ("#fdecea", "#c62828", "black"),
    BROKEN: ("#c62828", "#7f0000", "white"),
}


def mermaid(graph: Graph) -> str:
    """A flowchart, which GitHub and many wikis render."""
    return "\n".join(_mermaid(graph)) + "\n"


def _mermaid(graph: Graph) -> Iterator[str]:
    yield "flowchart TD"
    for box in graph.boxes:
        label = "<br/>".join(_mermaid_text(line) for line in box.lines)
        yield f'    n{box.key}["{label}"]'
    for arrow in graph.arrows:
        yield f"    n{arrow.source} --> n{arrow.target}"
    for kind, style in _CLASSES.items():
        members = [f"n{box.key}" for box in graph.boxes if box.kind == kind]
        if members:
            yield f"    classDef {kind} {style}"
            yield f"    class {','.join(members)} {kind}"
    red = [str(index) for index, arrow in enumerate(graph.arrows) if arrow.broken]
    if red:
        yield f"    linkStyle {','.join(red)} stroke:#c62828,stroke-width:3px"


def _mermaid_text(text: str) -> str:
    for char, entity in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;")):
        text = text.replace(char, entity)
    return text


def dot(graph: Graph) -> str:
    """A digraph for Graphviz."""
    return "\n".join(_dot(graph)) + "\n"


def _dot(graph: Graph) -> Iterator[str]:
    yield "digraph model {"
    yield '  node [shape=box, style="rounded,filled", fillcolor=white, fontname="sans-serif"];'
    for box in graph.boxes:
        label = "\\n".join(_dot_text(line) for line in box.lines)
        fill, line, text = _COLOURS.get(box.kind, ("white", "black", "black"))
        yield (
            f'  n{box.key} [label="{label}", fillcolor="{fill}", color="{line}", fontcolor="{text}"];'
        )
    for arrow in graph.arrows:
        style = ' [color="#c62828", penwidth=2.5]' if arrow.broken else ""
        yield f"  n{arrow.source} -> n{arrow.target}{style};"
    yield "}"


def _dot_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
