"""Code actions: repairs that are proved, and comments that silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient

from tests.server.editor import File
from tests.server.programs import BROKEN_LINE, UNET

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Keras has no layer of the name; the other one that it may be is certain.
MISSPELT = """\
import keras
from keras import layers

a, b = keras.Input((4,)), keras.Input((4,))
x = layers.Concatenat()([a, b])
y = layers.Subtrac()([a, b])
"""


async def test_a_repair_mends_the_program(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(UNET)
    [shown] = await file.diagnostics("KML101")
    *repairs, _ = await file.actions(BROKEN_LINE, 20)
    assert repairs
    assert all(action.title.startswith("Repair: ") for action in repairs)
    assert all(action.title.endswith(" (unsafe)") for action in repairs)
    assert all(list(action.diagnostics or []) == [shown] for action in repairs)
    file.carry_out(repairs[0])
    await file.diagnostics()


async def test_a_comment_silences(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(UNET)
    await file.diagnostics("KML101")
    *_, action = await file.actions(BROKEN_LINE, 20)
    assert action.title == "Silence KML101 on this line"
    assert action.kind == types.CodeActionKind.QuickFix
    file.carry_out(action)
    await file.diagnostics()


async def test_unsafe_repairs_are_not_carried_out_with_all_others(
    client: LanguageClient, tmp_path: Path
) -> None:
    file = File(client, tmp_path / "net.py").open(UNET)
    await file.diagnostics("KML101")
    assert await file.actions(0, 0, types.CodeActionKind.SourceFixAll) == []
    assert await file.actions(BROKEN_LINE, 20, types.CodeActionKind.Refactor) == []


async def test_all_safe_repairs_at_once(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(MISSPELT)
    await file.diagnostics("KML401", "KML401")
    [action] = await file.actions(0, 0, types.CodeActionKind.SourceFixAll)
    assert action.title == "Carry out all safe repairs"
    file.carry_out(action)
    await file.diagnostics()


async def test_there_is_nothing_to_do_where_nothing_is_wrong(
    client: LanguageClient, tmp_path: Path
) -> None:
    file = File(client, tmp_path / "net.py").open(UNET)
    await file.diagnostics("KML101")
    assert await file.actions(2, 0) == []
