"""The plugin against libcst's parser, in one process: ``python -m benchmarks.against_parsing``.

usage: python -m benchmarks.against_parsing ROUNDS FILE ...
"""

from __future__ import annotations

import ast
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import libcst

from benchmarks.paired import pair
from kerasmergelint.plugin import KerasMergePlugin
from kerasmergelint.syntax.gate import mentions_keras


def main() -> None:
    rounds, paths = int(sys.argv[1]), sys.argv[2:]
    texts = {path: Path(path).read_text(encoding="utf-8") for path in paths}
    texts = {path: text for path, text in texts.items() if mentions_keras(text)}

    def parse() -> None:
        for text in texts.values():
            libcst.parse_module(text)

    def lint() -> None:
        for path, text in texts.items():
            list(KerasMergePlugin(ast.Module([], []), text.splitlines(keepends=True), path).run())

    found = pair(lambda: _timed(parse), lambda: _timed(lint), rounds)
    print(json.dumps({"parse": found.first, "lint": found.second, "ratio": found.ratio}))


def _timed(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
