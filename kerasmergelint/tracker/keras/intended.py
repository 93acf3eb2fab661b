"""What a call that Keras refuses was meant to give: its rule, asked with less known of the inputs.

Sizes at which the inputs do not fit become symbols, one axis first, then more of them, then the rank is
left open.  Only a run that goes on after failures asks for this; nothing that it finds is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import (
    Broken,
    Nest,
    Outcome,
    Problem,
    ProblemKind,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import ANY_SHAPE, Shape
from kerasmergelint.tracker.keras.convert import mapped_specs, new_size, spec_leaves
from kerasmergelint.tracker.machine.interpreter import Interpreter


def outcome(
    interp: Interpreter, rule: Callable[[Nest], Outcome], given: Nest, problem: Problem
) -> Outcome | None:
    """What the rule gives for the most that may be kept of the inputs.

    None if it refuses all of them, or if this run does not go on after failures.
    """
    if not interp.mending:
        return None
    raw = problem.kind is ProblemKind.RAW_TF_ON_KERAS
    if raw:
        given = _of_kind(given, TensorKind.KERAS, TensorKind.GRAPH)
    for nest in _ever_vaguer(interp, given):
        try:
            outputs = rule(nest).outputs
        except Broken:
            continue
        return Outcome(_of_kind(outputs, TensorKind.GRAPH, TensorKind.KERAS) if raw else outputs)
    return None


def _of_kind(nest: Nest, old: TensorKind, new: TensorKind) -> Nest:
    return mapped_specs(nest, lambda spec: replace(spec, kind=new) if spec.kind is old else spec)


def _ever_vaguer(interp: Interpreter, given: Nest) -> Iterator[Nest]:
    """The inputs, then with less and less known of their sizes; axes count from the right."""
    yield given
    shapes = [spec.shape.dims for spec in spec_leaves(given) if isinstance(spec.shape, Shape)]
    axes = range(-max(map(len, shapes), default=0), 0)
    for axis in axes:
        yield _opened(interp, given, (axis,))
    yield _opened(interp, given, axes[1:-1])
    yield _opened(
        interp, given, [axis for axis in axes if _differs([dims[axis:] for dims in shapes])]
    )
    yield _opened(interp, given, axes)
    yield mapped_specs(given, lambda spec: spec.with_shape(ANY_SHAPE))


def _differs(tails: Collection[tuple[object, ...]]) -> bool:
    """Whether the first sizes of these are not all the same."""
    return len({tail[0] for tail in tails if tail}) > 1


def _opened(interp: Interpreter, given: Nest, axes: Collection[int]) -> Nest:
    """The inputs with new sizes at these axes, the same ones for all of them."""
    sizes = {axis: new_size(interp) for axis in axes}

    def opened(spec: TensorSpec) -> TensorSpec:
        dims = spec.dims
        if dims is None:
            return spec
        kept = (sizes.get(i - len(dims), dim) for i, dim in enumerate(dims))
        return spec.with_shape(Shape(tuple(kept)))

    return mapped_specs(given, opened)
