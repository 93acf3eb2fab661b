"""Tests can fail: each asserts something on every way to its end."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from tests.assertions import silent_ends
from tests.parsed import Function, Module, modules
from tests.some import some

MODULES = modules(Path(__file__).parent)


def functions(module: Module) -> Iterator[Function]:
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def is_test(function: Function) -> bool:
    return function.name.startswith("test_")


def test_no_test_ends_before_it_asserted_something() -> None:
    silent = [
        f"{name}.{function.name}: line {line}"
        for name, module in some(MODULES.items())
        for function in functions(module)
        if is_test(function)
        for line in silent_ends(function, module)
    ]
    assert silent == []


def test_every_test_is_collected() -> None:
    """It is at the top level of a file that pytest reads, once."""
    for name, module in some(MODULES.items()):
        tests = [function.name for function in functions(module) if is_test(function)]
        top = [node.name for node in module.tree.body if isinstance(node, Function)]
        assert not tests or name.rpartition(".")[2].startswith("test_"), name
        assert sorted(tests) == sorted(each for each in set(top) if each.startswith("test_")), name


def test_tests_are_collected_with_the_extra_test_alone() -> None:
    """What another extra installs is imported in a test, or by ``importorskip``."""
    heavy = {"numpy", "tensorflow", "keras", "tf_keras", "mkdocs", "ruff", "mypy", "twine", "build"}
    tests = [
        module for name, module in MODULES.items() if name.rpartition(".")[2].startswith("test_")
    ]
    helpers = [helper for module in tests for helper, _ in module.imported.values()]
    for module in some([*tests, *helpers]):
        imports = [node for node in module.tree.body if isinstance(node, ast.Import)]
        named = {alias.name for node in imports for alias in node.names}
        named |= {
            node.module or "" for node in module.tree.body if isinstance(node, ast.ImportFrom)
        }
        assert not heavy & {each.partition(".")[0] for each in named}, module.name


def test_who_assumes_much_is_stopped() -> None:
    """``assume`` throws draws away; hypothesis complains of too many, unless it is told not to."""
    for name, module in some(MODULES.items()):
        calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
        assumes = any(ast.unparse(call.func).endswith("assume") for call in calls)
        forbids = any(key.arg == "suppress_health_check" for call in calls for key in call.keywords)
        assert not (assumes and forbids), name


# -- what is read from the text ---------------------------------------------------------------

HELPERS = """
    def holds(x):
        assert x

    def may_hold(x):
        if x:
            assert x

    class Tally:
        def hold(self):
            assert self.draws

    SIZES = [1, 2]
    NONE = []
"""
SILENT = {
    "nothing": "f()",
    "only names": "x = 1",
    "an early return": "if f():\n    return\nassert g()",
    "one branch": "if f():\n    assert g()",
    "another branch": "if f():\n    assert g()\nelse:\n    g()",
    "an exception": "try:\n    assert f()\nexcept ValueError:\n    pass",
    "a suppressed exception": "with suppress(ValueError):\n    assert f()",
    "a loop": "for x in f():\n    assert x",
    "a loop over nothing": "for x in NONE:\n    assert x",
    "a loop over what is found": "for x in Path('.').glob('*'):\n    assert x",
    "continue": "for x in SIZES:\n    if f():\n        continue\n    assert x",
    "break": "for x in SIZES:\n    if f():\n        break\n    assert x",
    "while": "while f():\n    assert g()",
    "a case": "match f():\n    case 1:\n        assert g()",
    "a parameter": "def check(SIZES):\n    for x in SIZES:\n        assert x\ncheck(f())",
    "a constant": "assert True",
    "a tuple": "assert (f(), 'message')",
    "all of nothing": "assert all(x for x in f())",
    "all of some": "assert all(x for x in SIZES if x > 3)",
    "a helper that does not always": "may_hold(f())",
    "a helper perhaps": "f() and holds(g())",
    "a helper in a lambda": "g(lambda: holds(f()))",
    "a helper for each": "[holds(x) for x in f()]",
    "a function that is not called": "def check():\n    assert f()",
    "some things": "some(f())",
}
SPEAKING = {
    "an assertion": "assert f()",
    "both branches": "if f():\n    assert g()\nelse:\n    assert h()",
    "before a return": "assert f()\nif g():\n    return\nassert h()",
    "the other branch is skipped": "if f():\n    assert g()\nelse:\n    pytest.skip('cannot')",
    "an exception that is asked for": "with pytest.raises(ValueError):\n    f()",
    "an exception that fails": "try:\n    f()\nexcept ValueError:\n    assert g()\nelse:\n    assert h()",
    "in the end": "try:\n    f()\nfinally:\n    assert g()",
    "a loop that runs": "for x in SIZES:\n    assert x",
    "a loop written out": "for x, y in [(1, 2)]:\n    with f():\n        assert x == y",
    "a loop over some": "for x in some(f()):\n    assert x",
    "numbers": "for x in range(3):\n    assert f(x)",
    "pairs": "for x, y in zip(SIZES, sorted(SIZES)):\n    assert x == y",
    "a dictionary": "d = {1: 2}\nfor x, y in d.items():\n    assert x != y",
    "all of what is there": "assert all(x for x in SIZES)",
    "a helper": "holds(f())",
    "a method": "tally = Tally()\ntally.hold()",
    "a function of its own": "def check():\n    assert f()\ncheck()",
}


def ends(body: str) -> list[int]:
    """Where a test of this body ends in silence."""
    text = (
        dedent(HELPERS)
        + "\ndef test_it():\n"
        + "".join(f"    {line}\n" for line in body.split("\n"))
    )
    others: dict[str, Module] = {}
    others["tests.sample"] = Module("tests.sample", ast.parse(text), others)
    return silent_ends(others["tests.sample"].functions["test_it"], others["tests.sample"])


@pytest.mark.parametrize("body", SILENT.values(), ids=SILENT)
def test_silence_is_seen(body: str) -> None:
    assert ends(body)


@pytest.mark.parametrize("body", SPEAKING.values(), ids=SPEAKING)
def test_an_assertion_is_seen(body: str) -> None:
    assert ends(body) == []
