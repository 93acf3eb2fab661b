"""The repository holds together: commands, doctests, and nothing that ties it to one machine."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import subprocess

import pytest

import kerasmergelint
from tests.repository import ROOT
from tests.some import some

_MARK = re.compile(r"<!-- command: (\w+) -->\n```sh\n(.*)\n```\n")


def readme_commands() -> dict[str, str]:
    return dict(_MARK.findall((ROOT / "README.md").read_text(encoding="utf-8")))


def test_ci_runs_the_test_command_of_the_readme() -> None:
    """``.ci/run`` takes the command out of the README with a function of its own."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    function = re.search(r"^readme_command\(\) \{\n.*?^\}\n", script, re.MULTILINE | re.DOTALL)
    assert function and '"$(readme_command test)"' in script
    assert set(readme_commands()) == {"lint", "test"}
    for name, command in readme_commands().items():
        done = subprocess.run(
            ["bash", "-c", f"{function[0]}\nreadme_command {name}"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout == command + "\n"


def test_the_light_command_does_not_install_tensorflow() -> None:
    command = readme_commands()["lint"]
    assert "[" not in command and "flake8 --select=KML fixtures" in command


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout.decode().split("\0")  # fmt: skip
    return [name for name in listed if name and (ROOT / name).is_file()]


def test_nothing_in_it_belongs_to_one_machine() -> None:
    # Built of parts, so that this file does not find itself.
    wrong = re.compile("|".join(["/wor" + "k/", "/roo" + "t/", "/hom" + r"e/\w", "index" + "-url"]))
    names = tracked()
    if not names:
        pytest.skip("not in a clone of the repository")
    for name in some(name for name in names if not name.endswith((".json", ".svg", ".gz", ".png"))):
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        found = wrong.search(text)
        assert found is None, f"{name}: {found and found[0]}"


def modules() -> list[str]:
    found = pkgutil.walk_packages(kerasmergelint.__path__, "kerasmergelint.")
    return [module.name for module in found if not module.name.startswith("kerasmergelint.runtime")]


@pytest.mark.parametrize("name", modules())
def test_doctests(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_versions_agree() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{kerasmergelint.__version__}"' in text
