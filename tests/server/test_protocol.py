"""What a client may do wrong, and what is large, late or cut short: never a dead server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from tests.server.programs import UNET

Json = dict[str, Any]
# A loaded machine is slow; what never comes is a failure all the same.
SECONDS = 240


class Wire:
    """A client that can send anything."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kerasmergelint", "server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        self._received: Queue[Json] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._number = 0
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.tell("initialized", {})

    def raw(self, content: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(content)
        self.process.stdin.flush()

    def body(self, content: bytes) -> None:
        self.raw(b"Content-Length: %d\r\n\r\n" % len(content) + content)

    def send(self, message: Json) -> None:
        self.body(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def tell(self, method: str, params: object) -> None:
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: object) -> Json:
        """The response to a request, an error or a result."""
        self._number += 1
        number = self._number
        self.send({"id": number, "method": method, "params": params})
        return self.until(lambda message: message.get("id") == number and "method" not in message)

    def until(self, wanted: Any) -> Json:
        while True:
            message = self._received.get(timeout=SECONDS)
            if wanted(message):
                return message

    def open(self, uri: str, text: str) -> None:
        document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def findings(self, uri: str, *codes: str) -> None:
        """Wait until these are shown."""

        def shown(message: Json) -> bool:
            params = message.get("params")
            if not isinstance(params, dict) or params.get("uri") != uri:
                return False
            return [each["code"] for each in params.get("diagnostics", [])] == list(codes)

        self.until(shown)

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._received.put(json.loads(stream.read(length)))


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    wire = Wire(tmp_path)
    yield wire
    wire.process.kill()
    wire.process.wait(timeout=SECONDS)


AT = {"line": 3, "character": 4}
NONSENSE: list[Json] = [
    {"id": 900, "method": "textDocument/hover"},
    {"id": 901, "method": "textDocument/hover", "params": {"textDocument": 7}},
    {"id": 902, "method": "no/suchMethod", "params": {}},
    {"id": 903, "method": "textDocument/hover", "params": []},
    {"id": None, "method": "textDocument/hover", "params": None},
    {"method": "textDocument/didChange", "params": {"textDocument": {"uri": "file:///nowhere.py"}}},
    {"method": "textDocument/didOpen", "params": {}},
    {"method": "$/cancelRequest", "params": {"id": 12345}},
    {"method": "workspace/didChangeConfiguration", "params": {"settings": {"kerasmergelint": 3}}},
    {
        "method": "workspace/didChangeConfiguration",
        "params": {
            "settings": {"kerasmergelint": {"enable": "nothing", "shapes": {"x": "("}, "steps": -1}}
        },
    },
    {"id": 77, "result": "nobody asked"},
]


def test_nonsense_is_an_error_or_nothing(wire: Wire, tmp_path: Path) -> None:
    for message in NONSENSE:
        wire.send(message)
    for content in (b"{", b"\xff\xfe", b"[]", b"null", b'{"jsonrpc": "2.0"}', b'"text"'):
        wire.body(content)
    assert "error" in wire.ask("no/suchMethod", {})
    uri = (tmp_path / "net.py").as_uri()
    wire.open(uri, UNET)
    wire.findings(uri, "KML101")
    assert wire.process.poll() is None


def test_of_an_unknown_document_nothing_is_known(wire: Wire) -> None:
    unknown = {"textDocument": {"uri": "file:///nowhere.py"}}
    end = {"start": AT, "end": AT}
    assert wire.ask("textDocument/hover", {**unknown, "position": AT})["result"] is None
    assert wire.ask("textDocument/inlayHint", {**unknown, "range": end})["result"] == []
    assert wire.ask("textDocument/definition", {**unknown, "position": AT})["result"] == []
    assert wire.ask("textDocument/documentSymbol", unknown)["result"] == []
    asked = {**unknown, "range": end, "context": {"diagnostics": []}}
    assert wire.ask("textDocument/codeAction", asked)["result"] == []


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "git:/net.py?%7B%7D", "file:///no/such/net.py", "x"]
)
def test_a_document_need_not_be_a_file(wire: Wire, uri: str) -> None:
    wire.open(uri, UNET)
    wire.findings(uri, "KML101")
    asked = {"textDocument": {"uri": uri}, "position": {"line": 16, "character": 5}}
    assert "128" in wire.ask("textDocument/hover", asked)["result"]["contents"]["value"]


def test_a_position_beyond_the_end_is_nowhere(wire: Wire, tmp_path: Path) -> None:
    uri = (tmp_path / "net.py").as_uri()
    wire.open(uri, UNET)
    wire.findings(uri, "KML101")
    far = {"line": 4_000_000, "character": 4_000_000}
    asked = {"textDocument": {"uri": uri}, "position": far}
    assert wire.ask("textDocument/hover", asked)["result"] is None
    change = {"range": {"start": far, "end": far}, "text": "\n# the end\n"}
    document = {"uri": uri, "version": 2}
    wire.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
    wire.findings(uri, "KML101")


def test_fifty_thousand_lines(wire: Wire, tmp_path: Path) -> None:
    uri = (tmp_path / "net.py").as_uri()
    wire.open(uri, UNET + "x = 1\n" * 50_000)
    wire.findings(uri, "KML101")
    asked = {"textDocument": {"uri": uri}, "position": {"line": 16, "character": 5}}
    assert "128" in wire.ask("textDocument/hover", asked)["result"]["contents"]["value"]


def test_edits_during_an_analysis(wire: Wire, tmp_path: Path) -> None:
    """Each edit comes before the analysis of the one before it can be over."""
    uri = (tmp_path / "net.py").as_uri()
    wire.open(uri, UNET)
    for version in range(2, 60):
        at = {"line": 0, "character": 0}
        change = {"range": {"start": at, "end": at}, "text": "#\n" if version % 3 else "x = (\n"}
        document = {"uri": uri, "version": version}
        wire.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
    whole = {"textDocument": {"uri": uri, "version": 60}, "contentChanges": [{"text": "\n" + UNET}]}
    wire.tell("textDocument/didChange", whole)
    wire.until(
        lambda message: (
            (message.get("params") or {}).get("version") == 60
            and message["params"]["diagnostics"][0]["range"]["start"]["line"] == 18
        )
    )
    assert wire.process.poll() is None


def test_a_client_that_leaves_takes_the_server_along(wire: Wire, tmp_path: Path) -> None:
    wire.open((tmp_path / "net.py").as_uri(), UNET)
    assert wire.process.stdin is not None
    wire.process.stdin.close()
    assert wire.process.wait(timeout=SECONDS) is not None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_what_was_killed_can_be_started_again(tmp_path: Path) -> None:
    """In the middle of an analysis: nothing is left behind that could stand in the way."""
    first = Wire(tmp_path)
    uri = (tmp_path / "net.py").as_uri()
    first.open(uri, UNET)
    first.process.send_signal(signal.SIGKILL)
    first.process.wait(timeout=SECONDS)
    assert sorted(tmp_path.iterdir()) == []
    second = Wire(tmp_path)
    second.open(uri, UNET)
    second.findings(uri, "KML101")
    assert second.ask("shutdown", None)["result"] is None
    second.tell("exit", None)
    assert second.process.wait(timeout=SECONDS) == 0
