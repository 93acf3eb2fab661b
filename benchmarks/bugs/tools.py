"""The tools that are measured. A tool is added by one entry in ``TOOLS``."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from benchmarks.bugs.case import CASES, Case
from benchmarks.bugs.judging import Finding

_FLAKE8 = re.compile(r"(?P<path>[^:\n]+):(?P<line>\d+):\d+: (?P<text>.*)")
_MYPY = re.compile(r"(?P<path>[^:\n]+):(?P<line>\d+): error: (?P<text>.*)")


@dataclass(frozen=True)
class Tool:
    """``arguments`` come before the files; ``parse`` reads the tool's standard output."""

    name: str
    package: str
    arguments: tuple[str, ...]
    parse: Callable[[str, Path], list[Finding]]

    @property
    def command(self) -> str:
        return " ".join(self.arguments)

    def version(self) -> str:
        """The installed version; ``ModuleNotFoundError`` where it is not installed."""
        return version(self.package)

    def findings(self, cases: Sequence[Case]) -> list[Finding]:
        """What the tool says of the cases' programs, in a copy that no configuration applies to."""
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place, "cases").resolve()
            for case in cases:
                shutil.copytree(case.folder, copy / case.name)
            said = self._run(sorted(copy.rglob("*.py")), copy)
            return [replace(finding, path=CASES / finding.path.relative_to(copy))
                    for finding in said]  # fmt: skip

    def _run(self, files: Sequence[Path], folder: Path) -> list[Finding]:
        named = [str(file.relative_to(folder)) for file in files]
        done = subprocess.run([sys.executable, "-m", *self.arguments, *named], cwd=folder, env=_here(),
                              capture_output=True, text=True, check=False)  # fmt: skip
        if done.returncode and not done.stdout:
            raise RuntimeError(f"{self.name} failed: {done.stderr[-500:]}")
        return self.parse(done.stdout, folder)


def _here() -> dict[str, str]:
    """An environment in which ``python3`` is the Python that runs this: tools look there for imports."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": sys.prefix}


def _lines(pattern: re.Pattern[str]) -> Callable[[str, Path], list[Finding]]:
    def parse(output: str, folder: Path) -> list[Finding]:
        matches = map(pattern.match, output.splitlines())
        return [Finding((folder / m["path"]).resolve(), int(m["line"]), m["text"])
                for m in matches if m]  # fmt: skip

    return parse


def _pylint(output: str, folder: Path) -> list[Finding]:
    return [Finding((folder / m["path"]).resolve(), m["line"], f"{m['symbol']} {m['message']}")
            for m in json.loads(output or "[]")]  # fmt: skip


def _pyright(output: str, folder: Path) -> list[Finding]:
    said = [d for d in json.loads(output)["generalDiagnostics"]
            if d["severity"] == "error" and d.get("rule") != "reportMissingImports"]  # fmt: skip
    return [Finding(Path(d["file"]).resolve(), d["range"]["start"]["line"] + 1, d["message"])
            for d in said]  # fmt: skip


def _pyrefly(output: str, folder: Path) -> list[Finding]:
    said = [d for d in json.loads(output)["errors"]
            if d["severity"] == "error" and d["name"] != "missing-import"]  # fmt: skip
    return [Finding((folder / d["path"]).resolve(), d["line"], f"{d['name']} {d['description']}")
            for d in said]  # fmt: skip


TOOLS = (
    Tool("kerasmergelint", "kerasmergelint",
         ("flake8", "--isolated", "--select=KML", "--extend-ignore=KML9",
          "--kml-no-cache"), _lines(_FLAKE8)),
    Tool("flake8 with bugbear", "flake8-bugbear",
         ("flake8", "--isolated", "--select=B,F"), _lines(_FLAKE8)),
    Tool("pylint", "pylint",
         ("pylint", "-E", "--output-format=json", "--disable=import-error"),
         _pylint),
    Tool("mypy", "mypy",
         ("mypy", "--check-untyped-defs", "--ignore-missing-imports", "--no-error-summary",
          # A module for each file: there are as many of the name "bug" as cases.
          "--namespace-packages", "--explicit-package-bases"),
         _lines(_MYPY)),
    Tool("pyright", "pyright", ("pyright", "--outputjson"), _pyright),
    Tool("pyrefly", "pyrefly", ("pyrefly", "check", "--output-format", "json"), _pyrefly),
)  # fmt: skip


def named(name: str) -> Tool:
    """The tool of a name; ``KeyError`` if there is none."""
    return {tool.name: tool for tool in TOOLS}[name]
