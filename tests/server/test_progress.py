"""An editor hears of work that takes long; for the impatient server here, everything does."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from tests.server.conftest import editor
from tests.server.editor import File, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

IMPATIENT = """
from kerasmergelint.server.app import make_server

server = make_server()
server.running.patience = 0.0
server.start_io()
"""

PROGRAM = "import keras\nx = keras.Input((4,))\n" + "x = keras.layers.Dense(4)(x)\n" * 5_000


@pytest_lsp.fixture(
    config=ClientServerConfig(
        server_command=[sys.executable, "-c", IMPATIENT], client_factory=editor
    ),
    scope="module",
    loop_scope="module",
)
async def told(lsp_client: LanguageClient) -> AsyncIterator[None]:
    capabilities = client_capabilities("visual-studio-code")
    assert capabilities.window is not None and capabilities.window.work_done_progress
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=capabilities, workspace_folders=[])
    )
    yield
    await lsp_client.shutdown_session()


async def test_work_begins_and_ends(told: LanguageClient, tmp_path: Path) -> None:
    file = File(told, tmp_path / "net.py").open(PROGRAM)

    async def whole() -> list[object] | None:
        for reports in told.progress_reports.values():
            if reports and isinstance(reports[-1], types.WorkDoneProgressEnd):
                return list(reports)
        # An analysis may be over before the editor has agreed to hear of it.
        file.insert(0, 0, "#\n")
        return None

    begin, end = await until(whole)
    assert begin == types.WorkDoneProgressBegin(title="kerasmergelint", message="net.py")
    assert end == types.WorkDoneProgressEnd()
