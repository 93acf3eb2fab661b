"""Lint one of the worst programs, in this process, and tell what it took.

usage: python -m tests.fuzz.run_worst_program NAME [--verdicts]
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import select
from kerasmergelint.rules.findings import findings
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch
from tests.fuzz.worst_programs import WORST_PROGRAMS

_GIGABYTE = 1 << 30


def slowness() -> float:
    """How long a fixed piece of work takes here, in tenths of a second."""
    started = time.process_time()
    table: dict[int, tuple[int, ...]] = {}
    for number in range(400_000):
        table[number % 1000] = (number, number + 1)
    return (time.process_time() - started) / 0.1


def peak_megabytes() -> int:
    """What this very program used at most; getrusage counts the process that started it, too."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
        if found:
            return int(found[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def answer(text: str, *, every_merge: bool) -> dict[str, Any]:
    """What a program took, and what was said about it."""
    before, started = slowness(), time.process_time()
    settings = Settings()
    watch = Watch.MERGES if every_merge else Watch.NOTHING
    report = analyse(text, "worst.py", settings, watch=watch)
    if every_merge:
        report.add_unreached()
    found = select(findings(report), settings)
    seconds = time.process_time() - started
    return {
        "seconds": seconds,
        "slowness": max(before, slowness()),
        "megabytes": peak_megabytes(),
        "steps": report.interpreter.budget.used if report.interpreter else 0,
        "findings": [finding.text for finding in found],
        "errors": ["".join(traceback.format_exception(error)) for error in report.errors],
    }


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (4 * _GIGABYTE, 4 * _GIGABYTE))
    print(json.dumps(answer(WORST_PROGRAMS[sys.argv[1]], every_merge="--verdicts" in sys.argv)))


if __name__ == "__main__":
    main()
