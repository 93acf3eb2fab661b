"""Concatenations and reductions that mix the samples of a batch."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, HazardKind, TensorKind
from kerasmergelint.tracker.hazards import rows
from kerasmergelint.tracker.hazards.operands import Operands
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Node, Role, TensorV


def join_hazards(interp: Interpreter, node: Node, operands: Operands) -> Iterator[Hazard]:
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
    yield from constant_batch(operands)


def _siblings(tensors: list[TensorV]) -> bool:
    """Whether one shared layer or model made them all: data sets joined on purpose."""
    makers = {id(t.node.layer) if t.node is not None and t.node.layer else None for t in tensors}
    return len(makers) == 1 and None not in makers


def reduced_batch(node: Node) -> Iterator[Hazard]:
    """A list of tensors reduced along axis 1, which is their batch axis once they are packed."""
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


def constant_batch(operands: Operands) -> Iterator[Hazard]:
    """A constant of fixed batch size merged with samples: right for this batch size only."""
    fixed = [one for one in operands if one[2].dims and isinstance(one[2].dims[0], int)]
    samples = [place for place, other, _ in operands if rows.are_samples(other)] if fixed else []
    if not samples:
        return
    for index, tensor, shape in fixed:
        size = shape.dims[0]
        if not isinstance(size, int) or not _is_constant(tensor):
            continue
        yield Hazard(
            HazardKind.FIXED_BATCH,
            f"a constant of batch size {size} meets a batch of any size: this works only for batches "
            f"of {size}",
            (samples[0], index),
            0,
            "repeat the constant for each sample, for example with broadcast_to or zeros_like",
            batch=size,
        )
        return


def conclude(outputs: Outputs) -> None:
    """The run has ended: a program that trains on batches of one size may have constants of that size."""
    outputs.events[:] = [
        event
        for event in outputs.events
        if not isinstance(event.problem, Hazard) or event.problem.batch not in outputs.batch_sizes
    ]


def of_weights(tensor: TensorV) -> bool:
    """Whether a tensor is a weight of a layer, or is calculated from one."""
    stack, seen = [tensor], set[int]()
    while stack:
        one = stack.pop()
        if one.role is Role.WEIGHT:
            return True
        if one.node is not None and id(one.node) not in seen:
            seen.add(id(one.node))
            stack.extend(rows.tensors(one.node.inputs))
    return False


def _is_constant(tensor: TensorV) -> bool:
    """Whether a tensor's batch size depends on no input of a model."""
    stack, seen = [tensor], set[int]()
    while stack:
        one = stack.pop()
        if one.spec.kind is TensorKind.KERAS:
            return False
        if one.node is None:
            if one.spec.kind not in (TensorKind.EAGER, TensorKind.ARRAY):
                return False
            continue
        if id(one.node) in seen:
            continue
        seen.add(id(one.node))
        if Kind.INPUT in one.node.kind:  # of a layer that is called
            return False
        stack.extend(rows.tensors(one.node.inputs))
    return True
