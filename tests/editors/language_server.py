"""A client of a language server over its standard input and output, as an editor is one."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Json = dict[str, Any]


class Client:
    """Starts a server, and talks to it until :meth:`close`."""

    def __init__(self, command: Sequence[str], root: Path, settings: Json) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
        )
        self._received: queue.Queue[Json] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._number = 0
        self._version = 0
        self.ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": {}})
        self._notify("initialized", {})
        self._notify("workspace/didChangeConfiguration", {"settings": settings})

    # -- what an editor does -----------------------------------------------------------------

    def open(self, path: Path, text: str) -> None:
        document = {"uri": path.as_uri(), "languageId": "python", "version": 0, "text": text}
        self._notify("textDocument/didOpen", {"textDocument": document})

    def edit(self, path: Path, text: str) -> None:
        self._version += 1
        document = {"uri": path.as_uri(), "version": self._version}
        changes = {"textDocument": document, "contentChanges": [{"text": text}]}
        self._notify("textDocument/didChange", changes)

    def diagnostics(self, path: Path, *, count: int, within: float = 60) -> list[Json]:
        """Wait until the server has so many diagnostics to show for a file."""
        end = time.monotonic() + within
        latest: list[Json] = []
        while (left := end - time.monotonic()) > 0:
            try:
                message = self._received.get(timeout=left)
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
        self.ask("shutdown", {})
        self._notify("exit", {})
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:  # it warms up caches in threads that do not stop
            self._process.kill()
            self._process.wait(timeout=30)

    # -- the protocol ------------------------------------------------------------------------

    def ask(self, method: str, parameters: Json, *, within: float = 240) -> Json:
        """Send a request, and wait for the response."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": parameters})
        kept = []
        while True:
            message = self._received.get(timeout=within)
            if message.get("id") == self._number:
                for other in kept:
                    self._received.put(other)
                return message
            kept.append(message)

    def _notify(self, method: str, parameters: Json) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Json) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._received.put(json.loads(stream.read(length)))
