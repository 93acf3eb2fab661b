"""A run that follows all paths at once says nothing that is not true on each of them.

CPython is the oracle: drawn programs ask for flags that the tracker does not know, and run with every
combination of them.  What the joined run holds for known must be what each of these runs gives.
"""

from __future__ import annotations

import itertools
from textwrap import indent
from typing import Any

import pytest
from hypothesis import strategies as st

from kerasmergelint.options import Settings
from kerasmergelint.rules.findings import findings
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.unread import Unread
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.machine.regions import CannotJoin
from kerasmergelint.tracker.program.analysis import analyse, evaluate
from kerasmergelint.tracker.program.report import Watch
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.signals import OutOfBudget
from kerasmergelint.tracker.values.value import UnknownV, Value
from tests.draws import each_draw

_FLAGS = 4
_START = """
class Box:
    size = 7

def run(flags, many, texts):
    a, b = 1, 2
    items, names, box = [1, 2], {{"x": 1}}, Box()
    def bump(amount):
        nonlocal b
        if flags[3]:
            return amount
        b = amount
        return b + 1
{body}
    return (a, b, items, names, box.size)
"""


def by_python(body: str) -> list[Any]:
    """The results with every combination of flags, and lists of some lengths; runs that raise have none."""
    namespace: dict[str, Any] = {}
    exec(_START.format(body=indent(body, "    ")), namespace)
    results = []
    for flags in itertools.product((True, False), repeat=_FLAGS):
        many = list(range(len(results) % 3))
        texts = ["7" if flag else "seven" for flag in flags]
        try:
            results.append(namespace["run"](flags, many, texts))
        except ZeroDivisionError:
            continue
    return results


def by_tracker(body: str) -> Value:
    """What a run of all paths at once gives; :class:`CannotJoin` if it gives up."""
    text = "import somewhere\n" + _START.format(body=indent(body, "    "))
    text += "result = run(somewhere.flags, somewhere.many, somewhere.texts)\n"
    report = evaluate("", "program.py", Settings())
    code = parse(text, "program.py")
    interp, module = report.interpreter, report.module
    assert interp is not None and module is not None and not isinstance(code, Unread)
    with aside.all_paths(interp):
        interp.begin(Path(), Outputs())
        with aside.within(interp, Frame(module.scope, module, "<module>")):
            interp.execute(code.body)
    assert interp.path.taken == []
    assert not interp.frames
    return module.scope.variables["result"]


def covers(found: Value, actual: Any) -> bool:
    """Whether what is known of a value is true of an actual one."""
    if isinstance(found, tuple):
        return len(found) == len(actual) and all(map(covers, found, actual))
    if isinstance(found, ListV) and not found.open:
        return len(found.items) == len(actual) and all(map(covers, found.items, actual))
    if isinstance(found, DictV) and not found.open:
        keys_agree = found.items.keys() == actual.keys()
        return keys_agree and all(covers(found.items[key], actual[key]) for key in actual)
    return bool(found == actual) if is_constant(found) else True


def _block(statements: list[str]) -> str:
    return indent("\n".join(statements), "    ")


_FLAG = st.integers(0, _FLAGS - 1).map("flags[{}]".format)
_NUMBER = st.sampled_from(["a", "b", "0", "1", "5", "len(items)", "box.size"])
_SIMPLE = st.one_of(
    st.builds("{} = {}".format, st.sampled_from(["a", "b", "box.size", "names['x']"]), _NUMBER),
    st.builds("items.append({})".format, _NUMBER),
    st.builds("names['y'] = {}".format, _NUMBER),
    st.builds("items = [{}]".format, _NUMBER),
    st.builds("a = {} if {} else {}".format, _NUMBER, _FLAG, _NUMBER),
    st.builds("a = [{} for i in (1, 2) if {}]".format, _NUMBER, _FLAG),
    st.builds("a = {} and {}".format, _FLAG, _NUMBER),
    st.builds("a = {} or {}".format, _FLAG, _NUMBER),
    st.builds("a = bump({})".format, _NUMBER),
    st.just("del box.size") | st.just("1 / 0") | st.just("items = []; own = items"),
    st.builds("return (a, {}, items, names, 0)".format, _NUMBER),
)


# Nobody knows whether the text is that of a number.
_TRY = "try:\n{}\n    int(texts[{}])\n{}\nexcept ValueError:\n{}"
_GENERATOR = """def numbers():
    c = 0
    while True:
        if {}:
            c = {}
        for i in (1, 2):
            if {}:
                break
            c = {}
        yield c
a = next(numbers())"""


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    block = st.lists(inner, min_size=1, max_size=3).map(_block)
    leaving = st.lists(inner | st.sampled_from(["break", "continue"]), min_size=1, max_size=3)
    return st.one_of(
        st.builds("if {}:\n{}".format, _FLAG, block),
        st.builds("if {}:\n{}\nelse:\n{}".format, _FLAG, block, block),
        st.builds("if {} and {}:\n{}".format, _FLAG, _FLAG, block),
        st.builds(_TRY.format, block, st.integers(0, _FLAGS - 1), block, block),
        st.builds("try:\n{}\nexcept ZeroDivisionError:\n{}".format, block, block),
        st.builds(_GENERATOR.format, _FLAG, _NUMBER, _FLAG, _NUMBER),
        st.builds("for i in (1, 2):\n{}".format, leaving.map(_guarded).map(_block)),
        st.builds("for i in many:\n{}".format, leaving.map(_guarded).map(_block)),
        st.builds("for i in many:\n{}\n    break".format, leaving.map(_guarded).map(_block)),
    )


def _guarded(statements: list[str]) -> list[str]:
    """Jumps stand under a flag, so that what follows is not out of reach."""
    return [
        f"if flags[{index % _FLAGS}]:\n    {text}" if text in ("break", "continue") else text
        for index, text in enumerate(statements)
    ]


_PROGRAMS = st.lists(st.recursive(_SIMPLE, _compound, max_leaves=6), min_size=1, max_size=6)


def test_what_is_known_is_true_on_every_path() -> None:
    known = []

    def check(statements: list[str]) -> None:
        body = "\n".join(statements)
        results = by_python_or_none(body)
        if not results:
            return
        try:
            found = by_tracker(body)
        except Raised:
            raise AssertionError(f"it raises only on some paths:\n{body}") from None
        wrong = [result for result in results if not covers(found, result)]
        assert not wrong, f"{body}\n{found} does not cover {wrong[0]}"
        known.append(isinstance(found, tuple) and any(map(is_constant, found)))

    each_draw(_PROGRAMS, 150, "all paths at once", check)
    assert sum(known) > len(known) / 2 > 50


def by_python_or_none(body: str) -> list[Any]:
    """Programs that Python refuses, or that fail for any reason but a division, are of no use."""
    try:
        return by_python(body)
    except (SyntaxError, AttributeError, KeyError, TypeError, UnboundLocalError):
        return []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("if flags[0]:\n    print(1)\nelse:\n    a = 1", (1, 2)),
        ("if flags[0]:\n    a = 5\nelse:\n    a = 5", (5, 2)),
        ("if flags[0]:\n    return (1, 2, items, names, 7)\na = 1", (1, 2)),
        ("if flags[0]:\n    1 / 0\na = 3", (3, 2)),
        ("for i in (1, 2, 3):\n    if flags[0]:\n        continue\n    a = 1\nb = a", (1, 1)),
        ("for i in many:\n    if flags[0]:\n        continue\n    a = 1\n    break\nb = 3", (1, 3)),
        (
            "try:\n    int(texts[0])\n    a = 1\nexcept ValueError:\n    return (1, 2, [], names, 7)",
            (1, 2),
        ),
        (
            "def ones():\n    n = 1\n    if flags[0]:\n        n = 1\n    yield n\na = next(ones())",
            (1, 2),
        ),
    ],
)
def test_paths_that_do_not_differ_are_one(body: str, expected: tuple[int, int]) -> None:
    found = by_tracker(body)
    assert isinstance(found, tuple)
    assert found[:2] == expected


def test_a_state_that_cannot_be_joined_is_given_up() -> None:
    either = "if flags[0]:\n        1 / 0\n    else:\n        2 / 0"
    body = f"try:\n    {either}\nexcept ZeroDivisionError:\n    a = 5"
    with pytest.raises(CannotJoin):
        by_tracker(body)
    assert issubclass(CannotJoin, OutOfBudget)


def test_what_one_branch_takes_from_an_iterator_may_be_taken() -> None:
    found = by_tracker("numbers = iter(items)\nif flags[0]:\n    next(numbers)\na = next(numbers)")
    assert isinstance(found, tuple)
    assert isinstance(found[0], UnknownV)


_MANY = "".join(f"    if args.size > {n}:\n        n += {n}\n" for n in range(50))
_CHANGED = {
    "arguments of the command line": "args.size = 3",
    "variables of the environment": "os.environ['KIND'] = 'small'",
    "an object of the program's own": "box.width = 4",
    "a column of a table": "table['b'] = table['a']",
    "a picture": "picture.thumbnail((4, 4))",
}


@pytest.mark.parametrize("change", _CHANGED.values(), ids=_CHANGED.keys())
def test_what_either_branch_may_have_changed_has_a_join(change: str) -> None:
    program = f"""
import argparse, os
import pandas as pd
from keras import Input, layers
from PIL import Image

class Box:
    width = 5
table, picture = pd.DataFrame({{"a": [1, 2]}}), Image.new("RGB", (8, 8))

def build(n):
{_MANY}
    if n > 1000:
        {change}
    return layers.Add()([Input((4,)), Input((4,))])

parser = argparse.ArgumentParser()
parser.add_argument("--size", type=int)
args, box = parser.parse_args(), Box()
build(int(input()))
"""
    report = analyse(program, "program.py", Settings(), watch=Watch.MERGES)
    assert report.complete
    assert [merge.verdict for merge in report.merges.values()] == [Verdict.SAFE]


@pytest.mark.parametrize("watch", [Watch.NOTHING, Watch.MERGES])
def test_a_function_that_only_joined_paths_enter_is_still_run_on_its_own(watch: Watch) -> None:
    program = f"""
from keras import Input, layers

def helper(n=3):
    return layers.Add()([Input((4,)), Input((n,))])

def build(n, args):
{_MANY}
    if not args.last:
        helper(args.n)
"""
    report = analyse(program, "program.py", Settings(), watch=watch)
    assert [finding.line for finding in findings(report)] == [5]


def test_who_asks_for_no_verdicts_pays_for_no_run_of_all_paths_at_once() -> None:
    program = f"def build(n, args):\n{_MANY}"
    used = {}
    for watch in (Watch.NOTHING, Watch.MERGES):
        interpreter = analyse(program, "program.py", Settings(), watch=watch).interpreter
        assert interpreter is not None
        used[watch] = interpreter.budget.used
    assert used[Watch.NOTHING] < used[Watch.MERGES]


def test_the_state_is_as_before() -> None:
    report = evaluate("", "program.py", Settings())
    interp = report.interpreter
    assert isinstance(interp, Interpreter)
    with aside.all_paths(interp):
        assert interp.all_paths is not None
    assert (interp.all_paths, interp.heap.thorough) == (None, False)
