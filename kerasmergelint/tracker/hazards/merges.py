"""Merges that build but are wrong or fragile, noticed while tensors and models are made.

A hazard that is on by default must not occur in published models that work; the pages of the codes
say which code that was counted on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, HazardKind
from kerasmergelint.late import late
from kerasmergelint.tracker.hazards import rows
from kerasmergelint.tracker.hazards.dots import LEFTOVER, dot_hazards, leftover_dot
from kerasmergelint.tracker.hazards.elementwise import elementwise_hazards
from kerasmergelint.tracker.hazards.joins import join_hazards, reduced_batch
from kerasmergelint.tracker.hazards.mixed_dtypes import mixed_dtypes
from kerasmergelint.tracker.hazards.operands import are_alike, operands_of
from kerasmergelint.tracker.hazards.weights import single_weight
from kerasmergelint.tracker.hazards.zips import used
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.graph import Node, TensorV
from kerasmergelint.tracker.values.layers import ModelV

if TYPE_CHECKING:
    from kerasmergelint.tracker.hazards import scales, sizes
else:
    scales = late("kerasmergelint.tracker.hazards.scales")
    sizes = late("kerasmergelint.tracker.hazards.sizes")

_ELEMENTWISE, _WEIGHING = Kind.ELEMENTWISE, Kind.WEIGHING
# Merges that may mix integers and floats.
_MIXING = _ELEMENTWISE | Kind.JOIN | Kind.DOT
_SAMPLING = Kind.ADDING | Kind.DRAW
_LOOKED_AT = _MIXING | _WEIGHING | _SAMPLING | Kind.REDUCTION


def notice(interp: Interpreter, node: Node) -> None:
    """Check a call that just worked."""
    if interp.on_merge is not None:
        interp.on_merge(node)
    if interp.outputs.pending:
        used(interp, node)
    if not node.kind.is_any(_LOOKED_AT):
        return
    for hazard in _found(interp, node):
        report(interp, hazard, node)
    if interp.doubting and node.kind.is_any(_SAMPLING):
        for scale in scales.shared_scales(node):
            _report_scale(interp, scale)


def _found(interp: Interpreter, node: Node) -> Iterator[Hazard]:
    kind = node.kind
    mixing = kind.is_any(_MIXING)
    operands = operands_of(node) if mixing else []
    if kind.is_any(_ELEMENTWISE):
        mixing = not are_alike(operands)
        if mixing:
            yield from elementwise_hazards(node, operands, batched=node.layer is not None)
    elif kind.is_any(Kind.JOIN):
        yield from join_hazards(interp, node, operands)
    elif kind.is_any(Kind.DOT):
        yield from dot_hazards(node, operands)
    elif kind.is_any(Kind.REDUCTION):
        yield from reduced_batch(node)
    if kind.is_any(_WEIGHING):
        yield from single_weight(node)
    if mixing:
        yield from mixed_dtypes(interp, operands)


def report(interp: Interpreter, hazard: Hazard, node: Node) -> None:
    interp.report(hazard, node.site, node.label, node.inputs, node.recipe)


def _report_scale(interp: Interpreter, scale: scales.SharedScale) -> None:
    """The finding stands at the layer that makes the scale: what draws is right for other layers."""
    made = scale.made_by
    interp.report(scale.hazard, made.site, made.label, None, made.recipe)


# -- models ---------------------------------------------------------------------------------


def notice_model(interp: Interpreter, model: ModelV) -> None:
    """Check a model that was just made: its outputs settle what was in doubt at a merge."""
    outputs = rows.tensors(model.outputs)
    if interp.outputs.pending:
        given = Node("Model", interp.site(None), model.outputs, None)
        used(interp, given)
    for tensor in outputs:
        node = leftover_dot(tensor)
        if node is not None:
            report(interp, LEFTOVER, node)
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
    "samples are joined along the batch axis, so the model returns more rows than it gets",
    (),
    0,
    "concatenate along axis -1, or another axis of the features",
)


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
