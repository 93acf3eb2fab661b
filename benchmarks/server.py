"""How long an editor waits for the language server, and what it costs.

usage: python -m benchmarks.server [--edits 2000] FILE...

For each file: the time from an edit of a program that the server knows to its diagnostics, from hover
and hints to their answers, and the same as a ratio to one ``flake8 -`` with the same text.  Then the
memory after so many random edits.
Times are medians of wall time, which mean something on a machine that does nothing else; those of the
processor are means, and mean something everywhere.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty

from tests.wire import SECONDS, Wire

_ROUNDS = 15
_QUIET = 0.3  # seconds without work, after which a server has finished


class Editor(Wire):
    """An editor with a server of its own."""

    def __init__(self, folder: Path) -> None:
        begun = time.perf_counter()
        super().__init__(folder)
        self.seconds_to_start = time.perf_counter() - begun
        self.version = 0

    def open(self, uri: str, text: str) -> None:
        self.version = 1
        super().open(uri, text)
        self.shown(uri)

    def edit(self, uri: str, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        self.version += 1
        places = ({"line": line, "character": column} for line, column in (start, end))
        replaced = dict(zip(("start", "end"), places))
        self.change(uri, self.version, {"range": replaced, "text": text})

    def shown(self, uri: str) -> None:
        """Wait for the diagnostics of the latest version."""
        self.until(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == uri
                and message["params"].get("version") == self.version
            )
        )

    def drain(self) -> None:
        while True:
            try:
                self.received.get_nowait()
            except Empty:
                return

    def processor(self) -> float:
        """Milliseconds of the processor that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rest(self) -> None:
        """Wait until it has nothing more to do: a whole analysis and verdicts follow the first answer."""
        before, now = -1.0, self.processor()
        while now != before:
            time.sleep(_QUIET)
            before, now = now, self.processor()

    def memory(self) -> tuple[float, float]:
        """Megabytes that it holds, and that it held at most."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        fields = dict(line.split(":", 1) for line in status.splitlines())
        held, most = (int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
        return held, most

    def close(self) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.wait(timeout=SECONDS)


def timed(function: Callable[..., object], *arguments: object) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    function(*arguments)
    return 1000 * (time.perf_counter() - begun)


def measure(path: Path) -> None:
    """Print what an editor waits for in one file."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    uri = path.absolute().as_uri()
    editor = Editor(path.absolute().parent)
    print(f"{path.name}: {len(lines)} lines, started in {editor.seconds_to_start:.2f} s")
    editor.open(uri, text)
    inner = [n for n, line in enumerate(lines) if line.startswith("    ") and " = " in line]
    waits, hovers, hints = [], [], []
    used = 0.0
    for place in range(1, _ROUNDS + 1):
        line = inner[len(inner) * place // (_ROUNDS + 1)]
        column = len(lines[line]) - len(lines[line].lstrip())
        editor.rest()
        # A statement in the middle of a function, as if it were typed.
        used -= editor.processor()
        waits.append(timed(_and_wait, editor, uri, (line, column), (line, column), "_ = 1; "))
        used += editor.processor()
        editor.rest()
        document = {"textDocument": {"uri": uri}}
        at = {"line": line, "character": column + 8}
        hover = {**document, "position": at}
        hovers.append(timed(editor.ask, "textDocument/hover", hover))
        seen = {"start": {"line": line, "character": 0}, "end": {"line": line + 60, "character": 0}}
        hints.append(timed(editor.ask, "textDocument/inlayHint", {**document, "range": seen}))
        _and_wait(editor, uri, (line, column), (line, column + 7), "")
    before = _of_children()
    one = timed(flake8, text, path)
    one_used = 1000 * (_of_children() - before)
    edit = statistics.median(waits)
    print(
        f"  edit to diagnostics {edit:.0f} ms (worst {max(waits):.0f}), "
        f"hover {statistics.median(hovers):.1f} ms, hints {statistics.median(hints):.1f} ms; "
        f"one `flake8 -` {one:.0f} ms, {one / edit:.1f} times as long\n"
        f"  of the processor: an edit {used / _ROUNDS:.0f} ms, one `flake8 -` {one_used:.0f} ms"
    )
    editor.close()


def _of_children() -> float:
    """Seconds of the processor that ended children have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _and_wait(
    editor: Editor, uri: str, start: tuple[int, int], end: tuple[int, int], text: str
) -> None:
    editor.drain()
    editor.edit(uri, start, end, text)
    editor.shown(uri)


def flake8(text: str, path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "flake8",
        "--select=KML",
        "--kml-no-cache",
        "--stdin-display-name",
        str(path),
        "-",
    ]
    subprocess.run(command, input=text, text=True, capture_output=True, check=False)


def remember(path: Path, edits: int) -> None:
    """Print the memory of a server after random edits."""
    drawn = random.Random(1)
    lines = path.read_text(encoding="utf-8").split("\n")
    uri = path.absolute().as_uri()
    editor = Editor(path.absolute().parent)
    editor.open(uri, "\n".join(lines))
    print(f"{path.name}: {editor.memory()[0]:.0f} MB when opened")
    for number in range(1, edits + 1):
        _random_edit(editor, uri, lines, drawn)
        if number % 8 == 0:
            editor.shown(uri)
            editor.drain()
        if number % (edits // 4 or 1) == 0:
            held, most = editor.memory()
            print(f"  after {number} edits {held:.0f} MB, at most {most:.0f} MB", flush=True)
    editor.close()


def _random_edit(editor: Editor, uri: str, lines: list[str], drawn: random.Random) -> None:
    """Type, delete or copy something anywhere; every other edit takes the one before it back."""
    line = drawn.randrange(len(lines))
    old = lines[line]
    column = drawn.randint(0, len(old))
    new = drawn.choice(["x", "(", " = 1", "# ", "\n", "Dense(3)", "", "1"])
    cut = drawn.choice([0, 0, 1, 3])
    editor.edit(uri, (line, column), (line, min(column + cut, len(old))), new)
    lines[line : line + 1] = (old[:column] + new + old[column + cut :]).split("\n")
    if drawn.random() < 0.8:
        editor.shown(uri)
        count = new.count("\n") + 1
        last = lines[line + count - 1]
        editor.edit(uri, (line, 0), (line + count - 1, len(last)), old)
        lines[line : line + count] = [old]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--edits", type=int, default=2000)
    given = parser.parse_args()
    for path in given.files:
        measure(path)
    if given.edits:
        remember(given.files[0], given.edits)


if __name__ == "__main__":
    main()
