"""The measurements; each gives the rows of its table."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpora, programs
from benchmarks.paired import cpu_of, environment, flake8, pair, wall_of


@dataclass(frozen=True)
class Row:
    """One line of a table; ``target`` is what ``value`` may be at most, or at least."""

    name: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    remark: str = ""

    @property
    def met(self) -> bool | None:
        if self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target


def without_keras(rounds: int) -> Iterator[Row]:
    """(a) flake8 over code without Keras."""
    places = corpora.without_keras()
    found = pair(
        lambda: cpu_of(flake8(False, *places)), lambda: cpu_of(flake8(True, *places)), rounds
    )
    remark = f"{corpora.lines(places)} lines, flake8 alone {found.first:.1f} s"
    yield Row("flake8 with / without the plugin, no Keras", found.ratio, "x", 1.01, remark=remark)


def model_code(rounds: int, more: list[str]) -> Iterator[Row]:
    """(b) flake8 over published model code; the plugin alone over files of layers and helpers."""
    for name, places in [("Keras's applications", corpora.applications()), *_named(more)]:
        found = pair(
            lambda places=places: cpu_of(flake8(False, *places)),
            lambda places=places: cpu_of(flake8(True, *places)),
            rounds,
        )
        remark = f"{corpora.lines(places)} lines, flake8 alone {found.first:.1f} s"
        yield Row(f"flake8 with / without, {name}", found.ratio, "x", 2.5, remark=remark)
        yield _unchanged(name, places, rounds)
    yield from _against_parsing(rounds)


def _unchanged(name: str, places: list[str], rounds: int) -> Row:
    """The same when nothing has changed since the last time: the round that warms up fills the cache."""
    with tempfile.TemporaryDirectory() as folder:
        found = pair(
            lambda: cpu_of(flake8(False, *places)),
            lambda: cpu_of(flake8(True, *places, cache=folder)),
            rounds,
        )
    remark = f"flake8 alone {found.first:.1f} s"
    return Row(f"    a second time, unchanged, {name}", found.ratio, "x", 1.1, remark=remark)


def _named(folders: list[str]) -> list[tuple[str, list[str]]]:
    return [(Path(folder).name, [folder]) for folder in folders]


def _against_parsing(rounds: int) -> Iterator[Row]:
    files = corpora.layers_and_helpers()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.against_parsing", str(rounds), *map(str, files)],
        capture_output=True, text=True, check=True, env=environment(),
    )  # fmt: skip
    answer = json.loads(done.stdout)
    remark = f"{len(files)} files, parse_module {answer['parse']:.1f} s"
    yield Row("plugin / parse_module, layers and helpers", answer["ratio"], "x", 2.0, remark=remark)


def one_file(rounds: int) -> Iterator[Row]:
    """(c) One model file through standard input, as an editor sends it."""
    text = programs.model_file(300)
    for name, measure in (("processor", cpu_of), ("waiting", wall_of)):
        found = pair(
            lambda measure=measure: measure(flake8(False, "-"), text),
            lambda measure=measure: measure(flake8(True, "-"), text),
            rounds,
        )
        remark = f"flake8 alone {found.first:.2f} s; {text.count(chr(10))} lines"
        yield Row(f"300 lines on stdin, above flake8 alone ({name})", found.difference, "s", 0.35,
                  remark=remark)  # fmt: skip


def command(rounds: int) -> Iterator[Row]:
    """(f) ``check`` of one file against flake8 with the plugin; of folders, in one process and two."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "model.py")
        file.write_text(programs.model_file(300), encoding="utf-8")
        found = pair(
            lambda: cpu_of(flake8(True, str(file))), lambda: cpu_of(_check(str(file))), rounds
        )
    remark = f"flake8 with the plugin {found.first:.2f} s"
    yield Row("check FILE / flake8 with the plugin", found.ratio, "x", 1.1, remark=remark)
    places = corpora.applications()
    for name, measure, target, at_least in (
        ("one process / two, waiting", wall_of, 1.7, True),
        ("two processes / one, processor time", cpu_of, None, False),
    ):
        found = pair(
            lambda measure=measure: measure(_check("--jobs", "2", *places)),
            lambda measure=measure: measure(_check("--jobs", "1", *places)),
            max(rounds // 2, 1),
        )
        ratio = found.ratio if at_least else 1 / found.ratio
        remark = f"two {found.first:.1f} s, one {found.second:.1f} s"
        yield Row(f"check FOLDER, {name}", ratio, "x", target, at_least, remark)


def _check(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "kerasmergelint", "check", "--isolated", "--no-cache", *arguments]


_BUILD = {
    "ResNet50": "import keras; keras.applications.ResNet50(weights=None)",
    "DenseNet201": "import keras; keras.applications.DenseNet201(weights=None)",
}


def summaries(rounds: int) -> Iterator[Row]:
    """(d) The static summary against Keras, which has to be imported and to build."""
    with tempfile.TemporaryDirectory() as folder:
        for name, build in _BUILD.items():
            file = Path(folder, f"{name}.py")
            file.write_text(build.replace("; ", "\nmodel = ") + "\n", encoding="utf-8")
            summary = [sys.executable, "-m", "kerasmergelint.cli.main", "summary", str(file)]
            found = pair(
                lambda summary=summary: wall_of(summary),
                lambda build=build: wall_of([sys.executable, "-c", build]),
                max(rounds // 2, 1),
            )
            remark = f"summary {found.first:.2f} s, Keras {found.second:.2f} s"
            yield Row(
                f"Keras / summary, {name}", found.ratio, "x", 40, at_least=True, remark=remark
            )


_GROWING: dict[str, tuple[Callable[[int], str], tuple[int, ...]]] = {
    "layers in a loop": (programs.chain, (10, 100, 1_000, 10_000)),
    "layers written out": (programs.written_out, (10, 100, 1_000, 10_000)),
    "dense blocks": (programs.dense_block, (10, 100, 1_000, 10_000)),
    "helpers in helpers": (programs.helpers, (10, 30, 100)),
    "independent switches": (programs.branches, (1, 10, 100, 1_000)),
}


def growth() -> dict[str, list[tuple[int, float]]]:
    """(e) Seconds of processor time by size, of the analysis alone."""
    from kerasmergelint.options import Settings
    from kerasmergelint.rules.check import check_source

    settings = Settings(steps=10_000_000)
    check_source(programs.chain(10), "warm.py", settings)
    found: dict[str, list[tuple[int, float]]] = {}
    for name, (make, sizes) in _GROWING.items():
        for size in sizes:
            text = make(size)
            repeats = 5 if size <= 100 else 1
            started = time.process_time()
            for number in range(repeats):
                check_source(text, f"growing_{number}.py", settings)
            seconds = (time.process_time() - started) / repeats
            found.setdefault(name, []).append((size, seconds))
    return found
