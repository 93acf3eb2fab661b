"""A case: a program that fails, its repaired twin, and where it fails."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

CASES = Path(__file__).parent / "cases"

KINDS = {
    "merge": "a merge of layer outputs that Keras refuses",
    "shape": "another layer or op that refuses what it is given",
    "api": "a call that Keras's interface refuses",
    "first-run": "data, loss or training step that do not fit the model",
    "silent": "builds and runs, and computes something else than was meant",
    "none": "nothing: a correct program that looks wrong",
}


@dataclass(frozen=True)
class Symptom:
    """What a program shows that is silently wrong, and what its twin shows.

    It is the value, as text, of the expression ``check`` where the program has ended, or a line
    that is printed if there is no ``check``.
    """

    check: str | None
    wrong: str
    right: str


@dataclass(frozen=True)
class Failure:
    """Where a program fails: ``line`` of ``file``, the innermost line of the user's own code.

    ``merge_line`` is where the merge is written, if it is only reached from ``line``; ``also`` are
    the call sites above, as ``file:line``. A silent one has a ``symptom``, and no ``exception``.
    """

    file: str
    line: int
    merge_line: int | None
    also: tuple[str, ...]
    exception: str | None
    symptom: Symptom | None


@dataclass(frozen=True)
class Case:
    """A folder of ``cases/``; ``main`` is the program to run and ``twin`` the repaired one."""

    folder: Path
    title: str
    source: str
    kind: str
    main: Path | None
    twin: Path
    driver: str | None
    needs: tuple[str, ...]
    versions: tuple[str, ...]
    failure: Failure | None

    @property
    def name(self) -> str:
        return self.folder.name

    def programs(self) -> Iterator[Path]:
        """The broken program, if there is one, and its twin."""
        if self.main is not None:
            yield self.main
        yield self.twin


def read(folder: Path) -> Case:
    """The case of a folder; ``KeyError`` or ``ValueError`` if case.toml is not one."""
    told = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    if told["kind"] not in KINDS:
        raise ValueError(f"{folder.name}: there is no kind {told['kind']!r}")
    main = told.get("main", "bug.py")
    fails = told.get("fails")
    return Case(
        folder=folder,
        title=told["title"],
        source=told["source"],
        kind=told["kind"],
        main=None if fails is None else folder / main,
        twin=folder / main.replace("bug", "ok", 1),
        driver=told.get("driver"),
        needs=tuple(told.get("needs", ())),
        versions=tuple(told.get("versions", ())),
        failure=None if fails is None else _failure(fails),
    )


def _failure(fails: dict[str, Any]) -> Failure:
    return Failure(
        file=fails["file"],
        line=fails["line"],
        merge_line=fails.get("merge_line"),
        also=tuple(fails.get("also", ())),
        exception=fails.get("exception"),
        symptom=_symptom(fails),
    )


def _symptom(fails: dict[str, Any]) -> Symptom | None:
    if "check" in fails:
        return Symptom(fails["check"], fails["gives"], fails["twin_gives"])
    if "prints" in fails:
        return Symptom(None, fails["prints"], fails["twin_prints"])
    return None


def working_folder(folder: Path, program: Path) -> Path:
    """Where a program of a case is run: its own project, or the case's folder."""
    first = program.relative_to(folder).parts[0]
    return folder / first if first in ("bug", "ok") else folder


@functools.cache
def read_all() -> tuple[Case, ...]:
    """Every case, by name."""
    return tuple(read(path.parent) for path in sorted(CASES.glob("*/case.toml")))


def statement(path: Path, line: int) -> range:
    """The lines of the innermost statement (the header of a compound one) that holds ``line``."""
    best = range(line, line + 1)
    size: int | None = None
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not isinstance(node, ast.stmt):
            continue
        lines = range(node.lineno, _last_line(node) + 1)
        if line in lines and (size is None or len(lines) < size):
            best, size = lines, len(lines)
    return best


def _last_line(node: ast.stmt) -> int:
    body = getattr(node, "body", None)
    if body:
        return max(body[0].lineno - 1, node.lineno)
    return node.end_lineno or node.lineno
