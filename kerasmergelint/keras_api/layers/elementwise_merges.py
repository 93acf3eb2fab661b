"""Add, Subtract, Multiply, Average, Maximum, Minimum, as they behave in Keras 2 and Keras 3.

They validate in ``build``, so Keras 3 checks most of it only at the first use of an instance.
"""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.doubts import Doubt, of_batches, of_broadcast, told
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.layer_type import Behaviour, Dtype, Integers, LayerType
from kerasmergelint.keras_api.layers.merge_inputs import (
    Operands,
    doubt_dtypes,
    dtype_of,
    is_data,
    kind_of,
    operands_of,
    unequal,
    unknown_operands,
    wrong_operands,
)
from kerasmergelint.keras_api.protocol import (
    Broken,
    LayerCall,
    Outcome,
    ProblemKind,
    ShapeNest,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, KerasVersion
from kerasmergelint.shapes import UNKNOWN, AnyShape, Dim, OpenShape, Shape
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast, never_equal


def _merged(call: LayerCall) -> Outcome:
    specs = operands_of(call)
    if specs is None:
        return unknown_operands()
    doubts: tuple[Doubt, ...] = ()
    if call.first is None:
        doubts = _check_batches(specs, stretched=False)
    elif call.version in V2:
        return _again_in_v2(specs, call.first)
    elif is_data(specs):
        doubts = _check_batches(specs, stretched=True)
    outcome = _fold(specs, call.version)
    return replace(outcome, doubts=told((*outcome.doubts, *doubts))) if doubts else outcome


def _again_in_v2(specs: Operands, first: ShapeNest) -> Outcome:
    """Keras 2 checks nothing again: TensorFlow broadcasts, batches too.

    Ranks are made equal, by axes after the batch, only if those of the first inputs differed.
    """
    shapes = [spec.shape for spec in specs if spec is not None and isinstance(spec.shape, Shape)]
    before = first if isinstance(first, (list, tuple)) else [UNKNOWN]
    ranks = [shape.rank for shape in before if isinstance(shape, Shape)]
    if len(shapes) < len(specs) or len(ranks) < len(before):
        return Outcome(TensorSpec(OpenShape(), None, kind_of(specs)), ("an input is not known",))
    if len(set(ranks)) > 1 and all(shape.rank for shape in shapes):
        most = max(shape.rank for shape in shapes)
        shapes = [_widened(shape, most) for shape in shapes]
    running: AnyShape = shapes[0]
    doubts = list(doubt_dtypes(specs, KerasVersion.V2))
    for index, shape in enumerate(shapes[1:], 1):
        step = broadcast(running, shape, NonePolicy.SIZE_WINS)
        if step.conflict is not None:
            raise _does_not_broadcast(specs, index, step.conflict.axis)
        running = step.shape
        doubts += ["sizes that are not known are compared"] if step.undecided else []
    return Outcome(TensorSpec(running, dtype_of(specs), kind_of(specs)), tuple(doubts[:1]))


def _widened(shape: Shape, rank: int) -> Shape:
    return Shape((shape.dims[0], *(1,) * (rank - shape.rank), *shape.dims[1:]))


def _subtracted(call: LayerCall) -> Outcome:
    outcome, specs = _merged(call), operands_of(call)
    fresh = call.first is None or call.version in V2
    if fresh and specs is not None and len(specs) != 2:
        raise wrong_operands(f"needs exactly 2 inputs, got {len(specs)}", "ValueError")
    return outcome


def _check_batches(specs: Operands, *, stretched: bool) -> tuple[Doubt, ...]:
    """Known batch sizes must agree; TensorFlow stretches a 1, Keras itself does not."""
    known = [
        (index, spec.dims[0]) for index, spec in enumerate(specs) if spec is not None and spec.dims
    ]
    for index, size in known[1:]:
        first, other = known[0]
        if stretched and 1 in (other, size):
            continue
        if never_equal(other, size):
            raise unequal(ProblemKind.BROADCAST, specs, (first, index), 0, (other, size))
    batches = [spec.dims[0] if spec is not None and spec.dims else UNKNOWN for spec in specs]
    return of_batches(batches, stretched=stretched)


def _fold(specs: Operands, version: KerasVersion) -> Outcome:
    """From left to right over the shapes without their batch axis.

    Keras 3 lets a size vanish that meets None; in the graph of a call TensorFlow brings it back.
    """
    known = all(spec is not None for spec in specs)
    doubts: list[Doubt] = [] if known else ["an input is not known"]
    sizes_win = version in V2 or kind_of(specs) is TensorKind.GRAPH
    running = _body(specs[0])
    strict = running
    for index, spec in enumerate(specs[1:], 1):
        step = broadcast(running, _body(spec), NonePolicy.NONE_WINS)
        if step.conflict is not None:
            raise _does_not_broadcast(specs, index, step.conflict.axis)
        running = step.shape
        doubts += of_broadcast(step)
        if sizes_win:
            again = broadcast(strict, _body(spec), NonePolicy.SIZE_WINS)
            if again.conflict is not None:
                raise _does_not_broadcast(specs, index, again.conflict.axis)
            strict = again.shape
    body = strict if sizes_win and len(specs) > 1 else running
    doubts += doubt_dtypes(specs, version)
    result = TensorSpec(_with_batch(body, specs), dtype_of(specs), kind_of(specs))
    return Outcome(result, told(doubts))


def _body(spec: TensorSpec | None) -> AnyShape:
    """A shape without its batch axis."""
    if spec is None:
        return OpenShape()
    if isinstance(spec.shape, Shape):
        return Shape(spec.shape.dims[1:])
    certain = min(len(spec.shape.tail), spec.shape.min_rank - 1)
    tail = spec.shape.tail[len(spec.shape.tail) - certain :] if certain > 0 else ()
    return OpenShape(tail, max(spec.shape.min_rank - 1, 0))


def _with_batch(body: AnyShape, specs: Operands) -> AnyShape:
    if isinstance(body, OpenShape):
        return OpenShape(body.tail, body.min_rank + 1)
    batches = [spec.dims[0] if spec is not None and spec.dims else UNKNOWN for spec in specs]
    known: Dim = next((size for size in batches if isinstance(size, int)), None)
    if any(never_equal(known, size) for size in batches):
        return Shape((None, *body.dims))  # a later call, where Keras 3 does not compare them
    if known is None and UNKNOWN in batches:
        return Shape((UNKNOWN, *body.dims))
    if known is None:
        known = next((size for size in batches if size is not None), None)
    return Shape((known, *body.dims))


def _does_not_broadcast(specs: Operands, index: int, axis: int) -> Broken:
    """Blame the first earlier input whose size at that axis is the cause."""
    size, blamed = _at(specs[index], axis), 0
    for earlier in range(index):
        other = _at(specs[earlier], axis)
        if never_equal(other, size) and other != 1:
            blamed = earlier
            break
    sizes = _at(specs[blamed], axis), size
    return unequal(ProblemKind.BROADCAST, specs, (blamed, index), axis, sizes)


def _at(spec: TensorSpec | None, axis: int) -> Dim:
    if spec is None:
        return UNKNOWN
    dims = spec.shape.dims if isinstance(spec.shape, Shape) else spec.shape.tail
    try:
        return dims[axis]
    except IndexError:
        return UNKNOWN


_MERGES = Kind.MERGE | Kind.ELEMENTWISE
_ADDS = _MERGES | Kind.ADDING
_LIKE_INPUT = (Behaviour(V2, dtype=Dtype.INPUT, integers=Integers.TAKEN),)

LAYERS = (
    *(LayerType(name, _merged, _ADDS, single=False, behaviours=_LIKE_INPUT)
      for name in ("Add", "Maximum", "Minimum")),
    LayerType("Subtract", _subtracted, _ADDS, single=False, behaviours=_LIKE_INPUT),
    LayerType("Multiply", _merged, _MERGES | Kind.WEIGHING, single=False, behaviours=_LIKE_INPUT),
    LayerType("Average", _merged, _ADDS, single=False, behaviours=(Behaviour(V2, dtype=Dtype.INPUT),)),
)  # fmt: skip
