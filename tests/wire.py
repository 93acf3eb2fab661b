"""A language server over its standard input and output, as an editor uses it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Queue
from typing import Any

Json = dict[str, Any]
OURS = (sys.executable, "-m", "kerasmergelint", "server")
# A loaded machine is slow; what never comes is a failure all the same.
SECONDS = 300


class Wire:
    """Starts a server in a folder, and introduces itself."""

    def __init__(self, folder: Path, command: Sequence[str] = OURS) -> None:
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        self.received: Queue[Json] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._number = 0
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.tell("initialized", {})

    # -- messages ----------------------------------------------------------------------------

    def ask(self, method: str, params: object) -> Json:
        """The response to a request, an error or a result."""
        self._number += 1
        number = self._number
        self.send({"id": number, "method": method, "params": params})
        return self.until(lambda message: message.get("id") == number and "method" not in message)

    def tell(self, method: str, params: object) -> None:
        self.send({"method": method, "params": params})

    def until(self, wanted: Callable[[Json], bool]) -> Json:
        """The first message that is wanted; what comes before it is dropped."""
        while True:
            message = self.received.get(timeout=SECONDS)
            if wanted(message):
                return message

    # -- documents ---------------------------------------------------------------------------

    def open(self, uri: str, text: str) -> None:
        document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, change: Json) -> None:
        """Send one change: ``text``, and the ``range`` that it replaces unless it replaces all."""
        document = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    # -- the wire ----------------------------------------------------------------------------

    def send(self, message: Json) -> None:
        self.body(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def body(self, content: bytes) -> None:
        """Send anything as a message."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self.process.stdin.flush()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self.received.put(json.loads(stream.read(length)))
