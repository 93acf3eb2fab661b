"""Tells the client that an analysis takes long."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING

from lsprotocol import types

from kerasmergelint.dataclass import dataclass, field

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer


@dataclass(slots=True)
class Progress:
    """Reports each analysis in progress to the client, once it has taken ``patience`` seconds."""

    server: LanguageServer
    patience: float = 1.0
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def begin(self, key: str, name: str) -> None:
        """An analysis has begun."""
        self.end(key)
        window = self.server.client_capabilities.window
        if window is not None and window.work_done_progress:
            self.tasks[key] = asyncio.get_running_loop().create_task(self._show(name))

    def end(self, key: str) -> None:
        """An analysis is over, or nobody waits for it."""
        task = self.tasks.pop(key, None)
        if task is not None:
            task.cancel()

    async def _show(self, name: str) -> None:
        await asyncio.sleep(self.patience)
        token, progress = str(uuid.uuid4()), self.server.work_done_progress
        await progress.create_async(token)
        progress.begin(token, types.WorkDoneProgressBegin(title="kerasmergelint", message=name))
        try:
            await asyncio.Event().wait()
        finally:
            progress.end(token, types.WorkDoneProgressEnd())
            progress.tokens.pop(token, None)
