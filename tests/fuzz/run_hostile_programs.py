"""Lint hostile programs one after the other, each in a process of its own, and tell what each took.

usage: python -m tests.fuzz.run_hostile_programs [--quick] NAME...

Each gets every verdict (with --quick: findings alone), within hard limits; one line of JSON is printed
for each, empty if it was killed.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback

import libcst.metadata  # noqa: F401  # once for all of them, and not in what each takes
import platformdirs  # noqa: F401

from tests.fuzz.hostile_programs import HOSTILE_PROGRAMS
from tests.fuzz.run_worst_program import answer

# Twenty times what is promised, and six times.
SECONDS = 40
_BYTES = 3 << 30


def main() -> None:
    quick = "--quick" in sys.argv
    for name in sys.argv[1:]:
        if name in HOSTILE_PROGRAMS:
            print(_in_a_child(HOSTILE_PROGRAMS[name], every_merge=not quick), flush=True)


def _in_a_child(text: str, *, every_merge: bool) -> str:
    """The answer of a child as JSON; empty if it was killed."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
            told = answer(text, every_merge=every_merge)
            told["findings"] = told["findings"][:20]
            with os.fdopen(writable, "w", encoding="utf-8") as stream:
                stream.write(json.dumps(told))
        except BaseException:
            traceback.print_exc()
        os._exit(0)
    os.close(writable)
    with os.fdopen(readable, encoding="utf-8") as stream:
        line = stream.read()
    os.waitpid(child, 0)
    return line


if __name__ == "__main__":
    main()
