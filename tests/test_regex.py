"""A pattern is compiled when it is first asked for something."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import pytest

from kerasmergelint.keras_api import keras_2, release_names
from kerasmergelint.regex import regex
from kerasmergelint.syntax import mangling
from kerasmergelint.tracker.program import eras, version
from tests.repository import ROOT

if sys.version_info >= (3, 11):
    from re import _parser as parser
else:
    import sre_parse as parser


def test_it_answers_as_a_compiled_pattern_does() -> None:
    text = "Dense(8)\nDense(16)"
    lazy, compiled = (make(r"^Dense\((\d+)\)$", re.MULTILINE) for make in (regex, re.compile))
    for _ in range(2):  # before and after it is compiled
        assert lazy.findall(text) == compiled.findall(text) == ["8", "16"]
        assert lazy.sub("Add", text) == compiled.sub("Add", text)
        assert lazy.fullmatch(text) is None
        assert (lazy.pattern, lazy.flags) == (compiled.pattern, compiled.flags)


def test_what_is_wrong_with_a_pattern_shows_when_it_is_used() -> None:
    wrong = regex("(")
    with pytest.raises(re.error, match="unterminated"):
        wrong.match("x")


_LOAD = """
import re, sys
compile = re.compile
def watched(*arguments):
    if sys._getframe(1).f_globals["__name__"].startswith("kerasmergelint"):
        print(*arguments)
    return compile(*arguments)
re.compile = watched
import kerasmergelint.plugin, kerasmergelint.cache, kerasmergelint.tracker.program.analysis
"""


def test_loading_the_tracker_compiles_none() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True
    )
    assert loaded.stdout == ""


def test_every_pattern_can_be_compiled() -> None:
    users = [
        file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for file in (ROOT / "kerasmergelint").rglob("*.py")
        if "regex import regex" in file.read_text(encoding="utf-8")
    ]
    assert users
    command = [sys.executable, "-c", _COMPILE_ALL, *users]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout) == ("", "")


_COMPILE_ALL = """
import importlib, re, sys
import kerasmergelint.regex
kerasmergelint.regex.regex = lambda text, flags=0, words=(): re.compile(text, flags)
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def test_a_pattern_with_words_is_asked_where_one_of_them_stands() -> None:
    asked = regex(r"\b(?:add|sub)_(\d)", words=("add_", "sub_"))
    assert asked.findall("add_1, sub_2, mul_3") == ["1", "2"]
    found = asked.search("x = sub_2")
    assert found is not None and found[1] == "2"
    wrong = regex("(", words=("add_", "sub_"))
    assert wrong.search("x = mul_3") is None, "it was not compiled"
    assert wrong.findall("x = mul_3") == []
    with pytest.raises(re.error):
        wrong.search("add_1")


PATTERNS_WITH_WORDS = [
    (f"{module.__name__}.{name}", one)
    for module in (eras, keras_2, mangling, release_names, version)
    for name, value in vars(module).items()
    for one in (value if isinstance(value, tuple) else (value,))
    if hasattr(one, "words")
]


@pytest.mark.parametrize(("name", "pattern"), PATTERNS_WITH_WORDS)
def test_all_that_a_pattern_matches_has_one_of_its_words(name: str, pattern: Any) -> None:
    text, flags = pattern.pattern.pattern, pattern.pattern.flags
    matched = [one for one in examples(parser.parse(text, flags)) if re.search(text, one, flags)]
    assert matched
    assert [one for one in matched if pattern.search(one) is None] == []


def examples(parsed: Iterable[tuple[Any, Any]]) -> list[str]:
    """Texts that a pattern matches, with each of its alternatives in one of them."""
    found = [""]
    for kind, what in parsed:
        ways = _ways(str(kind), what)
        others = [f"{found[0]}{way}" for way in ways[1:]]
        found = [f"{one}{ways[0]}" for one in found] + others
    return found


def _ways(kind: str, what: Any) -> list[str]:
    if kind == "LITERAL":
        return [chr(what)]
    if kind == "BRANCH":
        return [way for branch in what[1] for way in examples(branch)]
    if kind == "SUBPATTERN":
        return examples(what[-1])
    if kind.endswith("REPEAT"):
        least, _, repeated = what
        return [way * least for way in examples(repeated)] if least else ["", *examples(repeated)]
    if kind == "IN":
        return [next(filter(re.compile(_one_of(what)).match, " a1" + string.printable), "a")]
    return ["a"] if kind in ("NOT_LITERAL", "ANY") else [""]


def _one_of(items: Iterable[tuple[Any, Any]]) -> str:
    spelled = {"CATEGORY_WORD": r"\w", "CATEGORY_SPACE": r"\s", "CATEGORY_DIGIT": r"\d"}
    parts = []
    for kind, what in items:
        if str(kind) == "LITERAL":
            parts.append(re.escape(chr(what)))
        elif str(kind) == "NEGATE":
            parts.append("^")
        elif str(kind) == "CATEGORY":
            parts.append(spelled[str(what)])
        else:
            parts.append(f"{chr(what[0])}-{chr(what[1])}")
    return f"[{''.join(parts)}]"
