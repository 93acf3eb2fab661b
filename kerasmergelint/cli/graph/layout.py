"""Where boxes go: in layers from top to bottom, with few crossings and short arrows.

The usual four steps: assign boxes to layers, add dummies where an arrow crosses a layer, order each
layer by the mean position of the neighbours, and move slots as close to their neighbours as the order
allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kerasmergelint.cli.graph.graph import Graph
from kerasmergelint.dataclass import dataclass, field

_SWEEPS = 8
_GAP = 28.0
_WAY_WIDTH = 10.0


@dataclass(slots=True)
class Slot:
    """A slot in a layer, for a box or for an arrow that crosses the layer (``key`` is None)."""

    key: int | None
    layer: int
    width: float
    x: float = 0.0
    above: list[Slot] = field(default_factory=list)
    below: list[Slot] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """``boxes`` by key; ``ways`` has the slots on the way of each arrow, ends included."""

    layers: list[list[Slot]]
    boxes: dict[int, Slot]
    ways: list[list[Slot]]
    width: float


def lay_out(graph: Graph, widths: dict[int, float]) -> Layout:
    """Place the boxes; ``x`` is the centre of a slot."""
    depth = _depths(graph)
    boxes = {box.key: Slot(box.key, depth[box.key], widths[box.key]) for box in graph.boxes}
    layers: list[list[Slot]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for slot in boxes.values():
        layers[slot.layer].append(slot)
    ways = [_way(boxes[arrow.source], boxes[arrow.target], layers) for arrow in graph.arrows]
    _order(layers)
    _place(layers)
    left = min((slot.x - slot.width / 2 for layer in layers for slot in layer), default=0.0)
    right = max((slot.x + slot.width / 2 for layer in layers for slot in layer), default=0.0)
    for slot in (slot for layer in layers for slot in layer):
        slot.x -= left
    return Layout(layers, boxes, ways, right - left)


def _depths(graph: Graph) -> dict[int, int]:
    """The longest path from a source; a box without inputs goes right above its first use."""
    depth = {box.key: 0 for box in graph.boxes}
    for arrow in sorted(graph.arrows, key=lambda arrow: arrow.target):
        depth[arrow.target] = max(depth[arrow.target], depth[arrow.source] + 1)
    targets = {arrow.target for arrow in graph.arrows}
    for box in graph.boxes:
        uses = [depth[arrow.target] for arrow in graph.arrows if arrow.source == box.key]
        if box.key not in targets and uses:
            depth[box.key] = min(uses) - 1
    return depth


def _way(source: Slot, target: Slot, layers: list[list[Slot]]) -> list[Slot]:
    way = [source]
    for layer in range(source.layer + 1, target.layer):
        way.append(Slot(None, layer, _WAY_WIDTH))
        layers[layer].append(way[-1])
    way.append(target)
    for upper, lower in pairwise(way):
        upper.below.append(lower)
        lower.above.append(upper)
    return way


def _order(layers: list[list[Slot]]) -> None:
    """Sort each layer by the mean position of its neighbours, above and below in turn."""
    for sweep in range(_SWEEPS):
        downwards = sweep % 2 == 0
        for layer in layers if downwards else reversed(layers):
            places = _places(layers, layer, downwards)
            layer.sort(key=lambda slot: _mean(slot, places, downwards))


def _places(layers: list[list[Slot]], layer: list[Slot], downwards: bool) -> dict[int, int]:
    near = layer[0].layer + (-1 if downwards else 1) if layer else 0
    neighbours = layers[near] if 0 <= near < len(layers) else []
    own = {id(slot): place for place, slot in enumerate(layer)}
    return own | {id(slot): place for place, slot in enumerate(neighbours)}


def _mean(slot: Slot, places: dict[int, int], downwards: bool) -> float:
    near = [places[id(other)] for other in (slot.above if downwards else slot.below)]
    return sum(near) / len(near) if near else float(places[id(slot)])


def _place(layers: list[list[Slot]]) -> None:
    for layer in layers:
        _settle(layer, [0.0] * len(layer))
    for sweep in range(_SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            _settle(layer, [_wanted(slot, sweep % 2 == 0) for slot in layer])


def _wanted(slot: Slot, downwards: bool) -> float:
    near = (slot.above if downwards else slot.below) or slot.above or slot.below
    return sum(other.x for other in near) / len(near) if near else slot.x


def _settle(layer: Sequence[Slot], wanted: Sequence[float]) -> None:
    """Move slots to where they want to be, as far as the order and the gaps allow.

    Relative to their smallest offsets, positions must not decrease: an isotonic regression, solved by
    pooling neighbours that get in each other's way (least squares).
    """
    offsets = list(_offsets(layer))
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets):
        total, count = want - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    places = [total / count for total, count in blocks for _ in range(count)]
    for slot, place, offset in zip(layer, places, offsets):
        slot.x = place + offset


def _offsets(layer: Iterable[Slot]) -> Iterable[float]:
    """The smallest distance of each slot from the centre of the first."""
    offset, before = 0.0, None
    for slot in layer:
        if before is not None:
            offset += (before.width + slot.width) / 2 + _GAP
        yield offset
        before = slot
