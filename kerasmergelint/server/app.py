"""The server: what answers which request of the protocol."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from kerasmergelint import __version__
from kerasmergelint.server.documents import path_of
from kerasmergelint.server.positions import Units
from kerasmergelint.server.progress import Progress
from kerasmergelint.server.session import Session, Voice
from kerasmergelint.server.settings import FILES, SECTION, ClientSettings, folder_of, from_client

if TYPE_CHECKING:
    from pygls.server import ServerErrors

_LOG = logging.getLogger(__name__)

_FIX_ALL = "source.fixAll.kerasmergelint"


class Server(LanguageServer):
    """A language server for one client."""

    def __init__(self) -> None:
        super().__init__("kerasmergelint", __version__, notebook_document_sync=_NOTEBOOKS)
        self.running = Progress(self)
        self.session = Session(
            Voice(
                self._publish,
                self._refresh,
                self._complain,
                self.running.begin,
                self.running.end,
            )
        )

    def report_server_error(self, error: Exception, source: ServerErrors) -> None:
        """Nonsense from a client, or a bug of ours: for the log, not for a window."""
        _LOG.error("%s: %s", source.__name__, error)

    # -- telling the client ----------------------------------------------------------------

    def _publish(self, uri: str, version: int | None, shown: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))

    def _refresh(self) -> None:
        workspace = self.client_capabilities.workspace
        hint = None if workspace is None else workspace.inlay_hint
        if hint is not None and hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)

    def _complain(self, words: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, words))

    # -- settings --------------------------------------------------------------------------

    def take_roots(self) -> None:
        """The folders that the client has open."""
        paths = (to_fs_path(folder.uri) for folder in self.workspace.folders.values())
        roots = [path for path in paths if path]
        if not roots and self.workspace.root_path:
            roots = [self.workspace.root_path]
        self.session.roots = roots

    def take_settings(self, folder: str, given: object) -> None:
        self.session.configurations.client[folder] = from_client(given)

    async def ask_for_settings(self) -> None:
        """What the client says for each folder, if it can be asked."""
        workspace = self.client_capabilities.workspace
        if workspace is None or not workspace.configuration:
            return
        folders = {to_fs_path(uri) or "": uri for uri in self.workspace.folders}
        items = [types.ConfigurationItem(uri, SECTION) for uri in folders.values()]
        try:
            answers = await self.workspace_configuration_async(
                types.ConfigurationParams([types.ConfigurationItem(None, SECTION), *items])
            )
        except Exception as error:  # a client that promised too much
            _LOG.warning("no configuration: %s", error)
            return
        for folder, answer in zip(("", *folders), answers):
            if answer is not None:
                self.take_settings(folder, answer)

    def settings_for(self, path: str) -> ClientSettings:
        folder = folder_of(path, self.session.roots)
        return self.session.configurations.client_of(folder)


_NOTEBOOKS = types.NotebookDocumentSyncOptions(
    notebook_selector=[
        types.NotebookDocumentFilterWithNotebook(
            notebook="jupyter-notebook",
            cells=[types.NotebookCellLanguage(language="python")],
        )
    ]
)


def make_server() -> Server:
    """A server, ready to be started."""
    server = Server()
    _life(server)
    _texts(server)
    _cells(server)
    _questions(server)
    return server


def _life(server: Server) -> None:
    """Starting up, settings, and files that change."""
    session = server.session

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.take_roots()
        session.documents.units = Units(server.workspace.position_encoding or "utf-16")
        server.take_settings("", params.initialization_options)
        session.start(asyncio.get_running_loop())

    @server.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        session.warm_up()
        await server.ask_for_settings()
        await _watch_files(server)
        session.everything_changed()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configured(params: types.DidChangeConfigurationParams) -> None:
        if params.settings:
            server.take_settings("", params.settings)
        await server.ask_for_settings()
        session.everything_changed()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    async def folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        server.take_roots()
        await server.ask_for_settings()
        session.everything_changed()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files(params: types.DidChangeWatchedFilesParams) -> None:
        session.everything_changed()

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        session.close()


async def _watch_files(server: Server) -> None:
    """Ask to be told when files change on disk."""
    workspace = server.client_capabilities.workspace
    watched = None if workspace is None else workspace.did_change_watched_files
    if watched is None or not watched.dynamic_registration:
        return
    patterns = ("**/*.py", "**/requirements*.txt", *(f"**/{name}" for name in FILES))
    options = types.DidChangeWatchedFilesRegistrationOptions(
        [types.FileSystemWatcher(pattern) for pattern in patterns]
    )
    registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    try:
        await server.client_register_capability_async(types.RegistrationParams([registration]))
    except Exception as error:  # a client that promised too much
        _LOG.warning("files are not watched: %s", error)


def _texts(server: Server) -> None:
    """Documents."""
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        given = params.text_document
        session.documents.open(given.uri, given.text, given.version)
        session.changed(given.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        given = params.text_document
        if session.documents.change(given.uri, given.version, list(params.content_changes)):
            session.changed(given.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        if params.text_document.uri.rpartition("/")[2] in FILES:
            session.everything_changed()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        document = session.documents.get(uri)
        if document is not None:
            session.documents.close(uri)
            session.closed(uri, document.path, [uri])


def _cells(server: Server) -> None:
    """Notebooks."""
    session = server.session

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenNotebookDocumentParams) -> None:
        session.changed(session.notebooks.open(params).uri)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeNotebookDocumentParams) -> None:
        notebook = session.notebooks.change(params)
        if notebook is not None:
            session.changed(notebook.uri)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseNotebookDocumentParams) -> None:
        session.notebooks.close(params)
        cells = [cell.uri for cell in params.cell_text_documents]
        uri = params.notebook_document.uri
        session.closed(uri, path_of(uri), cells)


def _questions(server: Server) -> None:
    """Requests about a document; if nothing is known about it, the answer is empty."""
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def on_hover(params: types.HoverParams) -> types.Hover | None:
        from kerasmergelint.server.hover import hover  # late: nothing is known before

        known = session.known(params.text_document.uri)
        return None if known is None else hover(known[0], params.position, known[1])

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def on_hints(params: types.InlayHintParams) -> list[types.InlayHint]:
        from kerasmergelint.server.hints import hints  # late: nothing is known before

        known = session.known(params.text_document.uri)
        if known is None:
            return []
        shown = server.settings_for(known[0].path).shown
        return hints(known[0], params.range, known[1], shown)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def on_definition(params: types.DefinitionParams) -> list[types.Location]:
        from kerasmergelint.server.definition import definitions  # late: nothing is known before

        known = session.known(params.text_document.uri)
        return [] if known is None else definitions(known[0], params.position, known[1])

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def on_symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        from kerasmergelint.server.symbols import symbols  # late: nothing is known before

        known = session.known(params.text_document.uri)
        return [] if known is None else symbols(*known)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, _FIX_ALL]),
    )
    async def on_actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        from kerasmergelint.server.actions import (  # late: nothing is known before
            actions,
            meets_finding,
        )

        known = session.known(params.text_document.uri)
        if known is not None and meets_finding(known[0], params, known[1]):
            known = await session.with_offers(params.text_document.uri)
        return [] if known is None else actions(known[0], params, known[1])
