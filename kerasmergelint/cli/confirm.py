"""``kerasmergelint confirm``: TensorFlow judges what the linter says."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kerasmergelint.cli.configuration import load, matches
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.target import read
from kerasmergelint.options import InvalidOption
from kerasmergelint.runtime.confirm import Confirmer, Judged, Linted, Options
from kerasmergelint.runtime.limits import Limits
from kerasmergelint.runtime.verdict import Confirmation

FORMAT_VERSION = 1

_REPORT_TO_US = "a bug of ours; please report it with the program and the versions below"
_SKIPPED = frozenset(
    {".git", ".hg", ".svn", "__pycache__", ".venv", "venv", "node_modules", ".tox"}
)
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    defaults = Limits()
    parser = commands.add_parser(
        "confirm",
        parents=[shared],
        help="have TensorFlow confirm or refute each finding",
        description="Lints, then builds in TensorFlow what each finding is about, in a child process "
        "with limits. Exit status: 0 nothing confirmed, 1 a finding confirmed, 2 it could not run.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    parser.add_argument(
        "--execute",
        action="store_true",
        help="run the programs themselves, instead of rebuilding what leads to a finding",
    )
    parser.add_argument(
        "--allow-user-code",
        action="store_true",
        help="when rebuilding, run the classes of the program's own layers, too",
    )
    parser.add_argument(
        "--python",
        default=sys.executable,
        metavar="INTERPRETER",
        help="where TensorFlow is installed",
    )
    parser.add_argument(
        "--jobs", "-j", type=_positive, default=min(4, os.cpu_count() or 1), metavar="N",
        help="processes that build at the same time",
    )  # fmt: skip
    parser.add_argument(
        "--timeout", type=float, default=defaults.seconds, metavar="SECONDS",
        help="for one finding, or one program (%(default)g)",
    )  # fmt: skip
    parser.add_argument(
        "--memory", type=_size, default=defaults.memory, metavar="SIZE",
        help="beyond what TensorFlow itself takes, such as 512M (4G)",
    )  # fmt: skip
    parser.add_argument(
        "--enable", action="append", default=[], metavar="CODES",
        help="confirm these codes, too, which are off by default",
    )  # fmt: skip
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def _size(text: str) -> int:
    number, unit = text.rstrip("BbIi"), ""
    if number[-1:].upper() in _UNITS and not number[-1:].isdigit():
        number, unit = number[:-1], number[-1:].upper()
    value = int(float(number) * _UNITS[unit]) if unit in _UNITS else 0
    if value <= 0:
        raise ValueError(text)
    return value


def run(options: argparse.Namespace) -> int:
    configuration = load(options)
    if not options.timeout > 0:
        raise InvalidOption(f"--timeout: {options.timeout:g} is not a positive number")
    chosen = Options(
        options.execute,
        options.allow_user_code,
        options.python,
        options.jobs,
        Limits(seconds=options.timeout, memory=options.memory),
    )
    with Confirmer(configuration.settings, chosen) as confirmer:
        linted = _lint(confirmer, configuration, options.paths)
        total = sum(len(file.found) for file in linted)
        with _progress(total) as advance:
            judged = confirmer.confirm(linted, advance)
        results = [item for file in linted for item in judged[file.path]]
        if options.format == "json":
            json.dump(as_json(results, confirmer), sys.stdout, indent=1)
            print()
        else:
            _print_text(results, confirmer)
        for problem in confirmer.problems:
            print(f"kerasmergelint: {problem}", file=sys.stderr)
        if confirmer.problems:
            return 2
    return int(any(item.verdict.confirmation is Confirmation.CONFIRMED for item in results))


# -- files -----------------------------------------------------------------------------------


def _lint(confirmer: Confirmer, configuration: Any, paths: Sequence[str]) -> list[Linted]:
    from kerasmergelint.syntax.gate import mentions_keras

    linted = []
    for path in _files(paths, configuration.exclude):
        text = read(path)
        if mentions_keras(text):
            file = confirmer.lint(text, path)
            wanted = tuple(
                pair for pair in file.found if not configuration.ignores(pair[0].code, path)
            )
            linted.append(Linted(file.path, file.report, wanted))
    return linted


def _files(paths: Sequence[str], excluded: Sequence[str]) -> Iterator[str]:
    """The Python files that paths mean, each once."""
    seen: set[str] = set()
    for path in paths:
        if os.path.isdir(path):
            found = [str(file) for file in sorted(Path(path).rglob("*.py")) if not _skipped(file)]
            found = [file for file in found if not any(matches(file, p) for p in excluded)]
        elif os.path.exists(path):
            found = [path]
        else:
            raise CannotRun(f"{path}: there is no such file or folder")
        for file in found:
            if os.path.realpath(file) not in seen:
                seen.add(os.path.realpath(file))
                yield file


def _skipped(file: Path) -> bool:
    return any(part in _SKIPPED for part in file.parts)


# -- progress --------------------------------------------------------------------------------


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Judged], None] | None]:
    """A bar on a terminal; nothing where nobody looks."""
    if total == 0 or not sys.stderr.isatty():
        yield None
        return
    try:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )
    except ImportError:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("importing TensorFlow", total=total)

        def advance(judged: Judged) -> None:
            place = f"{os.path.basename(judged.finding.path)}:{judged.finding.line}"
            bar.update(task, advance=1, description=place)

        yield advance


# -- output ----------------------------------------------------------------------------------


def _print_text(results: Sequence[Judged], confirmer: Confirmer) -> None:
    for item in results:
        finding, verdict = item.finding, item.verdict
        print(f"{finding.path}:{finding.line}:{finding.column + 1}: {finding.text}")
        print(f"    {verdict.text}")
        for note in verdict.notes:
            print(f"    note: {note}")
        if verdict.confirmation is Confirmation.REFUTED:
            print(f"    note: {_REPORT_TO_US}")
    counts = counted(results)
    print(", ".join(f"{counts[kind.value]} {kind.value}" for kind in Confirmation))
    for keras, about in confirmer.versions.items():
        print(
            f"built with TensorFlow {about.get('tensorflow')}, Keras {about.get('keras', keras)}"
            f" (network: {_NETWORK.get(str(about.get('network')), 'unknown')})"
        )


_NETWORK = {"namespace": "none", "blocked": "closed for Python's own sockets"}


def counted(results: Sequence[Judged]) -> dict[str, int]:
    """How many findings have each verdict."""
    counts = {kind.value: 0 for kind in Confirmation}
    for item in results:
        counts[item.verdict.confirmation.value] += 1
    return counts


def as_json(results: Sequence[Judged], confirmer: Confirmer) -> dict[str, Any]:
    """One object, documented in ``docs/confirm.md``."""
    return {
        "version": FORMAT_VERSION,
        "findings": [_finding(item) for item in results],
        "counts": counted(results),
        "built_with": [
            {name: about.get(name) for name in ("tensorflow", "keras", "network")}
            for about in confirmer.versions.values()
        ],
        "problems": list(confirmer.problems),
    }


def _finding(item: Judged) -> dict[str, Any]:
    finding, verdict = item.finding, item.verdict
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column + 1,
        "end_line": finding.end_line,
        "code": finding.code,
        "message": finding.message,
        "confirmation": verdict.confirmation.value,
        "reason": verdict.reason,
        "exception": verdict.exception,
        "exception_message": verdict.message,
        "notes": list(verdict.notes),
    }
