"""Candidate values for an unknown, by its uses; the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.keras.ranks import RANKS, usual_for
from kerasmergelint.tracker.machine.asking import Use
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.terms import Term, text
from kerasmergelint.tracker.values.value import UnknownV, Value

_MOST: Final = 12
_SHAPES: Final = {
    0: ((),),
    1: ((8,), (None,)),
    2: ((None, 8), (2, 8)),
    3: ((None, 16, 8), (2, 16, 8), (None, None, 8)),
    4: ((None, 32, 32, 3), (None, 256, 256, 3), (2, 32, 32, 3), (None, None, None, 3)),
    5: ((None, 16, 16, 16, 3), (None, 64, 64, 64, 3), (2, 16, 16, 16, 3)),
}
_NUMBERS: Final = (8, 1, 2, 3, 4, 0.5, 16, 32, 64)
_SMALL: Final = (3, 1, 2, 5)
_BY_NAME: Final = {
    "kernel": _SMALL, "pool": (2, 1, 3), "stride": (1, 2), "dilation": (1, 2), "size": (2, 1, 3, 8),
    "padding": ("same", "valid"),
    "data_format": ("channels_last",), "dim_ordering": ("tf", "th"), "groups": (1, 2),
    "return": (False, True), "axis": (-1, 1, 2), "include": (True, False), "cropping": (1, 0),
    "dtype": ("float32", "int32"), "shape": (32, 8, 3, 64), "use_": (True, False),
    "units": _NUMBERS, "filters": _NUMBERS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list or tuple of this length, whose items are chosen one by one."""

    length: int
    mutable: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """The answer to a question about something that cannot be given a value."""

    answer: bool


@dataclass(slots=True)
class Known:
    """What the uses of an unknown tell about it."""

    uses: list[tuple[Use, object]] = field(default_factory=list)
    at_least: int = 0
    constants: list[object] = field(default_factory=list)
    default: tuple[object, ...] = ()

    def used_as(self, use: Use) -> bool:
        return any(used is use for used, _ in self.uses)

    def note(self, use: Use, by: object, at_least: int) -> None:
        if (use, by) not in self.uses:
            self.uses.append((use, by))
        self.at_least = max(self.at_least, at_least)


def values_for(term: Term, known: Known, kind: TensorKind) -> list[Value]:
    """The candidates for a value; a :class:`Sequence` stands for one of unknown items."""
    found: list[Value] = []
    if known.used_as(Use.TENSOR):
        found += _tensors(known, kind)
    elif known.used_as(Use.ITEMS):
        found += _sequences(term, known)
    found += [constant for constant in known.constants if not isinstance(constant, UnknownV)]
    found += [not constant for constant in known.constants if isinstance(constant, bool)]
    if known.default and not found:
        found += known.default
    if known.used_as(Use.NUMBER) and not known.used_as(Use.TENSOR):
        found += _beside(known.constants)
        numbers = list(_numbers(term, known))
        is_shape = _is_shape(term, known) and not (isinstance(term, tuple) and term[0] == "item")
        shapes = list(_sequences(term, known)) if is_shape else []
        found += (*numbers[:1], *shapes[:2], *numbers[1:])
    if known.used_as(Use.ANSWER) and not (known.used_as(Use.NUMBER) or known.used_as(Use.TENSOR)):
        found += [True] if known.default else [True, False]
    return _each_once(found)[:_MOST]


def _tensors(known: Known, kind: TensorKind) -> Iterator[TensorV]:
    siblings = [by for use, by in known.uses if use is Use.TENSOR and isinstance(by, tuple)]
    for others in siblings:
        for other in others:
            dims = other.spec.dims
            if dims is not None and len(dims) >= known.at_least:
                usual = _SHAPES[len(dims)][0] if len(dims) in _SHAPES else (8,) * len(dims)
                pairs = zip(dims, usual)
                yield _tensor((one if dim is UNKNOWN else dim for dim, one in pairs), kind)
    ranks = _ranks(known)
    for position in range(max(map(len, _SHAPES.values()))):
        for rank in ranks:
            if position < len(_SHAPES[rank]):
                yield _tensor(_SHAPES[rank][position], kind)


def _ranks(known: Known) -> list[int]:
    """The ranks that all calls it goes into accept."""
    left = [rank for rank in (*RANKS, 1) if rank >= known.at_least]
    for use, by in known.uses:
        if use is Use.TENSOR and isinstance(by, LayerV):
            left = [rank for rank in left if rank in usual_for(by)] or left
        if use is Use.ITEMS and isinstance(by, int):  # the shape is unpacked
            left = [rank for rank in left if rank == by] or left
    return left


def _tensor(dims: Iterable[Dim], kind: TensorKind) -> TensorV:
    return TensorV(TensorSpec(Shape(tuple(dims)), "float32", kind))


def _sequences(term: Term, known: Known) -> Iterator[Sequence]:
    counts = [by for use, by in known.uses if use is Use.ITEMS and type(by) is int]
    is_shape = _is_shape(term, known)
    lengths = [*counts, *(c for c in known.constants if type(c) is int and 0 <= c <= 6)]
    lengths += [3, 1, 2, 4] if is_shape else [2, 1, 3, 4, 5]
    fitting = [length for length in lengths if length >= known.at_least]
    for mutable in (not is_shape, is_shape):
        for length in dict.fromkeys(fitting or [known.at_least]):
            yield Sequence(length, mutable)


def _is_shape(term: Term, known: Known) -> bool:
    return "shape" in text(term) or any(by == "shape" for _, by in known.uses)


def _beside(constants: Iterable[object]) -> Iterator[Value]:
    for constant in constants:
        if type(constant) is int:
            yield from (constant + 1, constant - 1)


def _numbers(term: Term, known: Known) -> Iterator[Value]:
    names = [by for _, by in known.uses if isinstance(by, str)] + [text(term)]
    for name in names:
        for word, values in _BY_NAME.items():
            if word in name:
                yield from values
    yield from _NUMBERS


def _each_once(values: Iterable[Value]) -> list[Value]:
    """Each value once; here 1 and True are two."""
    found: dict[tuple[type, str], Value] = {}
    for value in values:
        found.setdefault((type(value), repr(_plain(value))), value)
    return list(found.values())


def _plain(value: Value) -> object:
    return str(value.spec.shape) if isinstance(value, TensorV) else value
