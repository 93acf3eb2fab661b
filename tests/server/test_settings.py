"""Settings: from files, from the client, and for each of several folders."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient

from kerasmergelint.server.settings import Configurations, folder_of, from_client
from tests.server.editor import File
from tests.server.programs import UNET

CLEAN = "import keras\na = keras.Input((4,))\n"


def configuration_in(folder: Path) -> tuple[object, ...]:
    found, complaint = Configurations().of(str(folder))
    return found.ignore, found.keras_version, complaint


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[tool.kerasmergelint]\nignore = ["KML101"]\nkeras-version = 2\n'),
        ("setup.cfg", "[flake8]\nignore = KML101\nkml-keras-version = 2\n"),
        (".flake8", "[flake8]\nextend-ignore = KML101\nkml-keras-version = 2\n"),
    ],
)
def test_files_are_read_and_read_again(tmp_path: Path, name: str, text: str) -> None:
    configurations = Configurations()
    inner = tmp_path / "nets"
    inner.mkdir()
    (tmp_path / name).write_text(text)
    assert configuration_in(inner) == (("KML101",), "2", "")
    assert configurations.of(str(inner))[0].keras_version == "2"
    (tmp_path / name).write_text(text.replace("2", "3"))
    assert configurations.of(str(inner))[0].keras_version == "3"


def test_the_client_is_stronger(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.kerasmergelint]\nkeras-version = 2\n")
    client = from_client({"kerasmergelint": {"kerasVersion": "3.10", "perFileIgnores": {}}})
    found, complaint = Configurations({"": client}).of(str(tmp_path))
    assert (found.keras_version, complaint) == ("3.10", "")


def test_what_makes_no_sense_is_left_out() -> None:
    client = from_client({"ignore": ["KML1"], "enable": 7, "steps": "many", "python": {}})
    assert client.table == {"ignore": ["KML1"]}
    assert client.complaint.startswith("kerasmergelint.")


def test_a_file_belongs_to_the_innermost_folder(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    roots = [str(tmp_path), str(inner), str(tmp_path / "c")]
    assert folder_of(str(inner / "net.py"), roots) == str(inner)
    assert folder_of(str(tmp_path / "a" / "net.py"), roots) == str(tmp_path)
    assert folder_of("/elsewhere/net.py", roots) == "/elsewhere"


@pytest.mark.asyncio(loop_scope="module")
async def test_each_folder_has_its_own(client: LanguageClient, tmp_path: Path) -> None:
    strict, lenient = tmp_path / "strict", tmp_path / "lenient"
    strict.mkdir()
    lenient.mkdir()
    (lenient / ".flake8").write_text("[flake8]\nextend-ignore = KML101\n")
    one = File(client, strict / "net.py").open(UNET)
    [shown] = await one.diagnostics("KML101")
    assert shown.code == "KML101"
    other = File(client, lenient / "net.py").open(UNET)
    await other.diagnostics()


@pytest.mark.asyncio(loop_scope="module")
async def test_each_kind_of_hint_has_a_switch(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(CLEAN)
    await file.diagnostics()
    assert await file.hints() == {1: ": (None, 4)"}
    client.set_configuration({"kerasmergelint": {"inlayHints": {"tensors": False}}})
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    file.insert(0, 0, "#\n")
    await file.diagnostics()
    while await file.hints():
        await file.hover(2, 0)
    assert await file.hints() == {}
