"""Nothing leaves the plugin but findings."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.plugin import KerasMergePlugin
from kerasmergelint.rules import check

SOURCE = ["import keras\n"]


@pytest.fixture
def with_notes() -> Iterator[None]:
    KerasMergePlugin.settings = Settings(enabled=("KML9",))
    yield
    KerasMergePlugin.settings = Settings()


def fail_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def check_with_report(*_: object) -> None:
        raise error

    monkeypatch.setattr(check, "check_with_report", check_with_report)


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), MemoryError(), KeyError(1)])
def test_a_bug_of_ours_is_silent(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fail_with(error, monkeypatch)
    assert list(KerasMergePlugin(ast.Module([], []), SOURCE, "m.py").run()) == []
    assert caplog.records == []  # which Python would print, since flake8 has no handler for them


def test_a_bug_of_ours_is_a_note_if_asked_for(
    monkeypatch: pytest.MonkeyPatch, with_notes: None
) -> None:
    fail_with(ValueError("x"), monkeypatch)
    [(line, column, text, _)] = KerasMergePlugin(ast.Module([], []), SOURCE, "m.py").run()
    assert (line, column) == (1, 0)
    assert text.startswith("KML900 internal error, ValueError")
