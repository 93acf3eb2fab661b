"""Merges that build but are wrong or fragile: what is noticed while tensors and models are made.

A hazard that is on by default must be one that published models which work do not have; the pages of
the codes say on what code that was counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api.hazards import Stretch, stretch
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, HazardKind, TensorKind
from kerasmergelint.keras_api.versions import V2
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.hazards import rows, sizes
from kerasmergelint.tracker.machine.interpreter import Interpreter, Outputs
from kerasmergelint.tracker.values.containers import ListV, leaves
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV
from kerasmergelint.tracker.values.value import Value

_ELEMENTWISE, _WEIGHING = Kind.ELEMENTWISE, Kind.WEIGHING
# What may mix integers and floats.
_MIXING = _ELEMENTWISE | Kind.JOIN | Kind.DOT
_LOOKED_AT = _MIXING | _WEIGHING | Kind.REDUCTION


def notice(interp: Interpreter, node: Node) -> None:
    """Look at a call that just worked."""
    if interp.on_merge is not None:
        interp.on_merge(node)
    if interp.outputs.pending:
        _used(interp, node)
    if not node.kind.is_any(_LOOKED_AT):
        return
    for hazard in _found(interp, node):
        report(interp, hazard, node)


def _found(interp: Interpreter, node: Node) -> Iterator[Hazard]:
    kind = node.kind
    if kind.is_any(_ELEMENTWISE):
        yield from _elementwise(node, batched=node.layer is not None)
    elif kind.is_any(Kind.JOIN):
        yield from _join(interp, node)
    elif kind.is_any(Kind.DOT):
        yield from _dot(node)
    elif kind.is_any(Kind.REDUCTION):
        yield from _reduced_batch(node)
    if kind.is_any(_WEIGHING):
        yield from _single_weight(node)
    if kind.is_any(_MIXING):
        yield from _mixed_dtypes(interp, node)


def report(interp: Interpreter, hazard: Hazard, node: Node) -> None:
    interp.report(hazard, node.site, node.label, node.inputs, node.recipe)


def _operands(node: Node) -> list[tuple[int, TensorV, Shape]]:
    """The tensors of known rank that go into a call, each with its number among all leaves."""
    return [
        (index, leaf, leaf.spec.shape)
        for index, leaf in enumerate(leaves(node.inputs))
        if isinstance(leaf, TensorV) and isinstance(leaf.spec.shape, Shape)
    ]


# -- element-wise ---------------------------------------------------------------------------


_MAX_OPERANDS = 40  # they are compared in pairs


def _elementwise(node: Node, *, batched: bool) -> Iterator[Hazard]:
    """At most one hazard: the worst that two of the operands do to each other."""
    operands = _operands(node)[:_MAX_OPERANDS]
    if all(tensor.spec.kind in _DATA for _, tensor, _ in operands):
        return  # NumPy's arithmetic
    pairs = [(one, other) for place, other in enumerate(operands) for one in operands[:place]]
    pairs = [(one, other) for one, other in pairs if one[2].dims and other[2].dims]
    if not batched:
        for (first, a, left), (second, b, right) in pairs:
            if _meets_batch(a, b, left, right):
                yield _batch_meets(left, right, (first, second))
                return
    if len({shape.rank for _, _, shape in operands}) == 1:
        fixed = list(_constant_batch([one for one in operands if one[2].dims[:1] != (1,)]))
        if fixed and operands[0][2].rank > 1:
            yield fixed[0]
            return
    found: list[Hazard] = []
    for (first, a, left), (second, b, right) in pairs:
        change = stretch(left, right, batched=batched)
        if change.both and _covered(operands, batched=batched):
            continue
        hazard = _single_channel(node, change, (a, b), (first, second))
        if hazard is None:
            hazard = _stretched(change, (a, b), (first, second), batched=batched)
        if hazard is not None:
            found.append(hazard)
    yield from sorted(found, key=lambda hazard: not hazard.sure)[:1]


_DATA = (TensorKind.ARRAY, TensorKind.EAGER)


def _covered(operands: list[tuple[int, TensorV, Shape]], *, batched: bool) -> bool:
    """Whether one operand has the shape of the result, so that the others are gates for it."""
    shapes = [shape for _, _, shape in operands]
    rank = max(shape.rank for shape in shapes)
    return any(
        shape.rank == rank
        and not any(stretch(shape, other, batched=batched).left for other in shapes)
        for shape in shapes
    )


def _meets_batch(a: TensorV, b: TensorV, left: Shape, right: Shape) -> bool:
    """An operator aligns the batch axis of one operand with another axis of the other."""
    if left.rank == right.rank:
        return False
    longer = a if left.rank > right.rank else b
    if longer.node is not None and Kind.LIFTING in longer.node.kind:
        return False  # x[:, None] - x: all pairs, on purpose
    return rows.are_samples(a) and rows.are_samples(b)


def _batch_meets(left: Shape, right: Shape, pair: tuple[int, int]) -> Hazard:
    axis = abs(left.rank - right.rank)
    return Hazard(
        HazardKind.SILENT_BROADCAST,
        f"the batch axis of one operand meets axis {axis} of the other, so that samples mix",
        pair,
        axis,
        "keep the axis with keepdims=True, or add it with expand_dims",
    )


def _stretched(
    change: Stretch, operands: tuple[TensorV, TensorV], pair: tuple[int, int], *, batched: bool
) -> Hazard | None:
    kind = HazardKind.SILENT_BROADCAST
    if change.both:
        aligned = batched or all(map(rows.are_samples, operands))
        return Hazard(
            kind,
            "both operands are stretched, to a result larger than either",
            pair,
            hint="reshape one of them to the shape of the other",
            sure=batched if change.lifted else aligned and not _meant(change, operands),
        )
    if not all(map(rows.are_samples, operands)):
        return None  # a weight, or positions
    if change.lifted:
        return Hazard(
            kind,
            "one operand has fewer axes, and is repeated along the others",
            pair,
            hint="add the axes with Reshape if this is meant",
            sure=False,
        )
    if -1 in change.left or -1 in change.right:
        return Hazard(
            kind,
            "one operand has size 1 on the last axis, and is repeated along it",
            pair,
            hint="give both the same size if no gate or scale is meant",
            sure=False,
        )
    return None


def _single_channel(
    node: Node, change: Stretch, operands: tuple[TensorV, TensorV], pair: tuple[int, int]
) -> Hazard | None:
    """The input itself, of one channel, is added to every channel of the other operand."""
    if Kind.ADDING not in node.kind or change.lifted or change.both:
        return None
    for index, axes in enumerate((change.left, change.right)):
        tensor, other = operands[index], operands[1 - index]
        if axes != (-1,) or (rows.rank(tensor) or 0) < 3 or not _is_input(tensor):
            continue
        if all(map(rows.are_samples, operands)) and isinstance(_size(other, -1), int):
            return Hazard(
                HazardKind.SILENT_BROADCAST,
                f"an input of one channel is repeated along the {_size(other, -1)} channels of the other",
                pair,
                hint=f"project it to {_size(other, -1)} channels with a convolution of size 1",
                sure=False,  # V-Nets do so on purpose
            )
    return None


def _is_input(tensor: TensorV) -> bool:
    """Whether the single channel is one that the data have, and no layer made."""
    while tensor.node is not None:
        if Kind.INPUT in tensor.node.kind:
            return True
        inputs = rows.tensors(tensor.node.inputs)
        if tensor.node.layer is None or len(inputs) != 1 or _size(inputs[0], -1) != 1:
            return False
        tensor = inputs[0]
    return False


def _meant(change: Stretch, operands: tuple[TensorV, TensorV]) -> bool:
    """Whether the program asked for one of the axes of size 1: then it may well want an outer product."""
    left, right = operands
    axes = [(left, axis) for axis in change.left] + [(right, axis) for axis in change.right]
    return any(_asked_for(tensor, axis) for tensor, axis in axes)


def _asked_for(tensor: TensorV, axis: int) -> bool:
    """Whether the axis, counted from the right, has size 1 by a step that makes such axes."""
    while tensor.node is not None:
        node = tensor.node
        if Kind.EXPLICIT in node.kind:
            return True
        inputs = [one for one in rows.tensors(node.inputs) if rows.rank(one) == rows.rank(tensor)]
        before = [one for one in inputs if _size(one, axis) == 1]
        if not before:
            return node.layer is not None and not isinstance(node.layer, LayerV)
        tensor = before[0]
    return True


def _size(tensor: TensorV, axis: int) -> Dim:
    shape = tensor.spec.shape
    known = isinstance(shape, Shape) and -shape.rank <= axis < shape.rank
    return shape.dims[axis] if isinstance(shape, Shape) and known else UNKNOWN


_RESHAPING = Kind.RESHAPING


def _single_weight(node: Node) -> Iterator[Hazard]:
    """An operand that a softmax over one element makes, whatever is computed before."""
    for index, tensor, _ in _operands(node):
        source = tensor
        while source.node is not None and source.node.kind.is_any(_RESHAPING):
            before = rows.tensors(source.node.inputs)
            if not before:  # it reshapes something that is no tensor of ours
                break
            source = before[0]
        if source.node is not None and _softmax_of_one(source.node):
            yield Hazard(
                HazardKind.SINGLE_WEIGHT,
                "the weights come from a softmax over an axis of size 1, and are all 1",
                (index,),
                hint="use a sigmoid, or a softmax over the axis that is weighed",
            )
            return


def _softmax_of_one(node: Node) -> bool:
    inputs = rows.tensors(node.inputs)
    outputs = rows.tensors(node.outputs)
    if len(outputs) != 1 or not inputs:
        return False
    axis: Value = -1
    if isinstance(node.layer, LayerV):
        config = node.layer.config
        if Kind.SOFTMAX in node.kind:
            axis = config.get("axis", -1)
        elif config.get("activation") != "softmax":
            return False
    elif Kind.SOFTMAX in node.kind:
        given = rows.argument(node, "axis", 1)
        axis = -1 if given is None else given
    else:
        return False
    shape = outputs[0].spec.shape
    if (
        not isinstance(shape, Shape)
        or not isinstance(axis, int)
        or not -shape.rank <= axis < shape.rank
    ):
        return False
    return shape.dims[axis] == 1


# -- dtypes ---------------------------------------------------------------------------------


def _mixed_dtypes(interp: Interpreter, node: Node) -> Iterator[Hazard]:
    """Integers and floats together: Keras 3 converts them, Keras 2 refuses."""
    classes = [(index, _number_class(tensor)) for index, tensor, _ in _operands(node)]
    integer = next((index for index, name in classes if name == "int"), None)
    floating = next((index for index, name in classes if name == "float"), None)
    if integer is None or floating is None:
        return
    refused = interp.versions <= V2
    yield Hazard(
        HazardKind.MIXED_DTYPES,
        "an integer and a floating operand: "
        + ("Keras 2 refuses to mix them" if refused else "Keras 3 converts, Keras 2 refuses"),
        (integer, floating),
        hint="cast one of them, or embed the integers",
        sure=refused,
    )


_FLOATING, _TYPED = Kind.FLOATING, Kind.INPUT | Kind.CAST


def _number_class(tensor: TensorV) -> str | None:
    """``int`` or ``float``, where that is certain: most rules do not follow dtypes that far."""
    node = tensor.node
    if node is None:
        return None
    if node.kind.is_any(_FLOATING):
        return "float"
    if not node.kind.is_any(_TYPED):
        return None
    dtype = tensor.spec.dtype or ""
    if dtype.startswith(("int", "uint")):
        return "int"
    return "float" if dtype.startswith(("float", "bfloat")) else None


# -- concatenation --------------------------------------------------------------------------


def _join(interp: Interpreter, node: Node) -> Iterator[Hazard]:
    operands = _operands(node)
    ranks = {shape.rank for _, _, shape in operands}
    axis = rows.join_axis(node)
    if len(operands) < 2 or len(ranks) != 1 or not isinstance(axis, int):
        return
    rank = ranks.pop()
    if not -rank <= axis < rank or rank < 2:
        return
    if axis % rank == 0:
        samples = [tensor for _, tensor, _ in operands if rows.are_samples(tensor)]
        if len(samples) >= 2 and not _siblings(samples):
            interp.outputs.row_joins.append(node)
        return
    yield from _constant_batch(operands)


def _siblings(tensors: list[TensorV]) -> bool:
    """Whether one layer or model made them all: two data sets that share it, joined on purpose."""
    makers = {id(t.node.layer) if t.node is not None and t.node.layer else None for t in tensors}
    return len(makers) == 1 and None not in makers


def _reduced_batch(node: Node) -> Iterator[Hazard]:
    """A list of tensors that is reduced along axis 1: once packed, that is their batch."""
    value = rows.argument(node, "x", 0)
    items = value.items if isinstance(value, ListV) else value
    if isinstance(value, TensorV) and value.node is not None and Kind.STACK in value.node.kind:
        axis = rows.argument(value.node, "axis", 1, 0)
        items = rows.tensors(value.node.inputs) if axis == 0 else ()
    if (
        not isinstance(items, (list, tuple))
        or len(items) < 2
        or rows.argument(node, "axis", 1) != 1
    ):
        return
    if all(isinstance(item, TensorV) and rows.are_samples(item) for item in items):
        yield Hazard(
            HazardKind.BATCH_CONCAT,
            f"axis 1 of {len(items)} packed tensors is their batch axis: samples are mixed",
            (),
            1,
            "reduce along axis 0, over the tensors",
        )


def _constant_batch(operands: list[tuple[int, TensorV, Shape]]) -> Iterator[Hazard]:
    """A constant with a batch size of its own beside samples: right for this batch size only."""
    samples = [index for index, tensor, _ in operands if rows.are_samples(tensor)]
    for index, tensor, shape in operands:
        size = shape.dims[0] if shape.dims else None
        if not samples or not isinstance(size, int) or not _is_constant(tensor):
            continue
        yield Hazard(
            HazardKind.FIXED_BATCH,
            f"a constant of batch size {size} meets a batch of any size: this only works for batches "
            f"of {size}",
            (samples[0], index),
            0,
            "repeat the constant for each sample, for example with broadcast_to or zeros_like",
        )
        return


def _is_constant(tensor: TensorV) -> bool:
    """Whether no input of a model can have a say in a tensor's batch size."""
    stack = [tensor]
    while stack:
        one = stack.pop()
        if one.spec.kind is TensorKind.KERAS:
            return False
        if one.node is None:
            if one.spec.kind not in (TensorKind.EAGER, TensorKind.ARRAY):
                return False
            continue
        stack.extend(rows.tensors(one.node.inputs))
    return True


# -- dot products ---------------------------------------------------------------------------


def _dot(node: Node) -> Iterator[Hazard]:
    """Contracting an axis of size 1 sums nothing up."""
    operands = _operands(node)
    if len(operands) != 2 or not isinstance(node.layer, LayerV):
        return
    axes = node.layer.config.get("axes", -1)
    pair = (axes, axes) if isinstance(axes, int) else axes
    if not isinstance(pair, (list, tuple)) or not all(isinstance(axis, int) for axis in pair):
        return
    (first, a, left), (second, b, right) = operands
    sizes = _size(a, pair[0]), _size(b, pair[1])
    if sizes == (1, 1) and min(left.rank, right.rank) == 2 < max(left.rank, right.rank):
        yield Hazard(
            HazardKind.DEGENERATE_DOT,
            "the contracted axes have size 1, so that nothing is summed up",
            (first, second),
            pair[0],
            "check that both operands have the axes that they should, a sequence and a vector",
        )


# -- zip ------------------------------------------------------------------------------------


def notice_zip(interp: Interpreter, columns: list[list[Value]], site: Site) -> None:
    """``zip`` over sequences of unequal length leaves out tensors or layers of the longer one.

    Many programs want that: they zip a list with its own tail, or use the rest in another way.  So it
    counts only if nothing uses what is left out until the run is over.
    """
    shortest = min(map(len, columns), default=0)
    longest = max(columns, key=len, default=[])
    left_out = longest[shortest:]
    if not shortest or not left_out or not all(map(_is_operand, left_out)):
        return
    others = [column for column in columns if len(column) == shortest]
    if not all(_is_operand(item) for column in others for item in column):
        return
    keys = {_identity(item) for item in left_out}
    if any(_identity(item) in keys for column in others for item in column):
        return
    count = f"{len(left_out)} of {len(longest)}"
    what = "layers" if isinstance(left_out[0], LayerV) else "tensors"
    hazard = Hazard(
        HazardKind.DROPPED_OPERAND,
        f"leaves out {count} {what}: the other sequence has only {shortest} items",
        hint="make the sequences equally long, or say strict=True",
    )
    event = interp.event(hazard, site, "zip", ())
    interp.outputs.pending.append((event, keys))


def _is_operand(value: Value) -> bool:
    return isinstance(value, LayerV) or (
        isinstance(value, TensorV) and value.spec.kind is not TensorKind.ARRAY
    )


def _identity(value: Value) -> int:
    """The same for all views of a tensor, as it looks inside and outside of a layer."""
    return id(value.node) if isinstance(value, TensorV) and value.node is not None else id(value)


def _used(interp: Interpreter, node: Node) -> None:
    """Whatever goes into a call is not dropped."""
    nests = [node.inputs, *node.arguments.values()]
    used = {_identity(leaf) for nest in nests for leaf in leaves(nest)} | {id(node.layer)}
    interp.outputs.pending = [
        (event, keys) for event, keys in interp.outputs.pending if not keys & used
    ]


def conclude_call(interp: Interpreter) -> None:
    """A layer of the program's own is done with its inputs."""
    outputs = interp.outputs
    outputs.events.extend(event for event, _ in outputs.pending if event.inside_custom)
    outputs.pending = [(event, keys) for event, keys in outputs.pending if not event.inside_custom]


def conclude(outputs: Outputs) -> None:
    """A run has come to its end: what was left out until now stays so.

    Where no model was finished, whoever called may still use it.
    """
    if outputs.models:
        outputs.events.extend(event for event, _ in outputs.pending)
    outputs.pending = []


# -- models ---------------------------------------------------------------------------------


def notice_model(interp: Interpreter, model: ModelV) -> None:
    """Look at a model that was just made: what is in doubt at a merge shows at the outputs."""
    outputs = rows.tensors(model.outputs)
    if interp.outputs.pending:
        given = Node("Model", interp.site(None), model.outputs, None)
        _used(interp, given)
    for tensor in outputs:
        node = _leftover_dot(tensor)
        if node is not None:
            report(interp, _LEFTOVER, node)
    if interp.conditions and interp.on_merge is None:
        event = sizes.hazard_of(interp, model)
        if event is not None:
            interp.outputs.events.append(event)
    joins = interp.outputs.row_joins
    if joins:
        for node in _joined_rows(outputs, joins):
            report(interp, _JOINED, node)


_JOINED = Hazard(
    HazardKind.BATCH_CONCAT,
    "samples are joined along the batch axis, and the model gives more rows than it gets",
    (),
    0,
    "concatenate along axis -1, or another axis of the features",
)
_LEFTOVER = Hazard(
    HazardKind.DEGENERATE_DOT,
    "the model's output keeps axes of size 1, where a number for each sample is wanted",
    (),
    None,
    "flatten the operands first, or the result",
)


def _leftover_dot(tensor: TensorV) -> Node | None:
    """The Dot whose ``(None, 1, 1)`` reaches an output as it is."""
    while tensor.node is not None and _is_single(tensor):
        node = tensor.node
        if Kind.DOT in node.kind:
            return node
        inputs = rows.tensors(node.inputs)
        if Kind.PASSING not in node.kind or len(inputs) != 1:
            return None
        tensor = inputs[0]
    return None


def _is_single(tensor: TensorV) -> bool:
    shape = tensor.spec.shape
    return isinstance(shape, Shape) and shape.rank == 3 and shape.dims[1:] == (1, 1)


def _joined_rows(outputs: list[TensorV], joins: list[Node]) -> Iterator[Node]:
    """The joins along the batch axis whose rows are rows of an output."""
    wanted, seen = {id(node) for node in joins}, set[int]()
    stack = list(outputs)
    while stack:
        node = stack.pop().node
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if id(node) in wanted:
            yield node
        else:
            stack.extend(rows.row_sources(node))
