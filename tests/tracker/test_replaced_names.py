"""What a test replaces for a while is not what the library or the project has under that name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

NET = """
import keras
from keras.layers import Dense


def build(units):
    return Dense(units)(keras.Input((3,)))


class Net:
    width = -1

    def make(self):
        return keras.layers.Dense(self.width)
"""
TEST = """
import unittest.mock as mock
from unittest.mock import patch
import keras
import net

def test_of_a_name({fixtures}):
    {replace}
    {use}
"""


def codes(folder: Path, replace: str, use: str, fixtures: str = "") -> list[str]:
    (folder / ".git").mkdir()
    (folder / "net.py").write_text(NET)
    test = folder / "test_net.py"
    test.write_text(TEST.format(replace=replace, use=use, fixtures=fixtures))
    return [one.code for one in check_source(test.read_text(), str(test), Settings())]


@pytest.mark.parametrize(
    ("replace", "use"),
    [
        ('p = patch("keras.layers.Dense"); p.start()', "keras.layers.Dense(-1)"),
        ('with patch("keras.layers.Dense") as dense:', "    keras.layers.Dense(-1)"),
        ('with mock.patch.object(keras.layers, "Dense"):', "    keras.layers.Dense(-1)"),
        ('with patch("net.Dense"):', "    net.build(-1)"),
        ('with patch.multiple("net", Dense=mock.MagicMock()):', "    net.build(-1)"),
        ('with patch("net.Net.width", 3):', "    net.Net().make()"),
    ],
)
def test_mock_replaces_names(tmp_path: Path, replace: str, use: str) -> None:
    assert codes(tmp_path, replace, use) == []


@pytest.mark.parametrize(
    ("fixture", "replace", "use"),
    [
        (
            "monkeypatch",
            'monkeypatch.setattr(keras.layers, "Dense", print)',
            "keras.layers.Dense(-1)",
        ),
        ("monkeypatch", 'monkeypatch.setattr("net.Dense", print)', "net.build(-1)"),
        ("mocker", 'mocker.patch("net.Dense")', "net.build(-1)"),
        ("mocker", 'mocker.patch.object(net.Net, "width", 3)', "net.Net().make()"),
    ],
)
def test_so_do_fixtures_of_pytest(tmp_path: Path, fixture: str, replace: str, use: str) -> None:
    assert codes(tmp_path, replace, use, fixture) == []


@pytest.mark.parametrize("use", ["keras.layers.Dense(-1)", "net.build(-1)", "net.Net().make()"])
def test_other_names_stay_what_they_are(tmp_path: Path, use: str) -> None:
    assert codes(tmp_path, 'with patch("keras.layers.Conv2D"):', f"    {use}") == ["KML306"]
