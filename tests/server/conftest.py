"""One server for all tests of a file: starting it takes longer than most of what is asked of it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client

SERVER = [sys.executable, "-m", "kerasmergelint", "server"]


def editor() -> LanguageClient:
    """A client that keeps what it promises: it takes registrations, and is asked for hints anew."""
    client = make_test_lsp_client()

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None: ...

    @client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)
    def refresh(params: None) -> None: ...

    return client


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=SERVER, client_factory=editor),
    scope="module",
    loop_scope="module",
)
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities("visual-studio-code"), workspace_folders=[]
        )
    )
    yield
    await lsp_client.shutdown_session()
