"""Hover, hints, symbols and definitions."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient

from tests.server.editor import File, until
from tests.server.programs import BROKEN_LINE, MENDED, UNET

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_hover_on_a_tensor(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(MENDED)
    told = await file.hover(12, 5)
    assert (
        told == '`(None, 64, 64, 32)` float32, from `Conv2D` "conv2d_3" on line 7, 9,248 parameters'
    )


async def test_hover_on_a_name_with_several_shapes(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(MENDED)
    told = await file.hover(5, 4)
    assert "(None, 128, 128, 16)" in told
    assert "(None, 64, 64, 32)" in told


async def test_hover_on_a_model(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(MENDED)
    told = await file.hover(22, 1)
    assert told.startswith('**Model "functional"**: 118,273 parameters')
    assert "conv2d_10 (Conv2D)" in told


async def test_hover_on_a_function_tells_its_contract(
    client: LanguageClient, tmp_path: Path
) -> None:
    text = "import keras\n\n\ndef add_to(x, y):\n    return keras.layers.Add()([x, y])\n"
    file = File(client, tmp_path / "net.py").open(text)
    told = await file.hover(3, 6)
    assert told.startswith("`add_to(x, y)` works if: ")


async def test_hover_on_a_layer_tells_what_it_takes(client: LanguageClient, tmp_path: Path) -> None:
    text = (
        "import keras\n"
        "conv = keras.layers.Conv2D(4, 3)\n"
        "x = conv(keras.Input((8, 8, 3)))\n"
        "join = keras.layers.Concatenate(axis=1)\n"
    )
    file = File(client, tmp_path / "net.py").open(text)
    assert await file.hover(2, 5) == (
        "layer `Conv2D`, 112 parameters; takes a tensor of rank 4; size 3 on axis -1, as in its first call"
    )
    assert await file.hover(3, 1) == (
        "layer `Concatenate`, not built yet; takes tensors of one rank that agree on every axis but axis 1"
    )


async def test_hover_on_a_merge_tells_its_verdict(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(MENDED)
    assert "`Concatenate`: **safe**" in await file.hover(15, 22)
    file.replace(UNET)
    await file.diagnostics("KML101")
    assert "`Concatenate`: **broken**" in await file.hover(BROKEN_LINE, 22)


async def test_hints_stand_behind_assigned_tensors(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(MENDED)
    await file.diagnostics()
    found = await file.hints()
    assert found[10] == ": (None, 128, 128, 3)"
    assert found[13] == ": (None, 32, 32, 64)"
    assert found[5] == ": (None, 128, 128, 16) or 2 more"
    assert found[22] == ": 118,273 parameters"
    assert set(await file.hints(10, 13)) == {10, 11, 12, 13}


async def test_models_are_symbols(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(MENDED)

    async def look() -> list[types.DocumentSymbol] | None:
        found = await client.text_document_document_symbol_async(
            types.DocumentSymbolParams(file.document)
        )
        return [each for each in found or [] if isinstance(each, types.DocumentSymbol)] or None

    [symbol] = await until(look)
    assert (symbol.name, symbol.detail) == ("model", "model, 118,273 parameters")
    assert symbol.selection_range.start == types.Position(22, 0)


async def test_the_definition_of_an_operand_is_the_call_that_made_it(
    client: LanguageClient, tmp_path: Path
) -> None:
    file = File(client, tmp_path / "net.py").open(UNET)
    await file.diagnostics("KML101")
    column = UNET.splitlines()[BROKEN_LINE].index("up]")
    params = types.DefinitionParams(file.document, types.Position(BROKEN_LINE, column))
    found = await client.text_document_definition_async(params)
    assert isinstance(found, list)
    assert [each.range.start.line for each in found if isinstance(each, types.Location)] == [
        BROKEN_LINE - 1
    ]
