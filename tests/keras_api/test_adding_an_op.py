"""The contributor's page about ops says what works: its entry is drawn against the real function."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from kerasmergelint.keras_api.ops import find
from kerasmergelint.keras_api.protocol import KerasVersion
from tests.keras_api.op_answers import agree, ours_by, real, unsure
from tests.keras_api.test_ops_oracle import fitting, worlds

PAGE = Path(__file__).parent.parent.parent / "docs" / "contributing" / "adding-an-op.md"


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    """The names that the page's code defines."""
    names: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL):
        exec(compile(block, str(PAGE), "exec"), names)
    return names


@pytest.mark.oracle
def test_the_entry_of_the_page_agrees_with_keras(page: dict[str, Any]) -> None:
    (op,) = page["OPS"]
    (name,) = op.names
    op = replace(op, spoken=name)
    sure = 0

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(page["draws"])
    def compare(drawn: Any) -> None:
        nonlocal sure
        for mode, version in worlds(name):
            fit = fitting(drawn, mode, version)
            assert fit is not None
            mine = ours_by(op, fit, mode, version)
            assert agree(mine, real(name, fit, mode, version))
            sure += not unsure(mine)

    compare()
    assert sure > 60


def test_the_page_speaks_of_an_entry_that_exists(page: dict[str, Any]) -> None:
    (op,) = page["OPS"]
    assert find("keras." + op.names[0], KerasVersion.V3) is not None


@pytest.mark.parametrize(
    "path",
    sorted(set(re.findall(r"`((?:tests|kerasmergelint|scripts)/[\w/.]+)`", PAGE.read_text()))),
)
def test_the_files_that_it_names_exist(path: str) -> None:
    assert (PAGE.parent.parent.parent / path).exists()
