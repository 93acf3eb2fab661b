"""Our dataclasses are the standard library's, but for the moment at which their methods are made."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from kerasmergelint.dataclass import dataclass

T = TypeVar("T")
Decorator = Callable[..., Callable[[type], type]]


def point(dataclass: Decorator) -> type:
    @dataclass(frozen=True, slots=True)
    class Point:
        """A point."""

        kind: ClassVar[str] = "point"
        x: int
        y: int = 2
        label: str = field(default="p", compare=False)
        parts: list[int] = field(default_factory=list, hash=False)

        @property
        def total(self) -> int:
            return self.x + self.y

    return Point


def ordered(dataclass: Decorator) -> type:
    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        x: int
        y: int = 0

    return Ordered


def unequal(dataclass: Decorator) -> type:
    @dataclass(frozen=True, slots=True, eq=False)
    class Unequal:
        x: int

    return Unequal


def mutable(dataclass: Decorator) -> type:
    @dataclass(slots=True)
    class Mutable:
        x: int
        seen: list[int] = field(default_factory=list, repr=False)

    return Mutable


def hashed_by_hand(dataclass: Decorator) -> type:
    @dataclass(slots=True)
    class Hashed:
        x: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Hashed)

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "hashed"

    return Hashed


def unsafely_hashed(dataclass: Decorator) -> type:
    @dataclass(slots=True, unsafe_hash=True)
    class Unsafe:
        x: int

    return Unsafe


def completed(dataclass: Decorator) -> type:
    @dataclass(frozen=True, slots=True)
    class Completed:
        x: int
        double: int = field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "double", 2 * self.x)

    return Completed


def inheriting(dataclass: Decorator) -> type:
    @dataclass(frozen=True, slots=True)
    class Base:
        x: int
        y: int = 1

    @dataclass(frozen=True, slots=True)
    class Derived(Base):
        z: int = 3
        x: int = 5

    return Derived


def by_keyword(dataclass: Decorator) -> type:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class ByKeyword(Generic[T]):
        y: int = 4
        x: T

    return ByKeyword


def with_every_default(dataclass: Decorator) -> type:
    @dataclass(slots=True, kw_only=True)
    class WithEveryDefault:
        x: int = 0
        fixed: int = field(init=False, default=7)
        seen: list[int] = field(init=False, default_factory=list)
        shared: list[int] = field(default_factory=list)
        later: int = field(init=False, repr=False, compare=False)

    return WithEveryDefault


def empty(dataclass: Decorator) -> type:
    @dataclass(slots=True)
    class Empty:
        pass

    return Empty


def undecorated(dataclass: Decorator) -> type:
    class Child(inheriting(dataclass)):
        __slots__ = ()

    return Child


MAKERS = [
    point, ordered, unequal, mutable, hashed_by_hand, unsafely_hashed, completed, inheriting, by_keyword,
    undecorated, with_every_default, empty,
]  # fmt: skip


def answers(cls: Any) -> list[object]:
    """What a class and its instances say; errors by their type."""
    given = [{"x": x} if dataclasses.fields(cls) else {} for x in (1, 1, 2)]
    one, same, other = (cls(**arguments) for arguments in given)
    asked: list[Callable[[], object]] = [
        lambda: one.x, lambda: repr(one), lambda: one == same, lambda: one == other, lambda: one == 1,
        lambda: one != other, lambda: hash(one) == hash(same), lambda: one < other, lambda: other >= one,
        lambda: repr(cls()), lambda: cls(1, 2, 3, 4, 5), lambda: cls(1).x, lambda: cls(wrong=1),
        lambda: repr(dataclasses.replace(one, x=3)), lambda: dataclasses.asdict(one),
        lambda: [(f.name, f.type, f.init, f.compare) for f in dataclasses.fields(cls)],
        lambda: dataclasses.is_dataclass(cls), lambda: cls.__match_args__, lambda: hasattr(one, "__dict__"),
        lambda: repr(copy.copy(one)), lambda: repr(copy.deepcopy(one)), lambda: cls.__slots__,
        lambda: cls.__doc__ == "A point.", lambda: getattr(cls, "kind", None),
        lambda: getattr(one, "total", None), lambda: getattr(one, "double", None),
        lambda: one.shared is same.shared, lambda: cls(shared=[1]).shared,
        lambda: one.fixed, lambda: one.later,
    ]  # fmt: skip
    return [_answer(question) for question in asked]


def _answer(question: Callable[[], object]) -> object:
    try:
        return question()
    except (TypeError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_it_answers_as_the_standard_library_does(make: Callable[[Decorator], type]) -> None:
    first, again = make(dataclass), make(dataclasses.dataclass)
    assert answers(first) == answers(again)
    assert answers(first) == answers(again), "once all methods are made"


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_the_standard_library_may_ask_first(make: Callable[[Decorator], type]) -> None:
    assert [f.name for f in dataclasses.fields(make(dataclass))] == [
        f.name for f in dataclasses.fields(make(dataclasses.dataclass))
    ]


@dataclass(frozen=True, slots=True)
class Sent:
    x: int
    y: tuple[int, ...] = ()


def test_instances_go_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(Sent(1, (2, 3)))) == Sent(1, (2, 3))


def test_a_class_without_slots_is_not_for_us() -> None:
    with pytest.raises(TypeError, match="without slots"):

        @dataclass(frozen=True, slots=False)
        class Open:
            x: int
