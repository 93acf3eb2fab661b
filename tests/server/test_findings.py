"""Findings while the user types."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient

from tests.repository import ROOT
from tests.server.editor import File
from tests.server.programs import BROKEN_LINE, MENDED, UNET

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_open_break_and_mend(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(UNET)
    [shown] = await file.diagnostics("KML101")
    assert shown.severity is types.DiagnosticSeverity.Error
    assert shown.source == "kerasmergelint"
    assert shown.range.start == types.Position(BROKEN_LINE, 13)
    assert shown.range.end == types.Position(BROKEN_LINE, 44)
    assert shown.message.startswith("Concatenate: axis 1 differs: 64 and 128: `two`")
    file.replace(MENDED)
    await file.diagnostics()
    file.replace(UNET)
    await file.diagnostics("KML101")


async def test_a_finding_leads_to_its_operands_and_to_its_page(
    client: LanguageClient, tmp_path: Path
) -> None:
    file = File(client, tmp_path / "net.py").open(UNET)
    [shown] = await file.diagnostics("KML101")
    related = {
        each.message: each.location.range.start.line for each in shown.related_information or []
    }
    assert related["`up` (None, 128, 128, 32) is made here"] == BROKEN_LINE - 1
    assert related["reached from this call"] == 22
    assert shown.code_description is not None
    page = Path(shown.code_description.href.removeprefix("file://"))
    assert page.read_text().startswith("# KML101")


async def test_a_hazard_is_a_warning(client: LanguageClient, tmp_path: Path) -> None:
    text = (ROOT / "fixtures" / "hazardous" / "concatenate_axis_zero.py").read_text()
    file = File(client, tmp_path / "net.py").open(text)
    [shown] = await file.diagnostics("KML202")
    assert shown.severity is types.DiagnosticSeverity.Warning


async def test_half_typed_code_keeps_what_was_known(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(UNET)
    await file.diagnostics("KML101")
    file.insert(0, 0, "import numpy as np\nx = [(\n")
    await file.diagnostics("KML101", line=BROKEN_LINE + 2)
    assert "(None, 128, 128, 32)" in await file.hover(BROKEN_LINE + 1, 5)
    assert (await file.hints())[BROKEN_LINE + 1] == ": (None, 128, 128, 32)"


async def test_columns_are_counted_as_the_client_does(
    client: LanguageClient, tmp_path: Path
) -> None:
    text = (
        "import keras\n"
        "a, b = keras.Input((4,)), keras.Input((5,))\n"
        '"😀😀"; x = keras.layers.Add()([a, b])\n'
    )
    file = File(client, tmp_path / "net.py").open(text)
    [shown] = await file.diagnostics("KML111")
    # An emoji is one character, and two units of UTF-16.
    assert shown.range.start == types.Position(2, 12)
    file.insert(2, 6, " ")
    [shown] = await file.diagnostics("KML111", column=13)


async def test_an_imported_file_is_read_from_the_editor(
    client: LanguageClient, tmp_path: Path
) -> None:
    parts = tmp_path / "parts.py"
    parts.write_text("from keras import layers\n\ndef grow(x):\n    return layers.Dense(4)(x)\n")
    main = File(client, tmp_path / "net.py").open(
        "import keras\nfrom parts import grow\n\na = keras.Input((4,))\n"
        "x = keras.layers.Add()([a, grow(a)])\n"
    )
    await main.diagnostics()
    other = File(client, parts).open(parts.read_text())
    other.replace(parts.read_text().replace("4", "5"))
    [shown] = await main.diagnostics("KML111")
    where = {related.location.uri for related in shown.related_information or []}
    assert parts.as_uri() in where
    other.close()
    await main.diagnostics()


async def test_columns_of_an_imported_file_are_counted_so_as_well(
    client: LanguageClient, tmp_path: Path
) -> None:
    parts = tmp_path / "parts.py"
    parts.write_text(
        'from keras import layers\n\ndef grow(x):\n    "😀"; y = layers.Dense(5)(x)\n    return y\n'
    )
    main = File(client, tmp_path / "net.py").open(
        "import keras\nfrom parts import grow\n\na = keras.Input((4,))\n"
        "x = keras.layers.Add()([a, grow(a)])\n"
    )
    [shown] = await main.diagnostics("KML111")
    [made] = [
        related.location.range
        for related in shown.related_information or []
        if related.location.uri == parts.as_uri() and "is made here" in related.message
    ]
    assert made == types.Range(types.Position(3, 14), types.Position(3, 32))


async def test_a_closed_file_has_no_findings(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(UNET)
    await file.diagnostics("KML101")
    file.close()
    await file.diagnostics()
    assert await file.actions(BROKEN_LINE, 20) == []
