"""python-lsp-server with flake8 and the plugin: open, edit, and the diagnostics arrive."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_check import BROKEN
from tests.editors.language_server import Client
from tests.server.programs import BROKEN_LINE, UNET

# As in docs/editors.md.
SETTINGS = {
    "pylsp": {
        "plugins": {
            "flake8": {"enabled": True, "executable": "no-such-flake8", "extendSelect": ["KML"]},
            "pycodestyle": {"enabled": False},
            "pyflakes": {"enabled": False},
            "mccabe": {"enabled": False},
        }
    }
}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    # An executable that does not exist makes it run the flake8 of its own interpreter.
    client = Client([sys.executable, "-m", "pylsp"], tmp_path, SETTINGS)
    yield client
    client.close()


def test_open_and_edit(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    client.open(path, BROKEN)
    [shown] = client.diagnostics(path, count=1)
    assert (shown["code"], shown["source"]) == ("KML111", "flake8")
    assert shown["range"]["start"] == {"line": 6, "character": 4}
    assert shown["message"].startswith("KML111 Add: axis 1 differs: 5 and 3: `left` (None, 5)")
    client.edit(path, BROKEN.replace("Dense(3)", "Dense(5)"))
    assert client.diagnostics(path, count=0) == []
    client.edit(path, BROKEN.replace("Dense(3)", "Dense(7)"))
    [shown] = client.diagnostics(path, count=1)
    assert "5 and 7" in shown["message"]
    # Nothing of this was ever saved.
    assert not path.exists()


def test_half_written_code_is_no_trouble(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    client.open(path, BROKEN)
    client.diagnostics(path, count=1)
    client.edit(path, BROKEN + "z = Add()([")
    [shown] = client.diagnostics(path, count=1)
    assert shown["code"] == "E999"
    client.edit(path, BROKEN + "z = Add()([left, left])\n")
    [shown] = client.diagnostics(path, count=1)
    assert shown["code"] == "KML111"


def test_unsaved_code_finds_its_imports(client: Client, tmp_path: Path) -> None:
    package = tmp_path / "nets"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "sizes.py").write_text("UNITS = 3\n")
    path = package / "net.py"
    client.open(path, "from .sizes import UNITS\n" + BROKEN.replace("Dense(3)", "Dense(UNITS)"))
    [shown] = client.diagnostics(path, count=1)
    assert shown["code"] == "KML111" and shown["range"]["start"]["line"] == 7


def test_the_plugin_adds_hover_and_code_actions(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    client.open(path, UNET)
    document = {"uri": path.as_uri()}
    at = {"line": BROKEN_LINE - 1, "character": 5}
    told = client.ask("textDocument/hover", {"textDocument": document, "position": at})
    assert "`(None, 128, 128, 32)` float32" in told["result"]["contents"]["value"]
    at = {"line": BROKEN_LINE, "character": 20}
    found = client.ask(
        "textDocument/codeAction",
        {
            "textDocument": document,
            "range": {"start": at, "end": at},
            "context": {"diagnostics": []},
        },
    )
    titles = [action["title"] for action in found["result"]]
    assert titles[-1] == "Silence KML101 on this line"
    assert titles[0].startswith("Repair: ")


def test_the_plugin_leaves_other_files_to_others(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "plain.py"
    client.open(path, "def double(x):\n    return 2 * x\n\n\ndouble(3)\n")
    at = {"line": 4, "character": 1}
    told = client.ask(
        "textDocument/hover", {"textDocument": {"uri": path.as_uri()}, "position": at}
    )
    assert "double" in told["result"]["contents"]["value"]
