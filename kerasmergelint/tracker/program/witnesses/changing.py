"""What to choose instead after a refusal that stands before the failure that is looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Final

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.causes import Plain
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.regex import regex
from kerasmergelint.shapes import Dim, Shape
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import Value

_MOST_SIZES: Final = 4
_MOST_AXES: Final = 5
# What is divided by 2, 4, 8 or 16 on the way leaves something of it.
_CHANNELS: Final = 64
_SIZE = regex(r"\d+|None|\?")
# What numbers meet where the program means tensors: ``tf.reduce_sum(a - b, axis=-1)``.
_OF_NUMBERS: Final = frozenset({ProblemKind.OPERATION, ProblemKind.AXIS_RANGE})
_SPEC: Final = TensorSpec(Shape((2, 8)), "float32", TensorKind.ANY)
_BY_TYPE: Final = frozenset({ProblemKind.OPERATION, ProblemKind.ARGUMENT})

Chosen = Mapping[Term, Value]


def changes(chosen: Chosen, refusal: Event | None) -> Iterator[Chosen]:
    """Other values for what was chosen, the likeliest first."""
    if refusal is None or not isinstance(refusal.problem, Problem):
        return
    yield from _of_numbers(chosen, refusal.problem)
    for others in _of_tensors(chosen, refusal, refusal.problem.kind):
        for term, tensor in others:
            yield {**chosen, term: tensor}


def _of_numbers(chosen: Chosen, problem: Problem) -> Iterator[Chosen]:
    """Floats for whole numbers where types do not go together, and tensors where axes are needed."""
    if problem.cause is Plain.MIXED_TYPES:
        yield {term: float(v) if type(v) is int else v for term, v in chosen.items()}
    if problem.kind in _OF_NUMBERS:
        yield {term: TensorV(_SPEC) if type(v) in (int, float) else v for term, v in chosen.items()}
    if problem.kind is ProblemKind.RESHAPE:
        yield from ({**chosen, term: -1} for term, v in chosen.items() if type(v) is int)


def _of_tensors(
    chosen: Chosen, refusal: Event, kind: ProblemKind
) -> Iterator[Iterator[tuple[Term, TensorV]]]:
    """Tensors of other sizes, ranks and types, each in the place of one that was chosen."""
    tensors = [(term, value) for term, value in chosen.items() if isinstance(value, TensorV)]

    def each(change: Callable[[TensorV], Iterable[TensorV]]) -> Iterator[tuple[Term, TensorV]]:
        return ((term, other) for term, tensor in tensors for other in change(tensor))

    differing = _differing(refusal)
    for axis, size in differing:
        yield each(partial(_resized_along, axis=axis, size=size))
    if not differing:
        yield each(partial(_resized, sizes=_sizes(refusal)[:_MOST_SIZES]))
    if kind is ProblemKind.INPUT_RANK:
        yield each(_of_other_ranks)
    if kind in _BY_TYPE and not differing:
        yield each(_of_another_kind)


def _differing(refusal: Event) -> list[tuple[int, int]]:
    """The axes at which two operands differ, from the end, each with a size that one of them has.

    Sizes of 1, which fit all, are not among them.
    """
    shapes = [_SIZE.findall(operand.shape) for operand in refusal.operands]
    found: list[tuple[int, int]] = []
    for one, other in pairwise(shapes):
        for axis in range(-min(len(one), len(other)), 0):
            pair = {one[axis], other[axis]}
            if len(pair) == 2 and all(size.isdigit() and size not in "01" for size in pair):
                found += [(axis, int(size)) for size in (one[axis], other[axis])]
    return list(dict.fromkeys(found[::-1]))


def _sizes(refusal: Event) -> list[int]:
    named = (size for one in refusal.operands for size in _SIZE.findall(one.shape)[::-1])
    return list(dict.fromkeys(int(size) for size in named if size.isdigit() and int(size) > 0))


def _resized_along(tensor: TensorV, axis: int, size: int) -> Iterator[TensorV]:
    """The tensor with this last size, or these inner ones."""
    dims = tensor.spec.dims or ()
    if len(dims) < 2 or -axis >= len(dims):
        return
    changed = (*dims[:-1], size) if axis == -1 else _with_inner(dims, size)
    if changed != dims:
        yield _with(tensor, changed)


def _resized(tensor: TensorV, sizes: list[int]) -> Iterator[TensorV]:
    """The tensor with its last size, or its inner ones, replaced by one of these sizes."""
    dims = tensor.spec.dims or ()
    for size in sizes:
        if len(dims) > 1 and dims[-1] != size:
            yield _with(tensor, (*dims[:-1], size))
    for size in sizes:
        if len(dims) > 2:
            yield _with(tensor, _with_inner(dims, size))


def _of_other_ranks(tensor: TensorV) -> Iterator[TensorV]:
    """The tensor with an inner axis more, and with one less."""
    dims = tensor.spec.dims or ()
    if 2 <= len(dims) < _MOST_AXES:
        yield _with(tensor, (dims[0], _CHANNELS, *dims[1:]))
    if len(dims) > 2:
        yield _with(tensor, (dims[0], *dims[2:]))


def _with_inner(dims: tuple[Dim, ...], size: int) -> tuple[Dim, ...]:
    return (dims[0], *(size,) * (len(dims) - 2), dims[-1])


def _with(tensor: TensorV, dims: tuple[Dim, ...]) -> TensorV:
    return TensorV(replace(tensor.spec, shape=Shape(dims)))


def _of_another_kind(tensor: TensorV) -> Iterator[TensorV]:
    """The tensor with many channels, and of whole numbers."""
    yield from _resized_along(tensor, -1, _CHANNELS)
    if tensor.spec.dtype != "int32":
        yield TensorV(replace(tensor.spec, dtype="int32"))
