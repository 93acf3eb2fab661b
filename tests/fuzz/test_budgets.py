"""The worst programs end within some two seconds, or five with verdicts, in half a gigabyte, without a word.

Each runs in a process of its own.  The seconds are those of a machine that does a fixed piece of
work in a tenth of one; a slower or a busy machine gets as much more.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.worst_programs import LONG_PROGRAMS, WORST_PROGRAMS

# Two, with some room: 1.6 to 2.1 on one machine.
SECONDS = 2.5
# Verdicts have a budget of their own, and take between one and 4.2 seconds, as the machine's mood is.
SECONDS_OF_VERDICTS = 5.0
MEGABYTES = 500
_ROOT = Path(__file__).parents[2]


def run(name: str, *options: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run_worst_program", name, *options],
        cwd=_ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("name", WORST_PROGRAMS)
def test_a_worst_program_ends(name: str) -> None:
    check(run(name))


@pytest.mark.parametrize("name", LONG_PROGRAMS)
def test_verdicts_on_a_long_program_end(name: str) -> None:
    check(run(name, "--verdicts"), SECONDS_OF_VERDICTS)


def check(answer: dict[str, Any], seconds: float = SECONDS) -> None:
    assert answer["errors"] == []
    assert answer["findings"] == []
    assert answer["megabytes"] < MEGABYTES
    assert answer["seconds"] < seconds * max(1.0, answer["slowness"])
