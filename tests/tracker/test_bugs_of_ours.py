"""A bug of ours leaves unknown what it was met in; all else is followed, and the bug is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.options import Settings
from kerasmergelint.rules import messages
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.hazards import zips
from kerasmergelint.tracker.keras import functional
from kerasmergelint.tracker.program import blind, usages
from kerasmergelint.tracker.python import (
    arithmetic,
    classes,
    comprehensions,
    conditions,
    fstrings,
    in_place,
    iterators,
    matching,
    statements,
)
from tests.injected import bug_in

HEAD = "import keras\nfrom keras import layers\n"
BROKEN = """
def merged():
    return layers.Add()([keras.Input((3,)), keras.Input((4,))])
"""
# A function of ours, and a program that needs it.
CONSTRUCTS: dict[str, tuple[Callable[..., Any], str]] = {
    "an operator": (arithmetic.binary, "size = 2 + 3"),
    "a comparison": (conditions.compare, "small = 2 < 3"),
    "a comprehension": (comprehensions.comprehension, "sizes = [size for size in (1, 2)]"),
    "an f-string": (fstrings.fstring, "name = f'{3}'"),
    "a class": (classes.define, "class Net:\n    size = 3"),
    "a match": (matching.matches, "match 3:\n    case 3: x = 1"),
    "the items of a loop": (iterators.start, "for size in iter((1, 2)): x = size"),
    "a condition": (statements._follow_chain, "if 2: x = 1"),
    "lists side by side": (zips.notice_zip, "x = list(zip([1, 2], [3]))"),
    "a model": (functional.call, "keras.Model(a := keras.Input((3,)), a)(keras.Input((3,)))"),
}


SETTINGS = Settings(keras_version="3", enabled=("KML9",))


def codes(program: str) -> list[str]:
    """What is found in a program, in the order of the codes."""
    return sorted(finding.code for finding in check_source(HEAD + program, "net.py", SETTINGS))


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_the_rest_is_followed(name: str) -> None:
    function, program = CONSTRUCTS[name]
    with bug_in(function) as bug:
        assert codes(program + BROKEN + "\nmerged()\n") == ["KML111", "KML900"]
    assert bug.met > 0


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_the_rest_of_a_function_is_followed(name: str) -> None:
    function, program = CONSTRUCTS[name]
    inside = "".join(f"\n    {line}" for line in program.splitlines())
    with bug_in(function) as bug:
        found = codes(f"def build(x):{inside}\n    return merged()\n{BROKEN}")
    assert bug.met > 0
    assert found == ["KML111", "KML900"]


def test_another_entry_is_entered() -> None:
    with bug_in(blind.enter, last=1) as bug:
        found = codes("def build(x):\n    return x\n" + BROKEN)
    assert bug.met == 1
    assert found == ["KML111", "KML900"]


def test_what_a_statement_may_have_changed_is_unknown() -> None:
    with bug_in(in_place.augmented):
        found = codes(
            "sizes = [3]\nsizes += [4]\n"
            "layers.Add()([keras.Input((sizes[0],)), keras.Input((5,))])\n"
        )
    assert found == ["KML900", "KML901"]


def test_a_block_that_may_have_returned_ends_its_function() -> None:
    with bug_in(statements._follow_chain):
        found = codes(
            "def build(x):\n    if x is not None: return x\n"
            "    return layers.Add()([keras.Input((3,)), keras.Input((4,))])\n"
            "build(keras.Input((3,)))\n"
        )
    assert found == ["KML900", "KML901"]


def test_what_is_uncertain_because_of_a_bug_is_not_reported() -> None:
    with bug_in(usages.around):
        found = codes(BROKEN)
    assert found == ["KML900"]


def test_a_bug_in_the_words_of_one_finding() -> None:
    again = BROKEN.replace("merged", "again")
    with bug_in(messages.message, last=1):
        found = codes(BROKEN + again)
    assert found == ["KML111", "KML900"]


def test_what_a_bug_left_unknown_is_not_remembered() -> None:
    """Another file would show no finding, and no error either."""
    program = "layers.Add()([keras.Input((3, 77)), keras.Input((4, 77))])\n"
    with bug_in(LayerType.call):
        assert codes(program) == ["KML900", "KML901"]
    assert codes(program) == ["KML111"]
