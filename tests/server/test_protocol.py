"""What a client may do wrong, and what is large, late or cut short: never a dead server."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.programs import UNET
from tests.wire import SECONDS, Json, Wire


def findings(wire: Wire, uri: str, *codes: str) -> None:
    """Wait until these are shown."""

    def shown(message: Json) -> bool:
        params = message.get("params")
        if not isinstance(params, dict) or params.get("uri") != uri:
            return False
        return [each["code"] for each in params.get("diagnostics", [])] == list(codes)

    wire.until(shown)


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
    findings(wire, uri, "KML101")
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
    findings(wire, uri, "KML101")
    asked = {"textDocument": {"uri": uri}, "position": {"line": 16, "character": 5}}
    assert "128" in wire.ask("textDocument/hover", asked)["result"]["contents"]["value"]


def test_a_position_beyond_the_end_is_nowhere(wire: Wire, tmp_path: Path) -> None:
    uri = (tmp_path / "net.py").as_uri()
    wire.open(uri, UNET)
    findings(wire, uri, "KML101")
    far = {"line": 4_000_000, "character": 4_000_000}
    asked = {"textDocument": {"uri": uri}, "position": far}
    assert wire.ask("textDocument/hover", asked)["result"] is None
    change = {"range": {"start": far, "end": far}, "text": "\n# the end\n"}
    wire.change(uri, 2, change)
    findings(wire, uri, "KML101")


def test_fifty_thousand_lines(wire: Wire, tmp_path: Path) -> None:
    uri = (tmp_path / "net.py").as_uri()
    wire.open(uri, UNET + "x = 1\n" * 50_000)
    findings(wire, uri, "KML101")
    asked = {"textDocument": {"uri": uri}, "position": {"line": 16, "character": 5}}
    assert "128" in wire.ask("textDocument/hover", asked)["result"]["contents"]["value"]


def test_edits_during_an_analysis(wire: Wire, tmp_path: Path) -> None:
    """Each edit comes before the analysis of the one before it can be over."""
    uri = (tmp_path / "net.py").as_uri()
    wire.open(uri, UNET)
    for version in range(2, 60):
        at = {"line": 0, "character": 0}
        change = {"range": {"start": at, "end": at}, "text": "#\n" if version % 3 else "x = (\n"}
        wire.change(uri, version, change)
    wire.change(uri, 60, {"text": "\n" + UNET})
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
    """Even in the middle of an analysis it leaves nothing behind that could get in the way."""
    first = Wire(tmp_path)
    uri = (tmp_path / "net.py").as_uri()
    first.open(uri, UNET)
    first.process.send_signal(signal.SIGKILL)
    first.process.wait(timeout=SECONDS)
    assert sorted(tmp_path.iterdir()) == []
    second = Wire(tmp_path)
    second.open(uri, UNET)
    findings(second, uri, "KML101")
    assert second.ask("shutdown", None)["result"] is None
    second.tell("exit", None)
    assert second.process.wait(timeout=SECONDS) == 0
