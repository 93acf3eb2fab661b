"""An editor, played by pytest-lsp: it opens and edits files, and waits for what the server makes of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pytest_lsp import LanguageClient

T = TypeVar("T")

# A loaded machine is slow; what never comes is a failure all the same.
_SECONDS = 240


@dataclass(slots=True)
class File:
    """A file that is open in the editor; nothing of it is ever saved."""

    client: LanguageClient
    path: Path
    version: int = 0

    @property
    def uri(self) -> str:
        return self.path.as_uri()

    @property
    def document(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri)

    def open(self, text: str) -> File:
        item = types.TextDocumentItem(self.uri, "python", self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return self

    def replace(self, text: str) -> None:
        """Send the whole text."""
        self._change(types.TextDocumentContentChangeWholeDocument(text))

    def insert(self, line: int, column: int, text: str) -> None:
        at = types.Position(line, column)
        self._change(types.TextDocumentContentChangePartial(types.Range(at, at), text))

    def carry_out(self, action: types.CodeAction) -> None:
        """Make the edits of an action in this file, the last first."""
        assert action.edit is not None and action.edit.changes is not None
        for edit in sorted(
            action.edit.changes[self.uri],
            key=lambda edit: (edit.range.start.line, edit.range.start.character),
            reverse=True,
        ):
            self._change(types.TextDocumentContentChangePartial(edit.range, edit.new_text))

    def close(self) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document))

    def _change(self, change: types.TextDocumentContentChangeEvent) -> None:
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    # -- what the server answers -----------------------------------------------------------

    async def diagnostics(
        self, *codes: str, line: int | None = None, column: int | None = None
    ) -> list[types.Diagnostic]:
        """Wait until exactly these codes are shown; the first of them on this line or column, from 0."""

        async def look() -> list[types.Diagnostic] | None:
            found = self.client.diagnostics.get(self.uri)
            if found is None or [each.code for each in found] != list(codes):
                return None
            if found:
                start = found[0].range.start
                if line not in (None, start.line) or column not in (None, start.character):
                    return None
            return list(found)

        return await until(look)

    async def hover(self, line: int, column: int) -> str:
        """What is shown for a position, once that is anything."""

        async def look() -> str | None:
            at = types.Position(line, column)
            found = await self.client.text_document_hover_async(
                types.HoverParams(self.document, at)
            )
            return None if found is None else _markdown(found)

        return await until(look)

    async def hints(self, first: int = 0, last: int = 10_000) -> dict[int, str]:
        """The label on each line that has one."""
        visible = types.Range(types.Position(first, 0), types.Position(last, 0))
        params = types.InlayHintParams(self.document, visible)
        found = await self.client.text_document_inlay_hint_async(params)
        return {hint.position.line: str(hint.label) for hint in found or []}

    async def actions(self, line: int, column: int, *kinds: str) -> list[types.CodeAction]:
        """The actions at a position, of these kinds if any are named."""
        at = types.Position(line, column)
        context = types.CodeActionContext([], only=list(kinds) or None)
        params = types.CodeActionParams(self.document, types.Range(at, at), context)
        found = await self.client.text_document_code_action_async(params)
        return [each for each in found or [] if isinstance(each, types.CodeAction)]


def _markdown(found: types.Hover) -> str:
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


async def until(look: Callable[[], Awaitable[T | None]]) -> T:
    """Look again and again until there is something."""
    end = time.monotonic() + _SECONDS
    while (found := await look()) is None:
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.05)
    return found
