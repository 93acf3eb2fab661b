"""The graph as SVG; it loads nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kerasmergelint.cli.graph.graph import Box, Graph
from kerasmergelint.cli.graph.layout import Layout, Slot, lay_out

_CHAR, _LINE, _PADDING = 7.9, 17.0, 12.0
_LAYER_GAP, _MARGIN = 46.0, 24.0
_MAX_CHARS = 46

_STYLE = """
  .kml { background: #ffffff; font: 13px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
  .kml rect { fill: #f6f8fa; stroke: #57606a; stroke-width: 1.2; }
  .kml text { fill: #1f2328; text-anchor: middle; }
  .kml .name { font-weight: bold; }
  .kml .input rect { fill: #ddf4ff; stroke: #0969da; }
  .kml .path rect { fill: #ffebe9; stroke: #cf222e; stroke-width: 2; }
  .kml .broken rect { fill: #cf222e; stroke: #82071e; stroke-width: 2; }
  .kml .broken text { fill: #ffffff; }
  .kml path { fill: none; stroke: #6e7781; stroke-width: 1.4; }
  .kml path.red { stroke: #cf222e; stroke-width: 3; }
"""


def svg(graph: Graph) -> str:
    """A stand-alone picture."""
    return "\n".join(_svg(graph)) + "\n"


def _svg(graph: Graph) -> Iterator[str]:
    texts = {box.key: [_cut(line) for line in box.lines] for box in graph.boxes}
    widths = {key: _width(lines) for key, lines in texts.items()}
    layout = lay_out(graph, widths)
    tops = list(_tops(layout, texts))
    height = (tops[-1] if tops else 0.0) + 2 * _MARGIN
    width = layout.width + 2 * _MARGIN
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kml" width="{width:.0f}" '
        f'height="{height:.0f}" viewBox="{-_MARGIN:.0f} {-_MARGIN:.0f} {width:.0f} {height:.0f}">'
    )
    yield f"<style>{_STYLE}</style>"
    yield "<defs>" + _head("head", "#6e7781") + _head("redhead", "#cf222e") + "</defs>"
    for arrow, way in zip(graph.arrows, layout.ways):
        ends = (
            'class="red" marker-end="url(#redhead)"' if arrow.broken else 'marker-end="url(#head)"'
        )
        yield f'<path {ends} d="{_curve(way, tops, texts)}"/>'
    for box in graph.boxes:
        yield from _box(box, layout.boxes[box.key], tops, texts[box.key])
    yield "</svg>"


def _head(name: str, colour: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
        f'markerUnits="userSpaceOnUse" orient="auto"><polygon points="0,0 8,4 0,8" fill="{colour}"/>'
        "</marker>"
    )


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_CHARS else text[: _MAX_CHARS - 1] + "…"


def _width(lines: list[str]) -> float:
    return max(len(line) for line in lines) * _CHAR + 2 * _PADDING


def _height(lines: list[str]) -> float:
    return len(lines) * _LINE + _PADDING


def _tops(layout: Layout, texts: dict[int, list[str]]) -> Iterator[float]:
    """The top of each layer, and the bottom of the last."""
    top = 0.0
    for layer in layout.layers:
        yield top
        tallest = max(
            (_height(texts[slot.key]) for slot in layer if slot.key is not None), default=0
        )
        top += tallest + _LAYER_GAP
    yield top - _LAYER_GAP


def _curve(way: list[Slot], tops: list[float], texts: dict[int, list[str]]) -> str:
    """From the foot of the first box, through the layers between, to the head of the last."""
    start, end = way[0], way[-1]
    foot = tops[start.layer] + (_height(texts[start.key]) if start.key is not None else 0)
    words = [f"M{start.x:.1f},{foot:.1f}"]
    x, y = start.x, foot
    for slot in way[1:]:
        top = tops[slot.layer] - (2 if slot is end else 0)
        middle = (y + top) / 2
        words.append(f"C{x:.1f},{middle:.1f} {slot.x:.1f},{middle:.1f} {slot.x:.1f},{top:.1f}")
        x, y = slot.x, top
        if slot is not end:  # straight down through the layer
            y = tops[slot.layer + 1] - _LAYER_GAP
            words.append(f"L{x:.1f},{y:.1f}")
    return " ".join(words)


def _box(box: Box, slot: Slot, tops: list[float], lines: list[str]) -> Iterator[str]:
    top, height = tops[slot.layer], _height(lines)
    yield f'<g class="{box.kind}"><title>{escape(", ".join([*box.lines, box.place]))}</title>'
    yield (
        f'<rect x="{slot.x - slot.width / 2:.1f}" y="{top:.1f}" width="{slot.width:.1f}" '
        f'height="{height:.1f}" rx="6"/>'
    )
    for number, line in enumerate(lines):
        y = top + _PADDING / 2 + (number + 0.75) * _LINE
        kind = ' class="name"' if number == 0 else ""
        yield f'<text{kind} x="{slot.x:.1f}" y="{y:.1f}">{escape(line)}</text>'
    yield "</g>"
