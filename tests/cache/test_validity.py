"""An entry counts as long as nothing that decided has changed, and no longer."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kerasmergelint.cache import Cache, keys
from kerasmergelint.options import Settings
from kerasmergelint.rules import check
from kerasmergelint.syntax import deep
from kerasmergelint.tracker.program import analysis, as_program, requirements
from tests.cache.linting import BROKEN, IMPORTING, cache_in, counting, entries, lint


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return cache_in(tmp_path / "cache")


def test_the_second_time_is_a_hit(cache: Cache, project: Path) -> None:
    first, hit = lint(cache, project / "net.py")
    assert not hit and [finding.code for finding in first] == ["KML111"]
    again, hit = lint(cache, project / "net.py")
    assert hit and again == first
    assert [f.operands[0].made_at for f in again] == [f.operands[0].made_at for f in first]


def test_a_file_without_findings_is_kept_too(cache: Cache, project: Path) -> None:
    (project / "sizes.py").write_text("UNITS = 5\n")
    assert lint(cache, project / "net.py") == ([], False)
    assert lint(cache, project / "net.py") == ([], True)


OTHER_SETTINGS = {
    "enabled": ("KML9",),
    "roots": ("/nowhere",),
    "keras_version": "2",
    "declared": {"x": "(None, 3)"},
    "steps": 1000,
    "follow": "project",
}


def test_every_setting_is_tried() -> None:
    assert set(OTHER_SETTINGS) == {item.name for item in dataclasses.fields(Settings)}


@pytest.mark.parametrize("name", OTHER_SETTINGS)
def test_another_setting_is_another_entry(name: str, cache: Cache, project: Path) -> None:
    lint(cache, project / "net.py")
    other = dataclasses.replace(Settings(), **{name: OTHER_SETTINGS[name]})
    assert lint(cache, project / "net.py", other)[1] is False
    assert lint(cache, project / "net.py", other)[1] is True
    assert lint(cache, project / "net.py")[1] is True


def test_another_text_is_another_entry(cache: Cache, project: Path) -> None:
    lint(cache, project / "net.py")
    (project / "net.py").write_text(IMPORTING.replace("Dense(5)", "Dense(3)"))
    assert lint(cache, project / "net.py") == ([], False)


def test_another_way_to_name_a_file_is_another_entry(
    cache: Cache, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lint(cache, project / "net.py")
    monkeypatch.chdir(project)
    [finding], hit = lint(cache, "net.py")
    assert (finding.path, hit) == ("net.py", False)
    # The same name means another file elsewhere.
    (project / "inner").mkdir()
    monkeypatch.chdir(project / "inner")
    assert lint(cache, "net.py", text=IMPORTING) == ([], False)


def write(name: str, text: str = "") -> Callable[[Path], None]:
    def change(project: Path) -> None:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)

    return change


def remove(name: str) -> Callable[[Path], None]:
    return lambda project: (project / name).unlink()


CHANGES: dict[str, Callable[[Path], None]] = {
    "an import changes": write("sizes.py", "UNITS = 5\n"),
    "an import changes, but not in length": write("sizes.py", "UNITS = 4\n"),
    "an import goes": remove("sizes.py"),
    "a package takes the place of an import": write("sizes/__init__.py", "UNITS = 5\n"),
    "another file beside it, which may tell which Keras it means": write("other.py", "UNITS = 5\n"),
    "a requirement": write("requirements.txt", "keras<3\n"),
    "an environment of conda": write("gpu.yml", "dependencies:\n  - keras<3\n"),
    "a saved model": write("net.json", '{"keras_version": "1.2.0"}'),
    "what CI installs": write("tests.yml", "script:\n  - pip install keras==1.2.0\n"),
    "an article": write("blog/install.md", "- Keras 1.2.0\n"),
    "a setting of the project": write("pyproject.toml", 'dependencies = ["keras>=3"]\n'),
    "the folder becomes a package": write("__init__.py"),
    "the folder becomes a repository": write(".git/HEAD"),
    "a requirement further out": lambda project: write("requirements.txt", "keras<3\n")(
        project.parent
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_decides_changes(
    change: Callable[[Path], None], cache: Cache, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lint(cache, project / "net.py")
    assert lint(cache, project / "net.py")[1] is True
    change(project)
    monkeypatch.setattr(requirements, "_in_folder", requirements._in_folder.__wrapped__)
    assert lint(cache, project / "net.py")[1] is False  # and right, which ``lint`` sees to


HARMLESS = {
    "a file of another kind": write("notes.txt", "keras<3\n"),
    "the same import again": write("sizes.py", "UNITS = 3\n"),
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_does_not_decide_changes(
    change: Callable[[Path], None], cache: Cache, project: Path
) -> None:
    lint(cache, project / "net.py")
    change(project)
    assert lint(cache, project / "net.py")[1] is True


def test_a_file_that_hides_an_import_further_back(cache: Cache, project: Path) -> None:
    (project / "lib").mkdir()
    (project / "sizes.py").rename(project / "lib" / "sizes.py")
    settings = Settings(roots=(str(project / "lib"),))
    assert [f.code for f in lint(cache, project / "net.py", settings)[0]] == ["KML111"]
    assert lint(cache, project / "net.py", settings)[1] is True
    (project / "sizes.py").write_text("UNITS = 5\n")
    assert lint(cache, project / "net.py", settings) == ([], False)


def test_an_import_that_was_missing_comes(cache: Cache, project: Path) -> None:
    (project / "sizes.py").unlink()
    assert lint(cache, project / "net.py") == ([], False)
    (project / "sizes.py").write_text("UNITS = 3\n")
    assert [f.code for f in lint(cache, project / "net.py")[0]] == ["KML111"]


def test_an_import_of_an_import_changes(cache: Cache, project: Path) -> None:
    (project / "sizes.py").write_text("from deeper import UNITS\n")
    (project / "deeper.py").write_text("UNITS = 3\n")
    lint(cache, project / "net.py")
    assert lint(cache, project / "net.py")[1] is True
    (project / "deeper.py").write_text("UNITS = 5\n")
    assert lint(cache, project / "net.py") == ([], False)


def test_a_folder_without_init_gets_its_first_module(cache: Cache, project: Path) -> None:
    (project / "net.py").write_text(IMPORTING.replace("from sizes", "from nets.sizes"))
    (project / "nets").mkdir()
    assert lint(cache, project / "net.py") == ([], False)
    (project / "nets" / "sizes.py").write_text("UNITS = 3\n")
    assert [f.code for f in lint(cache, project / "net.py")[0]] == ["KML111"]


def test_what_is_asked_once_for_many_files_counts_for_each(cache: Cache, project: Path) -> None:
    for name in ("one.py", "two.py"):
        (project / name).write_text(BROKEN)
    for name in ("one.py", "two.py"):
        lint(cache, project / name)
        assert lint(cache, project / name)[1] is True
    write("requirements.txt", "keras<3\n")(project)
    with counting() as analysed:
        for name in ("one.py", "two.py"):
            assert (
                cache.recall(keys.key_of("findings", BROKEN, str(project / name), Settings()))
                is None
            )
    assert analysed == []


def test_another_keras_is_installed(
    cache: Cache, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lint(cache, project / "net.py")
    monkeypatch.setattr("kerasmergelint.files.version_of", lambda package: "2.15.0")
    assert lint(cache, project / "net.py")[1] is False


def test_another_linter_is_another_entry(
    cache: Cache, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lint(cache, project / "net.py")
    monkeypatch.setattr(keys, "ourselves", lambda: "another")
    assert lint(cache, project / "net.py")[1] is False


def test_our_own_files_tell_who_we_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.ourselves.cache_clear()
    before = keys.ourselves()
    files = {name for name, _, _ in keys._own_files(str(Path(keys.__file__).parents[1]), "")}
    assert {"plugin.py", "tracker/program/analysis.py", "keras_api/data/reserved.json"} <= files
    own = keys._own_files
    for changed in ("plugin.py", "keras_api/data/reserved.json"):
        monkeypatch.setattr(
            keys, "_own_files",
            lambda folder, prefix, changed=changed: (
                (name, size, time + (name == changed)) for name, size, time in own(folder, prefix)
            ),
        )  # fmt: skip
        keys.ourselves.cache_clear()
        assert keys.ourselves() != before
    monkeypatch.undo()
    keys.ourselves.cache_clear()


# -- what is not kept ---------------------------------------------------------------------------


def test_running_out_of_steps_is_kept(cache: Cache, project: Path) -> None:
    (project / "net.py").write_text("import keras\nfor i in range(10_000):\n    pass\n" + BROKEN)
    settings = Settings(steps=100)
    assert analysis.analyse((project / "net.py").read_text(), "net.py", settings).complete is False
    lint(cache, project / "net.py", settings)
    assert lint(cache, project / "net.py", settings)[1] is True


def test_running_out_of_time_is_not_kept(
    cache: Cache, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object) -> None:
        raise deep.OutOfTime

    monkeypatch.setattr(analysis, "run_deep", late)
    assert lint(cache, project / "net.py") == ([], False)
    assert entries(tmp_path / "cache") == []
    monkeypatch.undo()
    assert lint(cache, project / "net.py")[0] != []


@pytest.mark.parametrize("error", [ValueError("x"), MemoryError(), RecursionError()])
def test_bugs_are_not_kept(
    error: Exception, cache: Cache, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(as_program.Program, "run", fail)
    lint(cache, project / "net.py")
    assert entries(tmp_path / "cache") == []
    monkeypatch.undo()
    assert lint(cache, project / "net.py")[0] != []


def test_a_bug_outside_the_runs_reaches_the_barrier(
    cache: Cache, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(check, "check_with_report", fail)
    with pytest.raises(KeyError):
        lint(cache, project / "net.py")
    assert entries(tmp_path / "cache") == []


def test_what_was_read_counts_and_not_what_came_later(
    cache: Cache, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that changes between its reading and the end of the analysis."""
    real = check.check_with_report

    def slow(text: str, path: str, settings: Settings) -> object:
        result = real(text, path, settings)
        (project / "sizes.py").write_text("UNITS = 5\n")
        return result

    monkeypatch.setattr(check, "check_with_report", slow)
    key = keys.key_of("findings", IMPORTING, str(project / "net.py"), Settings())
    from kerasmergelint.cache import findings

    assert list(findings(IMPORTING, str(project / "net.py"), Settings(), cache))
    assert cache.recall(key) is None


def test_times_of_files_do_not_decide(cache: Cache, project: Path) -> None:
    lint(cache, project / "net.py")
    os.utime(project / "sizes.py", (1, 1))
    assert lint(cache, project / "net.py")[1] is True
