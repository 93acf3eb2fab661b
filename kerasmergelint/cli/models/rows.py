"""A model as rows, in the order in which Keras lists layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kerasmergelint.cli.models.breaks import Break
from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.shapes import UNKNOWN, Shape, format_shape
from kerasmergelint.tracker.keras import counting
from kerasmergelint.tracker.keras.model_layers import name_of
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, Site, TensorV, ancestors, depths_of
from kerasmergelint.tracker.values.layer_names import snake_case
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import UnknownV, Value

# Keras turns operators on its tensors into layers with these names.
_OPERATORS = {
    "+": "Add", "-": "Subtract", "*": "Multiply", "/": "TrueDivide", "//": "FloorDivide",
    "@": "Matmul", "**": "Power", "%": "Mod", "[]": "GetItem",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Row:
    """One layer (or op) of a model, and the outputs of its calls.

    ``sources`` are the rows that its inputs come from, ``lost`` the reasons why inputs are unknown.
    ``parameters`` is None if the number is unknown; ``built`` is False for a layer that Keras itself
    would not have built yet; ``broken`` says why a call fails.
    """

    name: str
    type_name: str
    site: Site | None = None
    outputs: list[Value] = field(default_factory=list)
    parameters: int | None = 0
    sources: list[Row] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    built: bool = True
    broken: str = ""

    @property
    def shape(self) -> str:
        """The output shapes, as Keras prints them; for a call that fails, the reason."""
        if self.broken:
            return f"broken: {self.broken}"
        shapes = [shape_text(value) for value in self.outputs]
        return shapes[0] if len(shapes) == 1 else f"[{', '.join(shapes)}]" if shapes else "?"

    @property
    def known(self) -> bool:
        """Whether the output shapes are fully known."""
        return bool(self.outputs) and all(map(_known, self.outputs))


def shape_text(value: Value) -> str:
    """The shape of a tensor; ``?`` for anything else."""
    return format_shape(value.spec.shape) if isinstance(value, TensorV) else "?"


def _known(value: Value) -> bool:
    shape = value.spec.shape if isinstance(value, TensorV) else None
    return isinstance(shape, Shape) and UNKNOWN not in shape.dims


def title(model: Value) -> str:
    """The name of a model."""
    return str(name_of(model))


def rows_of_model(model: Value, breaks: Iterable[Break] = ()) -> list[Row]:
    """The layers of a functional or sequential model; where it breaks, those before that, and the break."""
    inner = functional(model)
    if isinstance(inner, SequentialV):
        return _sequential(inner)
    if not isinstance(inner, ModelV):
        return []
    return rows_leading_to(inner.outputs, breaks)


def functional(model: Value) -> Value:
    """The model itself, or the functional graph inside an instance of a Model subclass."""
    state = model.layer if isinstance(model, Instance) else None
    return state.model if state is not None and state.model is not None else model


def why_outputs_are_lost(model: Value) -> list[str]:
    """The reasons why outputs of a model are entirely unknown."""
    inner = functional(model)
    outputs = getattr(inner, "outputs", None) if isinstance(inner, ModelV) else None
    return reasons_in(outputs)


def reasons_in(outputs: Value) -> list[str]:
    """Why tensors in a nest are entirely unknown."""
    return [leaf.reason for leaf in leaves(outputs) if isinstance(leaf, UnknownV)]


def rows_leading_to(outputs: Value, breaks: Iterable[Break] = ()) -> list[Row]:
    """The layers that lead to tensors: deepest first, then in the order of the graph.

    If some of them depend on a failing call, the layers up to that call come first, then the call
    itself.
    """
    rows = _Rows(list(ancestors(outputs)))
    after = rows.ordered()
    lost = {reason for row in after for reason in row.lost} | set(reasons_in(outputs))
    met = [broken for broken in breaks if broken.reason in lost]
    if not met:
        return after
    rows = _Rows(list(ancestors((outputs, *(broken.operands for broken in met)))))
    before = rows.leading_to([broken.operands for broken in met])
    failing = [rows.of_break(broken) for broken in met]
    return [*before, *failing, *(row for row in rows.ordered() if row not in before)]


def _sequential(model: SequentialV) -> list[Row]:
    """All layers in order, unbuilt ones included, but without the input."""
    if model.open or not isinstance(model.output, TensorV):
        return [_unbuilt(layer) for layer in model.layers]
    rows = _Rows(list(ancestors(model.output)))
    found = [rows.of_layer(layer) for layer in model.layers]
    return [row or _unbuilt(layer) for layer, row in zip(model.layers, found)]


def _unbuilt(layer: Value) -> Row:
    return Row(_layer_name(layer), type_name(layer), built=False)


class _Rows:
    """Collects the calls of each layer into one row."""

    def __init__(self, nodes: list[Node]) -> None:
        self._nodes = nodes
        self._rows: dict[int, Row] = {}
        self._by_node: dict[int, Row] = {}
        self._op_names: dict[str, int] = {}
        for node in nodes:
            self._add(node)

    def of_layer(self, layer: Value) -> Row | None:
        return self._rows.get(id(layer))

    def of_break(self, broken: Break) -> Row:
        """The row of a call that fails."""
        made_by = (operand.node for operand in broken.operands)
        sources = [self._by_node[id(node)] for node in made_by if id(node) in self._by_node]
        name = self._op_name(broken.callee)
        return Row(name, broken.callee, broken.site, sources=sources, broken=broken.detail)

    def leading_to(self, tensors: Value) -> list[Row]:
        """The rows that lead to some of the tensors."""
        wanted = {id(self._by_node[id(node)]) for node in ancestors(tensors)}
        return [row for row in self.ordered() if id(row) in wanted]

    def ordered(self) -> list[Row]:
        depths: dict[int, int] = {}
        order: dict[int, int] = {}
        for position, node in enumerate(self._nodes):
            row = id(self._by_node[id(node)])
            order.setdefault(row, position)
        for node_id, depth in depths_of(self._nodes).items():
            row = id(self._by_node[node_id])
            depths[row] = max(depths.get(row, 0), depth)
        unique = {id(row): row for row in self._by_node.values()}
        return sorted(unique.values(), key=lambda row: (-depths[id(row)], order[id(row)]))

    def _add(self, node: Node) -> None:
        key = id(node) if node.layer is None else id(node.layer)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = self._new(node)
        self._by_node[id(node)] = row
        row.outputs = list(leaves(node.outputs))
        for source in node_inputs(node):
            if isinstance(source, TensorV) and source.node is not None:
                made_by = self._by_node.get(id(source.node))
                if made_by is not None:
                    row.sources.append(made_by)
            elif isinstance(source, UnknownV):
                row.lost.append(source.reason)

    def _new(self, node: Node) -> Row:
        if node.layer is not None:
            return Row(
                _layer_name(node.layer),
                type_name(node.layer),
                node.site,
                parameters=counting.parameters(node.layer),
            )
        label = "InputLayer" if Kind.INPUT in node.kind else _OPERATORS.get(node.label, node.label)
        return Row(self._op_name(label), label, node.site)

    def _op_name(self, label: str) -> str:
        stem = snake_case(label.rpartition(".")[2])
        count = self._op_names.get(stem, 0)
        self._op_names[stem] = count + 1
        return f"{stem}_{count}" if count else stem


def call_title(node: Node) -> tuple[str, str]:
    """The name and the class of a call's layer; for an op, both are its name."""
    if node.layer is not None:
        return _layer_name(node.layer), type_name(node.layer)
    label = "InputLayer" if Kind.INPUT in node.kind else node.label
    return label, label


def node_inputs(node: Node) -> Iterator[Value]:
    """All inputs of a call, keyword arguments included."""
    for nest in (node.inputs, *node.arguments.values()):
        yield from leaves(nest)


def _layer_name(layer: Value) -> str:
    named = layer.layer if isinstance(layer, Instance) else layer
    return str(getattr(named, "name", "?"))


def type_name(layer: Value) -> str:
    """The class of a layer or model."""
    if isinstance(layer, LayerV):
        return layer.type.name
    if isinstance(layer, Instance):
        return layer.cls.name
    return "Sequential" if isinstance(layer, SequentialV) else "Functional"


def branches(rows: Iterable[Row]) -> bool:
    """Whether a model is more than a chain, which makes its connections worth a column."""
    return any(len(row.sources) > 1 for row in rows) or _shared_sources(rows)


def _shared_sources(rows: Iterable[Row]) -> bool:
    seen: set[int] = set()
    for row in rows:
        for source in row.sources:
            if id(source) in seen:
                return True
            seen.add(id(source))
    return sum(not row.sources for row in rows) > 1
