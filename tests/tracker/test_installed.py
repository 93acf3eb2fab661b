"""Packages that are installed beside the linter, and build on Keras, are followed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kerasmergelint.files import Files
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from tests.tracker.installed_programs import PROGRAMS, OnPackage

BLOCKS = """\
from keras import layers
from .heads import head

def block(x, width):
    return head(layers.Dense(width)(x))

def faulty(x):
    return layers.Add()([x, layers.Dense(77)(x)])
"""
HEADS = "from keras import layers\n\ndef head(x):\n    return layers.LayerNormalization()(x)\n"
USER = """\
import keras
from blocks import block

x = keras.Input((8,))
out = keras.layers.Add()([x, block(x, 9)])
"""


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages, with one in it."""
    folder = tmp_path / "lib" / "site-packages"
    (folder / "blocks").mkdir(parents=True)
    (folder / "blocks" / "__init__.py").write_text(BLOCKS)
    (folder / "blocks" / "heads.py").write_text(HEADS)
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    return folder


def lint(folder: Path, text: str, follow: str = "installed") -> list[tuple[int, str]]:
    path = folder / "train.py"
    path.write_text(text)
    settings = Settings(follow=follow)
    return [(f.line, f.code) for f in check_source(text, str(path), settings)]


def test_a_block_of_a_package_gives_its_shape(packages: Path, tmp_path: Path) -> None:
    assert lint(tmp_path, USER) == [(5, "KML111")]
    assert lint(tmp_path, USER.replace("9", "8")) == []


def test_the_option_leaves_packages_unknown(packages: Path, tmp_path: Path) -> None:
    assert lint(tmp_path, USER, "project") == []


def test_what_seems_wrong_in_a_package_is_not_reported(packages: Path, tmp_path: Path) -> None:
    text = USER.replace("import block", "import faulty").replace("block(x, 9)", "faulty(x)")
    assert lint(tmp_path, text) == []


def test_a_package_without_keras_is_not_read(packages: Path, tmp_path: Path) -> None:
    (packages / "plain").mkdir()
    (packages / "plain" / "__init__.py").write_text("def width():\n    return 9\n")
    text = USER.replace("from blocks import block", "from plain import width")
    text = text.replace("block(x, 9)", "keras.layers.Dense(width())(x)")
    assert lint(tmp_path, text) == []


def test_a_module_of_the_project_comes_first(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "blocks.py").write_text("def block(x, width):\n    return x\n")
    assert lint(tmp_path, USER) == []


def test_a_package_that_is_installed_anew_counts_as_another(packages: Path) -> None:
    before = Files()
    assert before.source("blocks") == Files().source("blocks")
    first = packages / "blocks" / "__init__.py"
    os.utime(first, (1, 1))
    assert Files().source("blocks") != before.source("blocks")
    assert Files().source("not_installed") is None


def test_another_version_counts_as_another_although_all_times_are_the_same(packages: Path) -> None:
    first, metadata = packages / "blocks" / "__init__.py", packages / "blocks-1.0.dist-info"
    metadata.mkdir()
    os.utime(first, (1, 1))
    before = Files().source("blocks")
    metadata.rename(packages / "blocks-1.1.dist-info")
    os.utime(first, (1, 1))
    assert Files().source("blocks") != before


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> None:
    """The packages of ``tests/published.txt``, which are not among what the tests require."""
    folder = os.environ.get("PUBLISHED_PACKAGES")
    if folder is None:
        pytest.skip(".ci/run brings the packages, and names their folder in PUBLISHED_PACKAGES")
    monkeypatch.setattr(sys, "path", [*sys.path, folder])


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_on_published_packages(name: str, tmp_path: Path) -> None:
    """Each with a head that TensorFlow refuses, and one that it takes."""
    program = PROGRAMS[name]
    assert Files().source(program.package) is not None
    assert heads(program, tmp_path, "installed") == [[(program.line, "KML1")], []]


@pytest.mark.usefixtures("published")
def test_nothing_is_known_of_them_within_the_project_only(tmp_path: Path) -> None:
    for program in PROGRAMS.values():
        assert heads(program, tmp_path, "project") == [[], []]


def heads(program: OnPackage, folder: Path, follow: str) -> list[list[tuple[int, str]]]:
    """The lines and families of what is found with the broken head, and with the working one."""
    settings = Settings(keras_version=program.keras, follow=follow)
    return [
        [(f.line, f.code[:4]) for f in check_source(text, str(folder / "train.py"), settings)]
        for text in (program.broken, program.working)
    ]
