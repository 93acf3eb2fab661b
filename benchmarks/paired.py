"""Measuring two things against each other."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

LAUNCHER = str(Path(__file__).with_name("launch_flake8.py"))


@dataclass(frozen=True)
class Pair:
    """The medians of both sides in seconds, and the median of the ratios of the rounds."""

    first: float
    second: float
    ratio: float
    difference: float


def pair(first: Callable[[], float], second: Callable[[], float], rounds: int) -> Pair:
    """Measure both in turn; the order changes from round to round, and one round warms up."""
    first(), second()
    a: list[float] = []
    b: list[float] = []
    for number in range(rounds):
        order = (first, a), (second, b)
        for measure, kept in order if number % 2 == 0 else order[::-1]:
            kept.append(measure())
    return Pair(
        statistics.median(a),
        statistics.median(b),
        statistics.median(y / x for x, y in zip(a, b)),
        statistics.median(y - x for x, y in zip(a, b)),
    )


def cpu_of(command: Sequence[str], stdin: str | None = None) -> float:
    """The processor time of a command and all that it starts."""
    before = _cpu_of_children()
    subprocess.run(
        command, input=stdin, text=True, capture_output=True, check=False, env=environment()
    )
    return _cpu_of_children() - before


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)  # os.times() counts hundredths of a second
    return used.ru_utime + used.ru_stime


def environment() -> dict[str, str]:
    """Compiled modules may be kept, as they are on any ordinary machine: the first round makes them."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}


def wall_of(command: Sequence[str], stdin: str | None = None) -> float:
    """How long somebody waits for a command."""
    started = time.perf_counter()
    subprocess.run(
        command, input=stdin, text=True, capture_output=True, check=False, env=environment()
    )
    return time.perf_counter() - started


def flake8(plugin: bool, *arguments: str, cache: str | None = None) -> list[str]:
    """The command of flake8 in one process, with our plugin (and a cache in a folder) or without."""
    ours = [f"--kml-cache-dir={cache}"] if cache else ["--kml-no-cache"]
    side = ["with", *ours] if plugin else ["without"]
    return [sys.executable, LAUNCHER, *side, "--isolated", "--jobs=1", *arguments]
