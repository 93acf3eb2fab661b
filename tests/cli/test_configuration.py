"""Where choices come from, which one wins, and the words for what is wrong."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.configuration.command_line import add_options
from kerasmergelint.cli.configuration.load import load
from kerasmergelint.cli.configuration.patterns import matches
from kerasmergelint.cli.configuration.pyproject import KEYS
from tests.cli.command import kerasmergelint
from tests.cli.test_check import BROKEN
from tests.some import some


def configuration(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Configuration:
    monkeypatch.chdir(folder)
    parser = argparse.ArgumentParser()
    add_options(parser)
    return load(parser.parse_args(arguments))


PYPROJECT = """\
[tool.kerasmergelint]
enable = ["KML205"]
ignore = ["KML202"]
roots = ["src"]
exclude = ["old"]
keras-version = "2"
steps = 5000
baseline = "known.json"
no-cache = true
cache-dir = "kept"
[tool.kerasmergelint.shapes]
x_train = "(None, 224, 224, 3)"
[tool.kerasmergelint.per-file-ignores]
"tests/*" = ["KML1"]
"""


def test_every_key_of_pyproject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    assert configuration(tmp_path, monkeypatch) == Configuration(
        enable=("KML205",),
        ignore=("KML202",),
        roots=(str(tmp_path / "src"),),
        exclude=("old",),
        keras_version="2",
        shapes={"x_train": "(None, 224, 224, 3)"},
        steps=5000,
        baseline=str(tmp_path / "known.json"),
        no_cache=True,
        cache_dir=str(tmp_path / "kept"),
        per_file_ignores={"tests/*": ("KML1",)},
    )


def test_every_key_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
    for key in some(KEYS):
        assert f"`{key}`" in page, key


def test_it_is_found_from_a_folder_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.kerasmergelint]\nroots = ["src"]\n')
    (tmp_path / "a" / "b").mkdir(parents=True)
    # A file that is not about us is passed by, be it valid or not.
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.ruff")
    found = configuration(tmp_path / "a" / "b", monkeypatch)
    assert found.roots == (str(tmp_path / "src"),)
    assert configuration(tmp_path / "a" / "b", monkeypatch, "--isolated") == Configuration()


FLAKE8 = """\
[flake8]
max-line-length = 100
extend-ignore = E203, KML203
kml-enable = KML205
kml_roots = lib
kml-keras-version = 2
kml-shapes =
    x = (None, 8)
    y = (None, 3)
kml-steps = 7000
per-file-ignores =
    tests/*: E501, KML111
    a.py,b.py: KML2
    __init__.py: F401
"""


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".flake8"])
def test_flake8s_own_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / name).write_text(FLAKE8)
    assert configuration(tmp_path, monkeypatch) == Configuration(
        enable=("KML205",),
        ignore=("KML203",),
        roots=(str(tmp_path / "lib"),),
        keras_version="2",
        shapes={"x": "(None, 8)", "y": "(None, 3)"},
        steps=7000,
        per_file_ignores={"tests/*": ("KML111",), "a.py": ("KML2",), "b.py": ("KML2",)},
    )


def test_what_is_nearer_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / ".flake8").write_text("[flake8]\nkml-keras-version = 3\nkml-enable = KML9\n")
    found = configuration(tmp_path, monkeypatch)
    assert (found.keras_version, found.enable) == ("3", ("KML205", "KML9"))
    found = configuration(tmp_path, monkeypatch, "--keras-version=auto", "--shape", "x_train=(1,)")
    assert found.keras_version == "auto" and found.settings.keras_version is None
    assert found.shapes == {"x_train": "(1,)"}


WRONG = {
    "enable": 'enable = ["E501"]',
    "enable ": 'enable = "KML205"',
    "enable  ": 'enable = ["KML999"]',
    "ignore": 'ignore = ["X1"]',
    "ignore ": 'ignore = ["KML199"]',
    "roots": "roots = [1]",
    "exclude": "exclude = true",
    "keras-version": "keras-version = 4",
    "steps": 'steps = "many"',
    "baseline": "baseline = 3",
    "shapes": 'shapes = ["x"]',
    "shapes ": 'shapes = { x = "3" }',
    "shapes  ": "shapes = { x = 3 }",
    "per-file-ignores": 'per-file-ignores = { "a.py" = "KML1" }',
    "per-file-ignores ": 'per-file-ignores = { "a.py" = ["E1"] }',
    "per-file-ignores  ": 'per-file-ignores = { "a.py" = ["KML111", "KML999"] }',
    "no-cache": 'no-cache = "perhaps"',
    "steps ": "steps = true",
    "shapes    ": f'shapes = {{ x = "({"9" * 5000},)" }}',
    "keras_version": 'keras_version = "3"',
}


@pytest.mark.parametrize(("key", "line"), WRONG.items())
def test_a_wrong_key_is_named(key: str, line: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.kerasmergelint]\n{line}\n")
    (tmp_path / "net.py").write_text(BROKEN)
    done = kerasmergelint("check", "net.py", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    [told] = done.stderr.splitlines()
    assert told.startswith(f"kerasmergelint: tool.kerasmergelint.{key.strip()}")


WRONG_IN_FLAKE8 = {
    "kml-keras-version = 4": "'4' is neither auto",
    "kml-no-cache = perhaps": "'perhaps' is neither true nor false",
    "kml-enable = KML999": "there is no code KML999",
    "kml-steps = -1": "'-1' is not a positive number",
    "kml-shapes = x": "'x' is not of the form",
    "kml-follow = everywhere": "'everywhere' is neither installed nor project",
}


@pytest.mark.parametrize("file", ["setup.cfg", "tox.ini", ".flake8"])
def test_wrong_flake8_options_are_named(file: str, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(BROKEN)
    for line, words in WRONG_IN_FLAKE8.items():
        (tmp_path / file).write_text(f"[flake8]\n{line}\n")
        done = kerasmergelint("check", "net.py", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"kerasmergelint: {line.split()[0]}: {words}")


def test_a_file_of_flake8s_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(BROKEN)
    (tmp_path / "tox.ini").write_text("[flake8]\nignore = E1\nignore = E2\n")
    assert kerasmergelint("check", "net.py", cwd=tmp_path).returncode == 1
    (tmp_path / "tox.ini").write_text("[flake8]\nkml-steps = 1\nkml-steps = 2\n")
    done = kerasmergelint("check", "net.py", cwd=tmp_path)
    assert done.returncode == 2 and "tox.ini" in done.stderr


@pytest.mark.parametrize("key", ["kml-bogus", "kml-confirm", "kml-confirm-python"])
def test_what_flake8_would_not_take_from_its_file_is_named(key: str, tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text(f"[flake8]\n{key} = true\n")
    (tmp_path / "net.py").write_text(BROKEN)
    done = kerasmergelint("check", "net.py", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{key}: not an option of a configuration file; these are: kml-cache-dir" in done.stderr


def test_toml_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.kerasmergelint\n")
    (tmp_path / "net.py").write_text(BROKEN)
    done = kerasmergelint("check", "net.py", cwd=tmp_path)
    assert done.returncode == 2 and "pyproject.toml: " in done.stderr


def test_choices_reach_the_analysis(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "parts.py").write_text("UNITS = 3\n")
    text = "from parts import UNITS\n" + BROKEN.replace("Dense(3)", "Dense(UNITS)")
    (tmp_path / "net.py").write_text(text)
    assert kerasmergelint("check", "net.py", cwd=tmp_path).returncode == 0
    (tmp_path / "pyproject.toml").write_text('[tool.kerasmergelint]\nroots = ["lib"]\n')
    assert kerasmergelint("check", "net.py", cwd=tmp_path).returncode == 1
    with (tmp_path / "pyproject.toml").open("a") as stream:
        stream.write('per-file-ignores = { "net.py" = ["KML1"] }\n')
    assert kerasmergelint("check", "net.py", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(("path", "pattern", "fits"), [
    ("tests/data/net.py", "tests", True),
    ("tests/data/net.py", "tests/*", True),
    ("tests/data/net.py", "tests/data/", True),
    ("src/net.py", "*.py", True),
    ("src/net.py", "./src/net.py", True),
    ("src/net.py", "net", False),
    ("contests/net.py", "tests", False),
])  # fmt: skip
def test_patterns(path: str, pattern: str, fits: bool) -> None:
    assert matches(path, pattern) is fits


def test_the_options_of_the_plugin_may_be_used(tmp_path: Path) -> None:
    """Messages speak of ``--kml-shapes``, whether flake8 or the command prints them."""
    (tmp_path / "net.py").write_text(
        "import keras\nfrom other import load\n"
        "features = load()\n"
        "x = keras.layers.Add()([keras.Input((8,)), features])\n",
        encoding="utf-8",
    )
    assert kerasmergelint("check", "--isolated", "net.py", cwd=tmp_path).returncode == 0
    given = ("check", "--isolated", "--kml-no-cache", "--kml-keras-version=3", "net.py")
    done = kerasmergelint(*given, "--kml-shapes", "features = (None, 3)", cwd=tmp_path)
    assert "net.py:4:5: KML111" in done.stdout, done.stderr
