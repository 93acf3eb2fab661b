"""The plugin against libcst's parser, each in a process of its own.

usage: python -m benchmarks.against_parsing ROUNDS FILE ...

In one process the plugin would make libcst look quick: it has Python search for garbage less often.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.paired import environment, pair
from kerasmergelint.plugin import KerasMergePlugin
from kerasmergelint.syntax.gate import mentions_keras


def main() -> None:
    first, *paths = sys.argv[1:]
    if first in _WORK:
        _serve(_WORK[first], paths)
        return
    sides = {name: _Side(name, paths) for name in _WORK}
    found = pair(sides["parse"].seconds, sides["lint"].seconds, int(first))
    for side in sides.values():
        side.end()
    print(json.dumps({"parse": found.first, "lint": found.second, "ratio": found.ratio}))


class _Side:
    """A process that does the same work again whenever it is asked."""

    def __init__(self, name: str, paths: list[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.against_parsing", name, *paths],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(),
        )  # fmt: skip

    def seconds(self) -> float:
        """Of processor time, for all files once."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write("again\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def end(self) -> None:
        self._process.communicate()


def _serve(work: Callable[[Mapping[str, str]], None], paths: list[str]) -> None:
    texts = {path: Path(path).read_text(encoding="utf-8") for path in paths}
    texts = {path: text for path, text in texts.items() if mentions_keras(text)}
    for _ in sys.stdin:
        started = time.process_time()
        work(texts)
        print(time.process_time() - started, flush=True)


def _parse(texts: Mapping[str, str]) -> None:
    import libcst

    for text in texts.values():
        libcst.parse_module(text)


def _lint(texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        list(KerasMergePlugin(ast.Module([], []), text.splitlines(keepends=True), path).run())


_WORK = {"parse": _parse, "lint": _lint}


if __name__ == "__main__":
    main()
