"""The contributor's page on layers works: its entry agrees with the layer, on draws from its own row."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import KerasVersion
from tests.keras_api import layer_answers
from tests.keras_api.layer_draws import V2, V3, Draw
from tests.oracle import Raised

pytestmark = pytest.mark.oracle
PAGE = Path(__file__).parent.parent.parent / "docs" / "contributing" / "adding-a-layer.md"


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    """What the code on the page defines."""
    defined: dict[str, Any] = {}
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert len(blocks) == 2
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), defined)
    return defined


@pytest.mark.parametrize("version", [V3, V2], ids=["V3", "V2"])
def test_the_entry_agrees_with_keras(
    page: dict[str, Any], version: KerasVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    (entry,) = page["LAYERS"]
    assert isinstance(entry, LayerType)
    monkeypatch.setattr(layer_answers, "find", lambda name, meant: entry)
    refused = []

    @settings(max_examples=40, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        config = data.draw(page["config"])
        first = data.draw(page["call"](None, config))
        draw = Draw(entry.name, config, first, data.draw(page["call"](first, config)))
        theirs = layer_answers.ask_keras(draw, version)
        ours = layer_answers.ask_us(draw, version)
        assert not layer_answers.differences(ours, theirs), f"{draw}\n{ours}\n{theirs}"
        refused.append(isinstance(theirs.first, Raised))

    run()
    assert True in refused and False in refused  # the draws can tell a good rule from a bad one


def test_every_field_on_the_page_is_one(page: dict[str, Any]) -> None:
    rows = re.findall(r"^\| (`.*?) \|", PAGE.read_text(encoding="utf-8"), re.M)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named <= set(LayerType.__slots__)
