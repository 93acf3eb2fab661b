"""Every example in the documentation is run, or read by the tool that it is for."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.command import kerasmergelint, warnings_of
from tests.repository import ROOT
from tests.some import some

_FENCE = re.compile(r"^(?P<indent> *)```(?P<kind>\w*)[^\n]*\n(?P<text>.*?)^(?P=indent)```$",
                    re.MULTILINE | re.DOTALL)  # fmt: skip
# The pages of the codes have a test of their own, and so has what belongs to the runtime.
_ELSEWHERE = ("docs/codes/", "docs/confirm.md", "docs/contributing/adding-")


@dataclass(frozen=True)
class Example:
    """A block of code in a page."""

    page: str
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def pages() -> list[Path]:
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    names = {path: path.relative_to(ROOT).as_posix() for path in sorted(found)}
    return [path for path, name in names.items() if not name.startswith(_ELSEWHERE)]


def examples() -> Iterator[Example]:
    for path in pages():
        text = path.read_text(encoding="utf-8")
        for found in _FENCE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            name = path.relative_to(ROOT).as_posix()
            yield Example(name, line, found["kind"], found["text"])


def of(*kinds: str) -> Any:
    """Parametrize over the examples of some kinds."""
    chosen = [example for example in examples() if example.kind in kinds]
    assert chosen, kinds
    return pytest.mark.parametrize("example", chosen, ids=str)


def test_every_block_is_of_a_kind_that_is_tested() -> None:
    tested = {"console", "sh", "python", "ini", "toml", "yaml", "json"}
    # Configuration of editors that are not here.
    told = {"vim", "lua", "elisp"}
    # Drawn from the code, and compared with it by test_rooms.
    drawn = {"mermaid"}
    for example in some(examples()):
        assert example.kind in tested | told | drawn, example


@of("console")
def test_a_command_prints_what_the_page_shows(example: Example, tmp_path: Path) -> None:
    folder = tmp_path / "examples"
    shutil.copytree(ROOT / "docs" / "examples", folder)
    command, *expected = example.text.rstrip("\n").split("\n")
    assert command.startswith("$ kerasmergelint ")
    arguments = shlex.split(command)[2:]
    done = kerasmergelint(*arguments, cwd=folder, COLUMNS="200")
    assert not warnings_of(done)
    shown = done.stdout.rstrip("\n").split("\n")
    if expected[-1].strip() == "...":
        expected.pop()
        shown = shown[: len(expected)]
    assert shown == expected


@of("sh")
def test_shell_commands_are_well_formed(example: Example) -> None:
    done = subprocess.run(["bash", "-n", "-c", example.text], capture_output=True, check=False)
    assert done.returncode == 0


@of("ini")
def test_flake8_configuration_is_accepted(example: Example, tmp_path: Path) -> None:
    parser = configparser.RawConfigParser()
    parser.read_string(example.text)
    assert parser.sections() == ["flake8"]
    _accepted(tmp_path, "setup.cfg", example.text)


@of("toml")
def test_our_configuration_is_accepted(example: Example, tmp_path: Path) -> None:
    (tmp_path / "kerasmergelint-baseline.json").write_text('{"version": 1, "findings": []}')
    _accepted(tmp_path, "pyproject.toml", example.text)


def _accepted(folder: Path, name: str, text: str) -> None:
    """Flake8's plugin and our command both take it."""
    (folder / name).write_text(text)
    (folder / "net.py").write_text("import keras\n")
    done = kerasmergelint("check", "net.py", cwd=folder)
    assert (done.returncode, warnings_of(done)) == (0, "")
    import sys

    command = [sys.executable, "-m", "flake8", "net.py", "--extend-ignore=F401"]
    theirs = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (theirs.returncode, theirs.stderr) == (0, "")


@of("python")
def test_python_is_python(example: Example) -> None:
    code = compile(example.text, str(example), "exec")
    assert code.co_names, "a program that names nothing shows nothing"


@of("json")
def test_json_is_json(example: Example) -> None:
    assert isinstance(json.loads(example.text), dict)


@of("yaml")
def test_yaml_is_what_it_is_for(example: Example, tmp_path: Path) -> None:
    content = yaml.safe_load(example.text)
    if True in content:  # YAML 1.1 takes the key `on` for a truth value
        schema = "vendor.github-workflows"
    elif "repos" in content:
        from pre_commit.clientlib import load_config

        (tmp_path / "config.yaml").write_text(example.text)
        assert load_config(str(tmp_path / "config.yaml"))["repos"]
        return
    else:
        schema = "vendor.gitlab-ci"
    (tmp_path / "file.yml").write_text(example.text)
    done = subprocess.run(
        ["check-jsonschema", "--builtin-schema", schema, str(tmp_path / "file.yml")],
        capture_output=True, text=True, check=False, env=_environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _environment() -> dict[str, str]:
    import os
    import sys

    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path}


def test_our_own_workflow_is_valid() -> None:
    for path in some((ROOT / ".github" / "workflows").glob("*.yml")):
        done = subprocess.run(
            ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)],
            capture_output=True, text=True, check=False, env=_environment(),
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_links_between_files_lead_somewhere() -> None:
    links = [
        (path, target)
        for path in pages()
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
        if not target.startswith(("http:", "https:"))
    ]
    for path, target in some(links):
        assert (path.parent / target).exists(), f"{path.name}: {target}"
