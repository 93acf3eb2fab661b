"""An editor that opens and edits files, and waits for their diagnostics."""

from __future__ import annotations

import queue
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests.wire import Json, Wire


class Client:
    """An editor with a server of its own, until :meth:`close`."""

    def __init__(self, command: Sequence[str], root: Path, settings: Json) -> None:
        self._wire = Wire(root, command)
        self._version = 1
        self._wire.tell("workspace/didChangeConfiguration", {"settings": settings})
        self.ask = self._wire.ask

    def open(self, path: Path, text: str) -> None:
        self._wire.open(path.as_uri(), text)

    def edit(self, path: Path, text: str) -> None:
        self._version += 1
        self._wire.change(path.as_uri(), self._version, {"text": text})

    def diagnostics(self, path: Path, *, count: int, within: float = 60) -> list[Json]:
        """Wait until the server shows ``count`` diagnostics for a file."""
        end = time.monotonic() + within
        latest: list[Json] = []
        while (left := end - time.monotonic()) > 0:
            try:
                message = self._wire.received.get(timeout=left)
            except queue.Empty:
                break
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            if message["params"]["uri"] == path.as_uri():
                latest = message["params"]["diagnostics"]
                if len(latest) == count:
                    return latest
        raise AssertionError(f"no {count} diagnostics within {within} s, but {latest}")

    def close(self) -> None:
        self._wire.ask("shutdown", {})
        self._wire.tell("exit", {})
        process = self._wire.process
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:  # it warms up caches in threads that do not stop
            process.kill()
            process.wait(timeout=30)
