"""For which input sizes a model works, where Keras itself leaves them open.

Keras skips its checks on None, so a fully convolutional model builds, and fails when an image
arrives that does not halve evenly.  The graph is replayed with a symbol for each None (but the
batch): where a merge then needs ``height == 16*(height//16)``, the model works only for multiples
of 16.  Every equality found is one that the model needs; nothing is said about sizes that depend on
more.  For errors None keeps Keras's meaning: this run reports nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, HazardKind, Problem, ProblemKind, TensorKind
from kerasmergelint.shapes import (
    UNKNOWN,
    AnyShape,
    Dim,
    Divisibility,
    Expr,
    Shape,
    symbol,
    when_equal,
)
from kerasmergelint.shapes.conditions import every
from kerasmergelint.shapes.dim import is_readable
from kerasmergelint.tracker.hazards import rows
from kerasmergelint.tracker.keras.replaying import substitute
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Node, TensorV, identity, repeated
from kerasmergelint.tracker.values.layers import LayerV, ModelV
from kerasmergelint.tracker.values.value import Value, all_are

_MERGES = Kind.ELEMENTWISE | Kind.JOIN
_AXES = {3: ("length",), 4: ("height", "width"), 5: ("depth", "height", "width")}


@dataclass(frozen=True, slots=True)
class Need:
    """Two operands of a merge that must agree, and the condition under which they do."""

    condition: Divisibility
    node: Node
    operands: tuple[int, int]
    axis: int


def hazard_of(interp: Interpreter, model: ModelV) -> Event | None:
    """What the model requires of its input sizes, reported at the merge that requires the most."""
    needs = [need for need in needs_of(interp, model) if is_readable(need.condition.name)]
    together = conditions_of(needs)
    if not together:
        return None
    most = max(
        (need for need in needs if need.condition.name in together),
        key=lambda need: need.condition.modulus,
    )
    hazard = Hazard(
        HazardKind.CONDITIONAL,
        _words(list(together.values())),
        most.operands,
        most.axis,
        "pad or crop, or fix the size of the Input",
    )
    node = most.node
    return interp.event(hazard, node.site, node.label, node.inputs)


def needs_of(interp: Interpreter, model: ModelV) -> list[Need]:
    """All pairs of operands in the model that agree for some input sizes only."""
    given = _with_symbols(interp, model)
    return [] if given is None else _second_run(interp, model, dict(given))


def conditions_of(needs: list[Need]) -> dict[str, Divisibility]:
    """The condition that all needs together put on each input size, by its name."""
    together: dict[str, Divisibility] = {}
    for name in dict.fromkeys(need.condition.name for need in needs):
        condition = every(need.condition for need in needs if need.condition.name == name)
        if condition is not None and not condition.always:
            together[name] = condition
    return together


def _words(conditions: list[Divisibility]) -> str:
    """One sentence for all axes."""
    if any(condition.never for condition in conditions):
        return "works for no size of the input"
    rests = {str(condition).removeprefix(condition.name) for condition in conditions}
    if len(conditions) > 1 and len(rests) == 1 and next(iter(rests)).startswith(" is "):
        names = " and ".join(condition.name for condition in conditions)
        return f"works only where {names} are{next(iter(rests)).removeprefix(' is')}"
    return "works only where " + " and ".join(map(str, conditions))


# Smaller inputs get axes of size 1, which element-wise merges stretch instead of failing.
_SURE_FROM = 4


def violated(interp: Interpreter, model: ModelV, given: list[Value]) -> Problem | None:
    """Why data of known size fails in a model whose own inputs are open."""
    declared = rows.tensors(model.inputs)
    if len(declared) != len(given) or not all_are(given, TensorV) or not all(map(_is_data, given)):
        return None
    if not any(None in (tensor.spec.dims or ())[1:] for tensor in declared):
        return None
    known = _with_symbols(interp, model)
    needs = [] if known is None else _second_run(interp, model, dict(known))
    if known is None or not needs:
        return None
    actual = _actual_sizes(declared, known, given)
    together = conditions_of(needs)
    for need in needs:
        condition = together.get(need.condition.name, need.condition)
        size = actual.get(condition.name)
        if size is None or size < _SURE_FROM * condition.modulus or condition.holds(size):
            continue
        joined = Kind.JOIN in need.node.kind
        return Problem(
            ProblemKind.CONCAT_SIZES if joined else ProblemKind.BROADCAST,
            "InvalidArgumentError",
            f"the merges inside work only where {condition}, got {size}",
            hint="pad or crop the data",
        )
    return None


def _is_data(tensor: TensorV) -> bool:
    return tensor.spec.kind in (TensorKind.EAGER, TensorKind.ARRAY)


def _actual_sizes(
    declared: list[TensorV], known: Mapping[tuple[int, int], TensorV], given: Sequence[TensorV]
) -> dict[str, int]:
    """The size in the data for each symbol."""
    found: dict[str, int] = {}
    for tensor, data in zip(declared, given):
        names = known[identity(tensor)].spec.dims or ()
        for before, name, size in zip(tensor.spec.dims or (), names, data.spec.dims or ()):
            if before is None and isinstance(name, Expr) and isinstance(size, int):
                found[str(name)] = size
    return found


# -- the inputs -----------------------------------------------------------------------------


def _with_symbols(interp: Interpreter, model: ModelV) -> dict[tuple[int, int], TensorV] | None:
    """The model's inputs with a symbol for each None; None if no size is open."""
    declared = rows.tensors(model.inputs)
    is_open = [_opened(interp, tensor, "") != tensor.spec.shape for tensor in declared]
    symbolic = any(
        isinstance(dim, Expr) for tensor in declared for dim in (tensor.spec.dims or ())[1:]
    )
    if not any(is_open) and not symbolic:
        return None
    several = sum(is_open) > 1
    return {
        identity(tensor): TensorV(
            tensor.spec.with_shape(_opened(interp, tensor, _prefix(tensor) if several else "")),
            tensor.node,
        )
        for tensor in declared
    }


def _prefix(tensor: TensorV) -> str:
    layer = tensor.node.layer if tensor.node is not None else None
    return f"{layer.name}." if isinstance(layer, LayerV) and isinstance(layer.name, str) else ""


def _opened(interp: Interpreter, tensor: TensorV, prefix: str) -> AnyShape:
    shape = tensor.spec.shape
    if not isinstance(shape, Shape) or shape.rank not in _AXES:
        return shape
    names = _AXES[shape.rank]
    start = 2 if interp.image_data_format == "channels_first" else 1
    dims = list(shape.dims)
    for offset, name in enumerate(names):
        if dims[start + offset] is None:
            dims[start + offset] = symbol(prefix + name)
    return Shape(tuple(dims))


# -- the second run -------------------------------------------------------------------------


def _second_run(
    interp: Interpreter, model: ModelV, known: dict[tuple[int, int], Value]
) -> list[Need]:
    """Replay the graph, and undo all effects."""
    needs: list[Need] = []

    def note(node: Node) -> None:  # also within nested models
        needs.extend(_of_merge(node))

    try:
        with aside.second_run(interp, note) as path:
            for node in repeated(model.outputs):
                needs.extend(_again(interp, node, known))
    except Raised:
        return []
    decided = bool(path.taken)
    return [] if decided else needs  # a result that depends on a choice of ours proves nothing


def _again(interp: Interpreter, node: Node, known: dict[tuple[int, int], Value]) -> Iterator[Need]:
    """One call of the graph on symbolic sizes."""
    outputs = rows.tensors(node.outputs)
    if outputs and all(identity(tensor) in known for tensor in outputs):
        return
    inputs = substitute(interp, node.inputs, known)
    merge = Node(node.label, node.site, inputs, None, node.layer, node.kind)
    merge.key = node.key
    yield from _of_merge(merge)
    results: list[Value] = []
    if node.replay is not None and node.traced is None:
        results = list(leaves(node.replay(interp, inputs, node.site)))
    for index, tensor in enumerate(outputs):
        result = results[index] if index < len(results) else None
        known[identity(tensor)] = _agreed(node, inputs, tensor, result)


def _agreed(node: Node, inputs: Value, before: TensorV, now: Value) -> TensorV:
    """The result of a call, assuming that its operands agree where they must."""
    shape = before.spec.shape
    if not isinstance(shape, Shape):
        return before
    dims = [UNKNOWN if dim is None and axis else dim for axis, dim in enumerate(shape.dims)]
    if isinstance(now, TensorV) and rows.rank(now) == shape.rank:
        dims = list(now.spec.dims or dims)
    if node.kind.is_any(Kind.ELEMENTWISE):
        for tensor in rows.tensors(inputs):
            mine = tensor.spec.dims or ()
            if len(mine) == len(dims):
                dims = [m if d is UNKNOWN and m != 1 else d for d, m in zip(dims, mine)]
    return TensorV(replace(before.spec, shape=Shape(tuple(dims)), data=None), node, before.index)


def _of_merge(node: Node) -> Iterator[Need]:
    """The sizes of a merge that must be equal, and are so for some inputs only."""
    if not node.kind.is_any(_MERGES):
        return
    operands = [
        (index, leaf.spec.dims)
        for index, leaf in enumerate(leaves(node.inputs))
        if isinstance(leaf, TensorV) and leaf.spec.dims
    ]
    ranks = {len(dims) for _, dims in operands if dims is not None}
    if len(operands) < 2 or len(ranks) != 1:
        return
    rank = ranks.pop()
    is_join = Kind.JOIN in node.kind
    joined = rows.join_axis(node) if is_join else None
    if is_join and not isinstance(joined, int):
        return
    first, dims = operands[0]
    for second, others in operands[1:]:
        for axis in range(1, rank):
            if isinstance(joined, int) and axis == joined % rank:
                continue
            left, right = dims[axis], others[axis]
            condition = _condition(left, right)
            if condition is not None and not condition.always:
                yield Need(condition, node, (first, second), axis)


def _condition(left: Dim, right: Dim) -> Divisibility | None:
    if left == 1 or right == 1 or left == right:
        return None
    if not isinstance(left, Expr) and not isinstance(right, Expr):
        return None
    return when_equal(left, right)
