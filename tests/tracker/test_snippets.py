"""What Python computes, the tracker computes, or it says that it does not know: never something else."""

from __future__ import annotations

import pytest

from tests.tracker import drawn_operations
from tests.tracker.cpython import GOES_ON, UNKNOWN, by_python, by_tracker
from tests.tracker.drawn_programs import KINDS, program
from tests.tracker.snippets import SNIPPETS

# What is not followed.  The list may only get shorter.
NOT_KNOWN = {
    "assignments: conditional imports and names",
    "calls: callable",
    "classes: C3: the example of the documentation",
    "classes: a class body that runs code",
    "classes: a metaclass that counts",
    "classes: a subclass of a builtin",
    "classes: a missing attribute of a class",
    "classes: delattr of its own",
    "classes: getattr of its own",
    "classes: hasattr, getattr, setattr, delattr",
    "libraries: Counter",
    "libraries: Counter: arithmetic",
    "libraries: cmp_to_key",
    "libraries: deque: maxlen and rotate",
    "libraries: hash of equal things",
    "libraries: isinstance of abstract classes",
    "libraries: json",
    "libraries: operator",
    "libraries: partial",
    "libraries: singledispatch",
    "libraries: string templates and textwrap",
    "loops: more rounds than `len` can tell",
    "loops: more rounds than most loops have",
    "objects: as keys of dicts",
    "objects: int, float and index",
    "programs: contextual attribute hooks",
    "programs: dataclass with methods and class var",
    "programs: dict subclass-like via composition",
    "programs: dunder class cell",
    "programs: enum loops and lookups",
    "programs: isinstance with abc register unknown",
    "programs: namedtuple subclass",
    "programs: property setter of a base through super",
    "programs: recursion with memo default",
    "programs: round trip via json",
    "programs: type checks in dispatch",
    "programs: type identity",
    "programs: typed named tuples in a list",
    "records: SimpleNamespace",
    "records: a named tuple",
    "records: a string enum",
    "records: an enum member that is not there",
    "records: enum",
    "records: equality",
    "records: frozen ones are keys",
    "records: named tuples as keys and in lists",
    "records: named tuples: replace, asdict, make, defaults",
    "records: order",
    "records: replace, asdict, astuple, fields",
    "records: repr",
}
# What Python refuses, and the tracker does not see: a program that works never gets there.
NOT_REFUSED = {
    "assignments: a local name before it is bound",
    "assignments: del of a name that hides a global one",
    "calls: no constructor takes arguments",
    "classes: an abstract class cannot be made",
    "records: a named tuple cannot change",
    "records: frozen",
    "records: keyword only fields",
}


@pytest.mark.parametrize("name", SNIPPETS)
def test_the_same_as_in_python(name: str) -> None:
    expected = by_python(SNIPPETS[name])
    if name in NOT_KNOWN:
        expected = UNKNOWN
    elif name in NOT_REFUSED:
        expected = GOES_ON
    assert by_tracker(SNIPPETS[name]) == expected


def test_little_is_not_known() -> None:
    assert SNIPPETS.keys() >= NOT_KNOWN | NOT_REFUSED
    assert len(NOT_KNOWN) <= 50
    assert len(NOT_REFUSED) <= 7
    assert len(SNIPPETS) > 500


# Generators that are thrown away may complain that they are closed.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", KINDS)
def test_drawn_programs_run_as_in_python(kind: str) -> None:
    """Nothing in them is hard to know, so that nothing may be unknown."""
    wrong = {}
    for seed in range(60):
        drawn = program(seed, kind)
        expected, found = by_python(drawn), by_tracker(drawn)
        if found != expected:
            wrong[seed] = (expected, found)
    assert not wrong


def test_drawn_operations_give_what_python_gives() -> None:
    wrong, unknown = {}, 0
    statements = drawn_operations.statements(count=1_500)
    for statement in statements:
        drawn = drawn_operations.program(statement)
        expected, found = by_python(drawn), by_tracker(drawn)
        if found == UNKNOWN:
            unknown += 1
        elif found != expected:
            wrong[statement] = (expected, found)
    assert not wrong
    assert unknown < 0.1 * len(statements)


def test_nothing_depends_on_how_text_is_hashed() -> None:
    assert by_tracker("result = hash('a')") == UNKNOWN
