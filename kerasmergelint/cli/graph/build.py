"""From a report to a graph: calls with their shapes, and the paths into a broken merge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kerasmergelint.cli.graph.graph import BROKEN, INPUT, PATH, PLAIN, Arrow, Box, Graph
from kerasmergelint.cli.models.breaks import Break, breaks_in
from kerasmergelint.cli.models.rows import call_title, functional, node_inputs, shape_text
from kerasmergelint.cli.programs.target import Evaluated
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, TensorV, ancestors
from kerasmergelint.tracker.values.layers import ModelV, SequentialV
from kerasmergelint.tracker.values.value import UnknownV, Value


def graph_of(evaluated: Evaluated, model: str | None = None) -> Graph:
    """Everything that the program builds, or one of its models."""
    report = evaluated.report
    builder = _Builder(evaluated)
    for broken in breaks_in(report) if model is None else ():
        builder.add_break(broken)
    for value in report.models[report.built_before :]:
        if model is None or getattr(functional(value), "name", None) == model:
            builder.add_outputs(_outputs(value))
    return builder.graph


def _outputs(model: Value) -> Value:
    inner = functional(model)
    if isinstance(inner, ModelV):
        return inner.outputs
    return inner.output if isinstance(inner, SequentialV) else None


class _Builder:
    def __init__(self, evaluated: Evaluated) -> None:
        self.graph = Graph()
        self._evaluated = evaluated
        self._keys: dict[int, int] = {}
        self._nodes: list[Node] = []  # kept alive, since they are told apart by identity
        self._broken: dict[str, list[int]] = {}

    def add_outputs(self, outputs: Value) -> None:
        """The calls that lead to these tensors."""
        for node in ancestors(outputs):
            if id(node) not in self._keys:
                self._add(node)

    def _add(self, node: Node) -> None:
        key = self._keys[id(node)] = len(self.graph.boxes)
        self._nodes.append(node)
        name, type_name = call_title(node)
        shapes = [shape_text(value) for value in leaves(node.outputs)]
        kind = INPUT if Kind.INPUT in node.kind else PLAIN
        place = ""
        if node.site is not None and node.site.node is not None:
            place = self._evaluated.line(node.site)
        self.graph.boxes.append(Box(key, name, type_name, ", ".join(shapes) or "?", place, kind))
        for source in dict.fromkeys(self._sources(node_inputs(node))):
            self.graph.arrows.append(Arrow(source, key))

    def _sources(self, values: Iterable[Value]) -> Iterator[int]:
        for value in values:
            key = self._keys.get(id(value.node)) if isinstance(value, TensorV) else None
            if key is not None:
                yield key
            elif isinstance(value, UnknownV) and len(self._broken.get(value.reason, ())) == 1:
                yield from self._broken[value.reason]  # it would have been its output

    def add_break(self, broken: Break) -> None:
        """A failing merge, with the calls that lead to it."""
        self.add_outputs(list(broken.operands))
        place = self._evaluated.line(broken.site)
        box = Box(len(self.graph.boxes), broken.callee, broken.callee, broken.detail, place, BROKEN)
        self.graph.boxes.append(box)
        self._broken.setdefault(broken.reason, []).append(box.key)
        self.graph.findings.append(f"{place}: {broken.callee}: {broken.detail}")
        sources = list(dict.fromkeys(self._sources(broken.operands)))
        guilty = list(dict.fromkeys(self._sources(broken.guilty)))
        red = self._paths(guilty)
        self._redden(red)
        for source in sources:
            self.graph.arrows.append(Arrow(source, box.key, source in guilty))

    def _paths(self, ends: Sequence[int]) -> set[int]:
        """The calls that lead to some of the operands at fault, but not to all of them."""
        before: dict[int, set[int]] = {}
        for arrow in self.graph.arrows:
            before.setdefault(arrow.target, set()).add(arrow.source)
        reached = [_closure(end, before) for end in ends]
        if not reached:
            return set()
        common = set.intersection(*reached) if len(reached) > 1 else set()
        return (set.union(*reached) - common) | set(ends)

    def _redden(self, red: set[int]) -> None:
        for box in self.graph.boxes:
            if box.key in red and box.kind != BROKEN:
                box.kind = PATH
        self.graph.arrows = [
            Arrow(arrow.source, arrow.target, arrow.broken or arrow.target in red)
            for arrow in self.graph.arrows
        ]


def _closure(start: int, before: dict[int, set[int]]) -> set[int]:
    seen, stack = {start}, [start]
    while stack:
        new = before.get(stack.pop(), set()) - seen
        seen |= new
        stack.extend(new)
    return seen
