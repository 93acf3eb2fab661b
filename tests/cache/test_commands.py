"""The cache behind flake8 and ``check``: what they print is the same with it, without it, and twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kerasmergelint.plugin import KerasMergePlugin
from kerasmergelint.runtime import annotate
from kerasmergelint.syntax.gate import mentions_keras
from tests.cache.linting import BROKEN, IMPORTING, entries
from tests.cli.command import warnings_of
from tests.fixture_files import FIXTURES

Done = subprocess.CompletedProcess[str]


def run(*arguments: str, cwd: Path, cache: Path | None, **environment: str) -> Done:
    given = {**os.environ, **environment}
    del given["KERASMERGELINT_NO_CACHE"]
    # Nobody's own cache, whatever a test forgets.
    given["HOME"] = given["XDG_CACHE_HOME"] = str(cwd)
    if cache is not None:
        given["KERASMERGELINT_CACHE_DIR"] = str(cache)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd, env=given, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def flake8(*arguments: str, cwd: Path, cache: Path | None, **environment: str) -> Done:
    first = ["-m", "flake8", "--select=KML"]
    return run(*first, *arguments, cwd=cwd, cache=cache, **environment)


def check(*arguments: str, cwd: Path, cache: Path | None) -> Done:
    return run("-m", "kerasmergelint.cli.main", "check", *arguments, cwd=cwd, cache=cache)


# -- the same results ---------------------------------------------------------------------------


def test_the_fixtures_through_flake8(tmp_path: Path) -> None:
    arguments = ("--isolated", "--kml-enable=KML2,KML9", "--jobs=2", str(FIXTURES))
    without = flake8(*arguments, "--kml-no-cache", cwd=tmp_path, cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
    cold = flake8(*arguments, cwd=tmp_path, cache=tmp_path / "cache")
    kept = {file: file.stat().st_mtime_ns for file in entries(tmp_path / "cache")}
    warm = flake8(*arguments, cwd=tmp_path, cache=tmp_path / "cache")
    assert without.stdout.count("\n") > 100 and not warnings_of(without)
    assert without.stdout == cold.stdout == warm.stdout
    assert warnings_of(cold) == warnings_of(warm) == ""
    # Programs of several files begin in a main.py, which is read for the sake of those that name Keras.
    mentioning = [file for file in FIXTURES.rglob("*.py")
                  if mentions_keras(file.read_text()) or file.name == "main.py"]  # fmt: skip
    assert len(kept) == len(mentioning)
    assert {file: file.stat().st_mtime_ns for file in entries(tmp_path / "cache")} == kept


def test_the_fixtures_through_check(tmp_path: Path) -> None:
    arguments = ("--isolated", "--format=json", "--verdicts", "--jobs=2", str(FIXTURES))
    without = check(*arguments, "--no-cache", cwd=tmp_path, cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
    cold = check(*arguments, cwd=tmp_path, cache=tmp_path / "cache")
    kept = {file: file.stat().st_mtime_ns for file in entries(tmp_path / "cache")}
    warm = check(*arguments, cwd=tmp_path, cache=tmp_path / "cache")
    assert len(json.loads(without.stdout)["findings"]) > 50 and not warnings_of(without)
    assert without.stdout == cold.stdout == warm.stdout
    assert warnings_of(cold) == warnings_of(warm) == ""
    assert kept
    assert {file: file.stat().st_mtime_ns for file in entries(tmp_path / "cache")} == kept


JOIN = """\
from keras.layers import Add, Dense

def join(x):
    return Add()([Dense(4)(x), Dense(2)(x)])
"""


def test_findings_in_imported_files_and_silenced_ones(project: Path, tmp_path: Path) -> None:
    (project / "parts.py").write_text(JOIN)
    (project / "net.py").write_text(
        "import keras\nimport parts\ny = parts.join(keras.Input((8,)))\n"
    )
    outputs = {
        check("--isolated", "net.py", cwd=project, cache=tmp_path / "cache").stdout
        for _ in range(2)
    }
    assert len(outputs) == 1 and outputs.pop().startswith("parts.py:4:12: KML111")
    # Ignoring is not a matter of the analysis: it applies to kept results, too.
    ignoring = ("--isolated", "--ignore=KML1", "net.py")
    assert check(*ignoring, cwd=project, cache=tmp_path / "cache").returncode == 0
    assert len(entries(tmp_path / "cache")) == 1


def test_flake8_and_check_do_not_take_each_others_entries(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert (
        "KML111"
        in flake8("--isolated", "--kml-enable=KML205", ".", cwd=project, cache=cache).stdout
    )
    done = check("--isolated", "--format=json", "--verdicts", ".", cwd=project, cache=cache)
    assert json.loads(done.stdout)["merges"]


@pytest.mark.parametrize("text", [IMPORTING, "import keras\nx = (\n", "import keras\n"])
def test_standard_input(text: str, project: Path, tmp_path: Path) -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-m", "flake8", "--isolated", "-"], input=text, cwd=project,
            env={**os.environ, "KERASMERGELINT_NO_CACHE": off,
                 "KERASMERGELINT_CACHE_DIR": str(tmp_path / "cache")},
            capture_output=True, text=True, check=False,
        ).stdout
        for off in ("1", "", "")
    ]  # fmt: skip
    assert len(set(outputs)) == 1


def test_many_runs_at_once(project: Path, tmp_path: Path) -> None:
    for number in range(12):
        (project / f"net_{number}.py").write_text(IMPORTING + f"z = {number}\n")
    alone = flake8(
        "--isolated", "--kml-no-cache", ".", cwd=project, cache=tmp_path / "cache"
    ).stdout
    environment = {**os.environ, "KERASMERGELINT_CACHE_DIR": str(tmp_path / "cache")}
    del environment["KERASMERGELINT_NO_CACHE"]
    command = [sys.executable, "-m", "flake8", "--select=KML", "--isolated", "--jobs=2", "."]
    runs = [
        subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [run.communicate(timeout=300)[0] for run in runs] == [alone] * 3
    assert len(entries(tmp_path / "cache")) == 13
    names = {file.suffix for file in (tmp_path / "cache" / "findings-1").iterdir()}
    assert names <= {".json", ".TAG", ""}


# -- what a hit costs ---------------------------------------------------------------------------

LOADED = "import sys\nfrom {module} import main\nsys.argv[0] = 'x'\n" \
    "try:\n    main({arguments})\nexcept SystemExit:\n    pass\nprint('loaded', *sys.modules)\n"  # fmt: skip


def loaded(module: str, arguments: list[str], cwd: Path, cache: Path) -> set[str]:
    code = LOADED.format(module=module, arguments=arguments)
    done = run("-c", code, cwd=cwd, cache=cache)
    assert not warnings_of(done)
    assert "KML111" in done.stdout
    return set(done.stdout.splitlines()[-1].split())


COMMANDS = {
    "flake8": ("flake8.main.cli", ["--isolated", "--select=KML", "-j1", "net.py"]),
    "check": ("kerasmergelint.cli.main", ["check", "--isolated", "--jobs=1", "net.py"]),
    "check as JSON": (
        "kerasmergelint.cli.main", ["check", "--isolated", "--format=json", "--verdicts", "net.py"]
    ),
}  # fmt: skip


def test_libcst_is_loaded_for_verdicts_only(project: Path, tmp_path: Path) -> None:
    found = {
        name: "libcst" in loaded(*command, project, tmp_path / name)
        for name, command in COMMANDS.items()
    }
    assert found == {"flake8": False, "check": False, "check as JSON": True}


def test_findings_and_verdicts_are_kept_apart(project: Path, tmp_path: Path) -> None:
    arguments = ("--isolated", "--format=json", "net.py")
    for _ in range(2):
        plain = check(*arguments, cwd=project, cache=tmp_path / "cache")
        told = check(*arguments, "--verdicts", cwd=project, cache=tmp_path / "cache")
        assert json.loads(told.stdout)["merges"]
        assert json.loads(told.stdout)["findings"] == json.loads(plain.stdout)["findings"]
    assert len(entries(tmp_path / "cache")) == 2


@pytest.mark.parametrize(("module", "arguments"), COMMANDS.values(), ids=COMMANDS.keys())
def test_a_hit_loads_no_analysis(
    module: str, arguments: list[str], project: Path, tmp_path: Path
) -> None:
    heavy = ("libcst", "kerasmergelint.syntax.parse", "kerasmergelint.tracker.program.analysis",
             "kerasmergelint.rules.check", "kerasmergelint.keras_api.layers")  # fmt: skip
    cold = loaded(module, arguments, project, tmp_path / "cache")
    assert cold >= set(heavy) - {"libcst"}  # which only the list of all merges needs
    warm = loaded(module, arguments, project, tmp_path / "cache")
    assert not warm & set(heavy)
    assert not [
        name for name in warm
        if name.startswith(("libcst", "kerasmergelint.tracker."))
        and name.removeprefix("kerasmergelint.tracker.") not in (
            "machine", "machine.verdict", "machine.witness"
        )
    ]  # fmt: skip


def test_without_a_cache_nothing_of_it_is_loaded(project: Path, tmp_path: Path) -> None:
    module, arguments = COMMANDS["flake8"]
    assert "platformdirs" not in loaded(module, ["--kml-no-cache", *arguments], project, tmp_path)
    (project / "net.py").write_text("import torch  # KML111\n")
    code = LOADED.format(module=module, arguments=arguments)
    assert "kerasmergelint.cache" not in run("-c", code, cwd=project, cache=None).stdout.split()


# -- options ------------------------------------------------------------------------------------


def test_it_is_in_the_users_cache_folder_unless_told_otherwise(project: Path) -> None:
    flake8("net.py", cwd=project, cache=None)
    [inner] = project.rglob("findings-1")
    assert inner.parent.name.lower() == "kerasmergelint" and len(list(inner.glob("*.json"))) == 1


def test_flake8_can_be_told_in_its_configuration(project: Path) -> None:
    (project / "inner").mkdir()
    (project / "inner" / "net.py").write_text(BROKEN)
    (project / "setup.cfg").write_text("[flake8]\nkml-cache-dir = .cache/ours\n")
    (project / "inner" / "setup.cfg").write_text("[flake8]\nkml-no-cache = true\n")
    flake8("net.py", cwd=project / "inner", cache=None)
    assert list(project.rglob("findings-1")) == []
    flake8("net.py", cwd=project, cache=None)
    assert list(project.rglob("findings-1")) == [project / ".cache" / "ours" / "findings-1"]


@pytest.mark.parametrize("text", [
    "[tool.kerasmergelint]\n{}\n", "[flake8]\n{}\n",
], ids=["pyproject.toml", "setup.cfg"])  # fmt: skip
def test_check_can_be_told_in_either(text: str, project: Path) -> None:
    toml = text.startswith("[tool")
    name, prefix = ("pyproject.toml", "") if toml else ("setup.cfg", "kml-")
    there = '"ours"' if toml else "ours"
    for line, made in [
        (f"{prefix}no-cache = true", []),
        (f"{prefix}cache-dir = {there}", ["ours"]),
    ]:
        (project / name).write_text(text.format(line))
        assert check("net.py", cwd=project, cache=None).returncode == 1
        assert [found.parent.name for found in project.rglob("findings-1")] == made
    (project / name).write_text(
        text.format(f"{prefix}no-cache = 7" if toml else "kml-no-cache = 7")
    )
    wrong = check("net.py", cwd=project, cache=None)
    assert wrong.returncode == 2 and "no-cache: " in wrong.stderr


def test_the_command_line_of_check(project: Path, tmp_path: Path) -> None:
    check("--no-cache", "net.py", cwd=project, cache=tmp_path / "cache")
    assert entries(tmp_path / "cache") == []
    check("--cache-dir", "ours", "net.py", cwd=project, cache=tmp_path / "cache")
    assert entries(tmp_path / "cache") == [] and len(entries(project / "ours")) == 1


def test_a_cache_that_cannot_be_is_no_matter(project: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for done in (
        flake8("net.py", cwd=project, cache=tmp_path / "file"),
        check("net.py", cwd=project, cache=tmp_path / "file" / "below"),
    ):
        assert "KML111" in done.stdout and not warnings_of(done)


def test_a_file_that_changes_is_linted_again(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert flake8("net.py", cwd=project, cache=cache).stdout != ""
    (project / "sizes.py").write_text("UNITS = 5\n")
    assert flake8("net.py", cwd=project, cache=cache).stdout == ""
    (project / "sizes.py").write_text("UNITS = 3\n")
    assert flake8("net.py", cwd=project, cache=cache).stdout != ""


def test_what_tensorflow_says_is_not_kept(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KERASMERGELINT_NO_CACHE")
    monkeypatch.setattr(annotate, "confirmed", lambda *_: iter(()))
    monkeypatch.setattr(KerasMergePlugin, "caching", True)
    monkeypatch.setattr(KerasMergePlugin, "cache_folder", str(tmp_path / "cache"))
    monkeypatch.setattr(KerasMergePlugin, "confirming", True)
    import ast

    def found() -> list[object]:
        lines = BROKEN.splitlines(keepends=True)
        return list(KerasMergePlugin(ast.Module([], []), lines, "net.py").run())

    assert found() == [] and not (tmp_path / "cache").exists()
    monkeypatch.setattr(KerasMergePlugin, "confirming", False)
    assert len(found()) == 1 and len(entries(tmp_path / "cache")) == 1
