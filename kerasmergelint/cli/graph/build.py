"""From a report to a graph: calls with their shapes, and the paths into a broken merge."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence

from kerasmergelint.cli.graph.graph import BROKEN, INPUT, PATH, PLAIN, Arrow, Box, Graph
from kerasmergelint.cli.models.breaks import Break, breaks_in
from kerasmergelint.cli.models.rows import call_title, functional, node_inputs, shape_text
from kerasmergelint.cli.programs.target import Evaluated
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.tracker.keras import counting
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, Recipe, TensorV, ancestors
from kerasmergelint.tracker.values.layers import ModelV, SequentialV
from kerasmergelint.tracker.values.value import UnknownV, Value


class Inner(enum.Enum):
    """How a model that another one calls is drawn."""

    AS_A_BOX = enum.auto()
    WITH_ITS_LAYERS = enum.auto()


def graph_of(
    evaluated: Evaluated, model: str | None = None, inner: Inner = Inner.AS_A_BOX
) -> Graph:
    """Everything that the program builds, or one of its models."""
    report = evaluated.report
    builder = _Builder(evaluated, inner)
    for broken in breaks_in(report) if model is None else ():
        builder.add_break(broken)
    models = report.models[report.built_before :]
    inside = _called_by_others(models) if inner is Inner.WITH_ITS_LAYERS else set()
    for value in models:
        if id(value) in inside and model is None:
            continue
        if model is None or getattr(functional(value), "name", None) == model:
            builder.add_outputs(_outputs(value))
    return builder.graph


def _called_by_others(models: Iterable[Value]) -> set[int]:
    """The models that are drawn where another one calls them."""
    return {id(node.layer) for model in models for node in ancestors(_outputs(model))}


def _outputs(model: Value) -> Value:
    inner = functional(model)
    if isinstance(inner, ModelV):
        return inner.outputs
    return inner.output if isinstance(inner, SequentialV) else None


def _inputs(model: Value) -> Value:
    inner = functional(model)
    if isinstance(inner, ModelV):
        return inner.inputs
    return inner.input if isinstance(inner, SequentialV) else None


Within = tuple[tuple[str, int], ...]


class _Made:
    """The boxes that calls have become: for each call those of its outputs, or one for all."""

    def __init__(self) -> None:
        self._keys: dict[int, list[int | None]] = {}
        self._nodes: list[Node] = []  # kept alive, since their ids tell them apart

    def __contains__(self, node: Node) -> bool:
        return id(node) in self._keys

    def note(self, node: Node, keys: list[int | None]) -> None:
        self._keys[id(node)] = keys
        self._nodes.append(node)

    def key(self, tensor: TensorV) -> int | None:
        """The box that a tensor comes from."""
        keys = self._keys.get(id(tensor.node), [])
        return keys[min(tensor.index, len(keys) - 1)] if keys else None


class _Builder:
    def __init__(self, evaluated: Evaluated, inner: Inner) -> None:
        self.graph = Graph()
        self._evaluated = evaluated
        self._inner = inner
        self._made = _Made()
        self._broken: dict[str, list[int]] = {}

    def add_outputs(self, outputs: Value) -> None:
        """The calls that lead to these tensors."""
        for node in ancestors(outputs):
            if node not in self._made:
                self._add(node, self._made, ())

    def _add(self, node: Node, made: _Made, within: Within) -> None:
        within = (*within, *_origin(node.recipe))
        opened = self._inner is Inner.WITH_ITS_LAYERS and _outputs(node.layer) is not None
        if opened:
            made.note(node, self._add_layers(node, made, within))
        else:
            sources = list(dict.fromkeys(self._sources(node_inputs(node), made)))
            made.note(node, [self._add_box(node, sources, within)])

    def _add_box(self, node: Node, sources: list[int], within: Within) -> int:
        key = len(self.graph.boxes)
        name, type_name = call_title(node)
        shapes = [shape_text(value) for value in leaves(node.outputs)]
        kind = INPUT if Kind.INPUT in node.kind else PLAIN
        place, code = "", ""
        if node.site is not None and node.site.node is not None:
            place, code = self._evaluated.line(node.site), self._evaluated.code(node.site)
        count = counting.parameters(node.layer)
        parameters = f"{count:,}" if count is not None else ""
        shape = ", ".join(shapes) or "?"
        box = Box(key, name, type_name, shape, place, code, kind, parameters, within)
        self.graph.boxes.append(box)
        self.graph.arrows.extend(Arrow(source, key) for source in sources)
        return key

    def _add_layers(self, node: Node, outer: _Made, within: Within) -> list[int | None]:
        """The layers of a model that is called; gives the boxes of its outputs."""
        made = _Made()
        given = [
            outer.key(value) if isinstance(value, TensorV) else None for value in node_inputs(node)
        ]
        for tensor, key in zip(leaves(_inputs(node.layer)), given):
            if isinstance(tensor, TensorV) and tensor.node is not None:
                made.note(tensor.node, [key])
        within = (*within, (call_title(node)[0], id(node)))
        outputs = _outputs(node.layer)
        for inner in ancestors(outputs):
            if inner not in made:
                self._add(inner, made, within)
        return [made.key(leaf) if isinstance(leaf, TensorV) else None for leaf in leaves(outputs)]

    def _sources(self, values: Iterable[Value], made: _Made) -> Iterator[int]:
        for value in values:
            key = made.key(value) if isinstance(value, TensorV) else None
            if key is not None:
                yield key
            elif isinstance(value, UnknownV) and len(self._broken.get(value.reason, ())) == 1:
                yield from self._broken[value.reason]  # it would have been its output

    def add_break(self, broken: Break) -> None:
        """A failing merge, with the calls that lead to it."""
        self.add_outputs(list(broken.operands))
        place, code = self._evaluated.line(broken.site), self._evaluated.code(broken.site)
        name, key = broken.callee, len(self.graph.boxes)
        within = _origin(broken.recipe)
        box = Box(key, name, name, broken.detail, place, code, BROKEN, within=within)
        self.graph.boxes.append(box)
        self._broken.setdefault(broken.reason, []).append(box.key)
        self.graph.findings.append(f"{place}: {broken.callee}: {broken.detail}")
        sources = list(dict.fromkeys(self._sources(broken.operands, self._made)))
        guilty = list(dict.fromkeys(self._sources(broken.guilty, self._made)))
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


def _origin(recipe: Recipe | None) -> Within:
    """The functions of the program that were running when a call was made."""
    return () if recipe is None else tuple((name, id(scope)) for name, scope in recipe.within)


def _closure(start: int, before: dict[int, set[int]]) -> set[int]:
    seen, stack = {start}, [start]
    while stack:
        new = before.get(stack.pop(), set()) - seen
        seen |= new
        stack.extend(new)
    return seen
