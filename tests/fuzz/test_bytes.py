"""Whatever the text of a file is, the plugin gives findings and nothing else."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kerasmergelint.options import Settings
from kerasmergelint.plugin import KerasMergePlugin

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").rglob("*.py"))
TEXTS = [file.read_text(encoding="utf-8") for file in FIXTURES]
COUNT = int(os.environ.get("KML_BYTES", "150"))
SETTINGS = settings(
    max_examples=COUNT, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def lint(text: str) -> list[tuple[int, int, str, type]]:
    lines = text.splitlines(keepends=True)
    return list(KerasMergePlugin(ast.Module([], []), lines, "fuzzed.py").run())


def check(text: str) -> None:
    """No internal error, and every report is what flake8 can print."""
    assert [report for report in lint(text) if not is_printable(report)] == []


def is_printable(report: tuple[int, int, str, type]) -> bool:
    line, column, message, kind = report
    placed = line >= 1 and column >= 0 and kind is KerasMergePlugin
    said = message.startswith("KML") and "\n" not in message
    return placed and said and not message.startswith("KML900")


@pytest.fixture(autouse=True)
def with_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KerasMergePlugin, "settings", Settings(enabled=("KML9",), steps=20_000))


@SETTINGS
@given(st.text(max_size=300))
@example("\x00")
@example("\ufeff")
@example("\r\x0c\u2028\x85")
@example("\ud800")
def test_any_text(text: str) -> None:
    check("import keras\n" + text)
    check(text + "\nimport tensorflow")


@SETTINGS
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    check("import keras\n" + content.decode("utf-8", "replace"))
    check("import keras\n" + content.decode("latin-1"))
    check("import keras\n" + content.decode("utf-8", "surrogateescape"))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A real program with some of it cut out, doubled, or replaced by a part of another."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        other = draw(st.sampled_from(TEXTS))
        at = draw(st.integers(0, len(other)))
        new = draw(
            st.sampled_from(
                ["", text[start:end] * 2, other[at : at + 40], "(", ")", "\n", " ", "\t", "None", "*",
                 "lambda: ", "[0]", "-1", "**{}", "yield ", "await ", ":=", "'", '"""', "\\", "#"]
            )
        )  # fmt: skip
        text = text[:start] + new + text[end:]
    return text


@SETTINGS
@given(damaged())
def test_damaged_programs(text: str) -> None:
    check(text)


@st.composite
def recast(draw: st.DrawFn) -> str:
    """A real program in which names and numbers have changed places: it parses, and means nothing."""
    tree = ast.parse(draw(st.sampled_from(TEXTS)))
    names = sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)})
    texts = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    for node in ast.walk(tree):
        if id(node) in texts:
            continue  # the text of an f-string can be nothing else
        if isinstance(node, ast.Name) and draw(st.integers(0, 9)) == 0:
            node.id = draw(st.sampled_from(names))
        elif isinstance(node, ast.Constant) and draw(st.integers(0, 4)) == 0:
            node.value = draw(
                st.sampled_from([None, True, 0, -1, 1, 2.5, "", "same", b"x", ..., 10**20, 1e308])
            )
    return ast.unparse(tree)


@SETTINGS
@given(recast())
def test_recast_programs(text: str) -> None:
    check(text)


def test_the_check_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    import kerasmergelint.rules.check as module

    def fail(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(module, "check_with_report", fail)
    with pytest.raises(AssertionError):
        check(TEXTS[0])
