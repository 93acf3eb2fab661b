"""What is drawn hangs on the title alone."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

from tests.draws import each_draw

NUMBER = 123_457


def drawn(title: str) -> list[int]:
    found: list[int] = []
    each_draw(st.integers(0, 10**9), 200, title, found.append)
    return found


def test_the_title_decides() -> None:
    assert drawn("one") == drawn("one")
    assert drawn("one") != drawn("other")


def test_constants_of_loaded_modules_have_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    constants = providers.Constants(integers={NUMBER})
    monkeypatch.setattr(providers, "_get_local_constants", lambda: constants)
    providers.CONSTANTS_CACHE.cache.clear()
    assert NUMBER not in drawn("constants")
