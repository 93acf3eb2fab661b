"""Our dataclasses are the standard library's, but for the moment at which their methods are made."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

import pytest

import kerasmergelint.dataclass
from kerasmergelint.dataclass import dataclass

T = TypeVar("T")
# What the makers below are given: a module with ``dataclass`` and ``field``.
OURS, STANDARD = kerasmergelint.dataclass, dataclasses


def point(of: Any) -> type:
    @of.dataclass(frozen=True, slots=True)
    class Point:
        """A point."""

        kind: ClassVar[str] = "point"
        x: int
        y: int = 2
        label: str = of.field(default="p", compare=False)
        parts: list[int] = of.field(default_factory=list, hash=False)

        @property
        def total(self) -> int:
            return self.x + self.y

    return Point


def ordered(of: Any) -> type:
    @of.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        x: int
        y: int = 0

    return Ordered


def unequal(of: Any) -> type:
    @of.dataclass(frozen=True, slots=True, eq=False)
    class Unequal:
        x: int

    return Unequal


def mutable(of: Any) -> type:
    @of.dataclass(slots=True)
    class Mutable:
        x: int
        seen: list[int] = of.field(default_factory=list, repr=False)

    return Mutable


def hashed_by_hand(of: Any) -> type:
    @of.dataclass(slots=True)
    class Hashed:
        x: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Hashed)

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "hashed"

    return Hashed


def unsafely_hashed(of: Any) -> type:
    @of.dataclass(slots=True, unsafe_hash=True)
    class Unsafe:
        x: int

    return Unsafe


def completed(of: Any) -> type:
    @of.dataclass(frozen=True, slots=True)
    class Completed:
        x: int
        double: int = of.field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "double", 2 * self.x)

    return Completed


def inheriting(of: Any) -> type:
    @of.dataclass(frozen=True, slots=True)
    class Base:
        x: int
        y: int = 1

    @of.dataclass(frozen=True, slots=True)
    class Derived(Base):
        z: int = 3
        x: int = 5

    return Derived


def by_keyword(of: Any) -> type:
    @of.dataclass(frozen=True, slots=True, kw_only=True)
    class ByKeyword(Generic[T]):
        y: int = 4
        x: T

    return ByKeyword


def with_every_default(of: Any) -> type:
    @of.dataclass(slots=True, kw_only=True)
    class WithEveryDefault:
        x: int = 0
        fixed: int = of.field(init=False, default=7)
        seen: list[int] = of.field(init=False, default_factory=list)
        shared: list[int] = of.field(default_factory=list)
        later: int = of.field(init=False, repr=False, compare=False)

    return WithEveryDefault


def empty(of: Any) -> type:
    @of.dataclass(slots=True)
    class Empty:
        pass

    return Empty


def undecorated(of: Any) -> type:
    class Child(inheriting(of)):
        __slots__ = ()

    return Child


MAKERS = [
    point, ordered, unequal, mutable, hashed_by_hand, unsafely_hashed, completed, inheriting, by_keyword,
    undecorated, with_every_default, empty,
]  # fmt: skip


def answers(of: Any, cls: Any) -> list[object]:
    """What a class and its instances say; errors by their type."""
    given = [{"x": x} if dataclasses.fields(cls) else {} for x in (1, 1, 2)]
    one, same, other = (cls(**arguments) for arguments in given)
    asked: list[Callable[[], object]] = [
        lambda: one.x, lambda: repr(one), lambda: one == same, lambda: one == other, lambda: one == 1,
        lambda: one != other, lambda: hash(one) == hash(same), lambda: one < other, lambda: other >= one,
        lambda: repr(cls()), lambda: cls(1, 2, 3, 4, 5), lambda: cls(1).x, lambda: cls(wrong=1),
        lambda: repr(dataclasses.replace(one, x=3)), lambda: dataclasses.asdict(one),
        lambda: repr(of.replace(one, x=3)), lambda: of.replace(one) == one, lambda: of.replace(one, wrong=1),
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
def test_it_answers_as_the_standard_library_does(make: Callable[[Any], type]) -> None:
    first, again = make(OURS), make(STANDARD)
    expected = answers(STANDARD, again)
    assert answers(OURS, first) == expected
    assert answers(OURS, first) == expected, "once all methods are made"


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_the_standard_library_may_ask_first(make: Callable[[Any], type]) -> None:
    assert [f.name for f in dataclasses.fields(make(OURS))] == [
        f.name for f in dataclasses.fields(make(STANDARD))
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


def test_the_standard_librarys_field_is_not_for_us() -> None:
    with pytest.raises(TypeError, match=r"Odd\.x: take field from kerasmergelint\.dataclass"):

        @dataclass(frozen=True, slots=True)
        class Odd:
            x: list[int] = dataclasses.field(default_factory=list)


def test_a_field_without_a_default_comes_first() -> None:
    @dataclass(frozen=True, slots=True)
    class Odd:
        x: int = 1
        y: int  # type: ignore[misc]

    with pytest.raises(SyntaxError):
        Odd(2, 3)


def test_the_tracker_needs_nothing_of_the_standard_librarys_dataclasses() -> None:
    program = (
        "import sys; import kerasmergelint.cli.commands.summary, kerasmergelint.tracker.program.analysis; "
        "print(*{'dataclasses', 'inspect'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("\n", "")
