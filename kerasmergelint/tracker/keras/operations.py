"""Operators and ops on tensors: the call of a Keras rule, and what to do with its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kerasmergelint.keras_api import indexing, merge_names, operators
from kerasmergelint.keras_api.ops import Op
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    Nest,
    Outcome,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, Shape
from kerasmergelint.tracker.hazards import merges as hazards
from kerasmergelint.tracker.keras.convert import from_plain, to_plain, to_tensor_nest
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.events import Event, Merge, Verdict
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.graph import Node, Recipe, Replay, Site, own_copy
from kerasmergelint.tracker.values.values import (
    DictV,
    ListV,
    TensorV,
    UnknownV,
    Value,
    leaves,
)

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter


def perform(
    interp: Interpreter,
    label: str,
    rule: Callable[[KerasVersion], Outcome],
    operands: Value,
    site: Site,
    replay: Replay | None,
    *,
    merge: bool,
    recipe: Recipe | None = None,
    key: Value = None,
    shown: str | None = None,
) -> Value:
    """Apply a rule: tensors that know where they come from, or a finding.

    ``shown`` is what the call is named in the program, where that is not the label.
    """
    try:
        outcome = interp.apply(rule)
    except Broken as broken:
        if merge:
            note_merge(interp, site, shown or label, Verdict.BROKEN, broken.problem.detail)
        return interp.broken(broken.problem, site, shown or label, operands, recipe)
    if merge:
        note_outcome(interp, site, shown or label, outcome, operands, recipe)
    node = Node(label, site, own_copy(interp.heap, operands), replay)
    node.recipe = recipe
    node.key = key
    result = from_plain(interp, outcome.outputs, node, f"the result of {label} is not known")
    node.outputs = result
    hazards.notice(interp, node)
    return number_outputs(result)


def number_outputs(result: Value) -> Value:
    """Give each tensor of a nest its place among the outputs of its node."""
    if type(result) is TensorV:
        result.index = 0
        return result
    for index, leaf in enumerate(leaves(result)):
        if isinstance(leaf, TensorV):
            leaf.index = index
    return result


def note_outcome(
    interp: Interpreter,
    site: Site,
    label: str,
    outcome: Outcome,
    operands: Value,
    recipe: Recipe | None = None,
) -> None:
    """A merge that did not fail: its verdict, and its hazards."""
    for hazard in outcome.hazards:
        interp.outputs.events.append(Event.of(interp, hazard, site, label, operands, recipe))
    if outcome.doubts:
        note_merge(interp, site, label, Verdict.UNKNOWN, _why(operands, outcome.doubts[0]))
    else:
        note_merge(interp, site, label, Verdict.SAFE, "")


def _why(operands: Value, doubt: str) -> str:
    for leaf in leaves(operands):
        if isinstance(leaf, UnknownV):
            return leaf.reason
    return doubt


def note_merge(interp: Interpreter, site: Site, label: str, verdict: Verdict, why: str) -> None:
    interp.outputs.merges.append(Merge(site, label, verdict, why))


def binary(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """An operator with a tensor on one side at least."""
    constant = arrays.binary(operator, left, right)
    if constant is not None:
        return constant
    plain = [to_plain(interp, left), to_plain(interp, right)]

    def replay(again: Interpreter, inputs: Value, where: Site) -> Value:
        return binary(again, operator, inputs[0], inputs[1], where)

    both = isinstance(left, TensorV) and isinstance(right, TensorV)
    return perform(
        interp,
        operator,
        lambda version: operators.binary(operator, plain[0], plain[1], version),
        (left, right),
        site,
        replay,
        merge=both,
        recipe=interp.recipe("operator", operator, (left, right), {}),
    )


def unary(interp: Interpreter, operator: str, operand: TensorV, site: Site) -> Value:
    return perform(
        interp,
        operator,
        lambda version: operators.unary(operator, operand.spec, version),
        (operand,),
        site,
        lambda again, inputs, where: again.unary(operator, inputs[0], where),
        merge=False,
        recipe=interp.recipe("operator", operator, (operand,), {}),
    )


def index(interp: Interpreter, tensor: TensorV, key: Value, site: Site) -> Value:
    """``tensor[key]``."""
    if isinstance(tensor.data, tuple) and isinstance(key, int):
        return constant_item(interp, tensor, key)
    if isinstance(tensor.data, tuple) and isinstance(key, slice):
        part = _constant_slice(tensor, key)
        if part is not None:
            return part
    looked_up = _looked_up(tensor, key)
    if looked_up is not None:
        return looked_up
    plain = to_plain(interp, key)
    return perform(
        interp,
        "indexing",
        lambda version: indexing.getitem(tensor.spec, plain, version),
        (tensor,),
        site,
        lambda again, inputs, where: again.item(inputs[0], key, where),
        merge=False,
        recipe=interp.recipe("item", None, (tensor, key), {}),
        key=key,
    )


def _looked_up(table: TensorV, key: Value) -> TensorV | None:
    """``np.eye(3)[labels]``: a row of the table for each of an array of numbers."""
    if not isinstance(key, TensorV) or not key.spec.dtype or "int" not in key.spec.dtype:
        return None
    rows, columns = table.spec.dims, key.spec.dims
    arrays_only = table.spec.kind is key.spec.kind is TensorKind.ARRAY
    if not arrays_only or not rows or columns is None:
        return None
    return TensorV(TensorSpec(Shape((*columns, *rows[1:])), table.spec.dtype, TensorKind.ARRAY))


def constant_item(interp: Interpreter, tensor: TensorV, key: int) -> Value:
    """One item of an array or tensor whose content is known; a number, if NumPy gives one."""
    data = tensor.data
    if not -len(data) <= key < len(data):
        raise interp.raised("IndexError")
    item = data[key]
    if tensor.spec.kind is TensorKind.ARRAY and isinstance(item, (bool, int, float)):
        return item
    dims = tensor.spec.shape.dims[1:] if isinstance(tensor.spec.shape, Shape) else ()
    known = None if item is UNKNOWN else item
    return TensorV(TensorSpec(Shape(dims), tensor.spec.dtype, tensor.spec.kind), data=known)


def _constant_slice(tensor: TensorV, key: slice) -> TensorV | None:
    if not all(part is None or isinstance(part, int) for part in (key.start, key.stop, key.step)):
        return None
    if key.step == 0 or not isinstance(tensor.spec.shape, Shape):
        return None
    part = tensor.data[key]
    shape = Shape((len(part), *tensor.spec.shape.dims[1:]))
    return TensorV(TensorSpec(shape, tensor.spec.dtype, tensor.spec.kind), data=part)


_STEPS_OF_AN_OP = 3


def _with_format(
    interp: Interpreter, op: Op, args: list[Value], keywords: dict[str, Value]
) -> dict[str, Value]:
    """The data format of the program, where an op has one and is given none."""
    place = op.place_of_format(interp.version)
    if place is None or place < len(args) or keywords.get("data_format") is not None:
        return keywords
    return {**keywords, "data_format": interp.image_data_format}


def call_op(
    interp: Interpreter,
    op: Op,
    args: list[Value],
    keywords: dict[str, Value],
    site: Site,
    dotted: str = "",
) -> Value:
    """``keras.ops.x``, ``tf.x`` or ``K.x`` on values; ``dotted`` is the name in the program."""
    limits.work(interp, _STEPS_OF_AN_OP)

    def plain(position: int | str, value: Value) -> Nest:
        """Something unknown may be a tensor or a list, and is no number; inside a list it is one."""
        value = interp.resolve(value)
        if isinstance(value, UnknownV):
            return UNKNOWN
        take = to_tensor_nest if op.wants_tensor(position) else to_plain
        return take(interp, value)

    if interp.image_data_format != "channels_last":
        keywords = _with_format(interp, op, args, keywords)
    if interp.catches("TypeError") and not op.takes(keywords, interp.version):
        raise interp.raised("TypeError", "a keyword of another version")
    plain_args = [plain(index, argument) for index, argument in enumerate(args)]
    plain_keywords = {name: plain(name, value) for name, value in keywords.items()}
    operands = (tuple(args), DictV(interp.heap, dict(keywords)))
    label = op.name.rpartition(".")[2]

    def replay(again: Interpreter, inputs: Value, where: Site) -> Value:
        return call_op(again, op, list(inputs[0]), dict(inputs[1].items), where, dotted)

    tensors = sum(
        isinstance(leaf, TensorV)
        for leaf in leaves((tuple(args), ListV(interp.heap, list(keywords.values()))))
    )
    return perform(
        interp,
        label,
        lambda version: op.call(plain_args, plain_keywords, version),
        operands,
        site,
        replay,
        merge=label in merge_names.OPS and tensors > 1,
        key=merge_names.spelled(dotted) or op.name,
        shown=merge_names.spelled(dotted) or label,
        recipe=interp.recipe("function", dotted, args, keywords),
    )
