"""What a project requires says which Keras its programs mean."""

from __future__ import annotations

import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from kerasmergelint.files import Files, version_of
from kerasmergelint.keras_api.versions import V2, V3, Versions, known_as, since
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program.eras import Era
from kerasmergelint.tracker.program.requirements import Required, asked_for, installed, required

# Keras 3 refuses the raw function; Keras 2 wraps it in a layer.
PROGRAM = """
import tensorflow as tf

x = tf.keras.Input((4,))
y = tf.concat([x, x], axis=-1)
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("keras>=3", V3),
        ("keras==3.4.1", since("3.4") - since("3.5")),
        ("keras>=3.4,<3.6", since("3.4") - since("3.6")),
        ("keras<=3.6", V2 | V3 - since("3.7")),
        ("keras>=3.4,<=3.5.1", since("3.4") - since("3.6")),
        ("keras~=3.4", since("3.4")),
        ("keras~=3.4.0", since("3.4") - since("3.5")),
        ('keras = "^3.9"', since("3.9")),
        ('keras = {version = "^3.9", optional = true}', since("3.9")),
        ("keras>=3.99", since("3.15")),
        ("keras>=2.4", None),
        ("  - keras=3.10", since("3.10") - since("3.11")),
        ('[[package]]\nname = "keras"\nversion = "3.10.0"\n', since("3.10") - since("3.11")),
        ("- name: keras\n  version: 3.10.0\n  manager: conda", since("3.10") - since("3.11")),
        (
            '"keras": {\n "hashes": ["sha256:0"],\n "version": "==3.10.0"\n}',
            since("3.10") - since("3.11"),
        ),
        ("FROM tensorflow/tensorflow:2.15.0-gpu", V2),
        ("RUN pip install keras==3.10.0 numpy", since("3.10") - since("3.11")),
        ("tensorflow>=2.16,<3", V3),
        ("tensorflow==2.20.0", since("3.10")),
        ("tensorflow-cpu~=2.17", since("3.2")),
        ('dependencies = ["keras >= 3.0", "numpy"]', V3),
        ("tensorflow>=2.16\ntf-keras>=2.16", None),
        ("tensorflow==2.16.1\ntf_keras==2.16.0\nkeras==3.3.3", since("3.3") - since("3.4")),
        ("tensorflow==2.15.0\ntf-keras==2.15.0", V2),
        ("keras<3", V2),
        ("keras==2.15.0", V2),
        ("tensorflow>=2.4,<2.16", V2),
        ("tensorflow==2.10.*", V2),
        ("      - tensorflow=2.8", V2),
        (
            "https://repo.anaconda.com/pkgs/main/linux-64/tensorflow-base-2.3.0-gpu_py37h0.tar.bz2",
            V2,
        ),
        ("https://repo.anaconda.com/pkgs/main/noarch/keras-preprocessing-1.1.0-py_1.tar.bz2", None),
        ("# Name    Version    Build\nkeras-gpu    2.2.4    0    main", known_as("2.2")),
        ("Keras\t\t\t3.10.0", since("3.10") - since("3.11")),
        ("keras-preprocessing    1.1.0    py_1", None),
        ("tensorflow>=2.4", None),
        ("tensorflow", None),
        ("keras-tuner>=3", None),
        ("tensorflow\ntensorflow-addons", V2),
        ("tensorflow\ntensorflow-estimator==2.10.0", V2),
        ("intel-tensorflow==2.9", V2),
        ("tensorboard==2.17.1", since("3.2")),
        ('tensorflow = "~=2.10.0"', V2),
        ('tensorflow = "~=2.10"', None),
        ('tensorflow = "~2.10"', V2),
        ("  - python=3.7\n  - tensorflow", V2),
        ('[requires]\npython_version = "3.8"', V2),
        ("FROM python:3.6-slim", V2),
        ("python-3.7.12", V2),
        ("  - python=3.10\n  - tensorflow", None),
        ("python-3.11.4", None),
        ("dataclasses; python_version < '3.7'", None),
        ("# keras<3", None),
        ("keras>=3\ntensorflow<2.16", None),
    ],
)
def test_what_requirements_leave(text: str, wanted: Versions | None) -> None:
    assert asked_for(text) == wanted


def test_the_nearest_file_that_says_it_counts(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("keras>=3\n")
    (tmp_path / "legacy").mkdir()
    (tmp_path / "legacy" / "requirements.txt").write_text("keras<3\n")
    assert required(str(tmp_path / "net.py"), Files()) == Required(V3, "requirements.txt")
    assert required(str(tmp_path / "legacy" / "net.py"), Files()) == Required(
        V2, "requirements.txt"
    )


def test_the_files_of_a_folder_together_narrow_it_down(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('dependencies = ["keras>=3.3"]')
    (tmp_path / "uv.lock").write_text('[[package]]\nname = "keras"\nversion = "3.10.0"\n')
    found = required(str(tmp_path / "net.py"), Files())
    assert found == Required(since("3.10") - since("3.11"), "uv.lock")


@pytest.mark.parametrize("name", ["conda_env.txt", "Dependencies.txt", "my-environment.txt"])
def test_lists_of_other_names(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("numpy     1.26.0\nkeras     2.9.0   pypi_0\n")
    (tmp_path / "readings.txt").write_text("keras     3.9.0\n")
    assert required(str(tmp_path / "net.py"), Files()) == Required(V2, name)


def test_the_images_of_nvidia_choose_keras_2(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM nvcr.io/nvidia/tensorflow:25.02-tf2-py3\n")
    (tmp_path / "requirements.txt").write_text("tensorflow\nnumpy\n")
    assert required(str(tmp_path / "net.py"), Files()) == Required(V2, "Dockerfile")


@pytest.mark.parametrize("name", ["Dockerfile.gpu", "gpu.Dockerfile", "Dockerfile_tf2"])
def test_recipes_for_other_machines(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("FROM tensorflow/tensorflow:2.4.1-gpu\nRUN pip install numpy\n")
    assert required(str(tmp_path / "net.py"), Files()) == Required(V2, name)


@pytest.mark.parametrize(
    ("line", "era"),
    [
        ("ARG KERAS_VERSION=2.0.4", Era.EARLY_2),
        ('ENV KERAS_VERSION "1.2.2"', Era.KERAS_1),
        ("ENV TF_VERSION=2.4.1", Era.KNOWN),
    ],
)
def test_what_a_recipe_calls_a_release(line: str, era: Era, tmp_path: Path) -> None:
    recipe = f"FROM nvidia/cuda:8.0\n{line}\nRUN ./install.sh\n"
    (tmp_path / "Dockerfile").write_text(recipe)
    assert required(str(tmp_path / "net.py"), Files()) == Required(V2, "Dockerfile", era)


def test_a_repository_ends_the_search(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("keras>=3\n")
    (tmp_path / "inner" / ".git").mkdir(parents=True)
    assert required(str(tmp_path / "inner" / "net.py"), Files()) is None


@pytest.mark.parametrize("name", ["envs/gpu.yml", "env/packages.txt", "docker/Dockerfile.gpu"])
def test_lists_in_a_folder_of_their_own(name: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "nets").mkdir()
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text("name: net\ndependencies:\n  - tensorflow==2.10.0\n")
    wanted = Required(V2, name)
    assert required(str(tmp_path / "net.py"), Files()) == wanted
    assert required(str(tmp_path / "nets" / "net.py"), Files()) == wanted


def test_lists_of_another_part_of_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "server" / "src").mkdir(parents=True)
    (tmp_path / "server" / "requirements.txt").write_text("tensorflow==2.10.0\n")
    (tmp_path / "server" / "src" / "serve.py").write_text("")
    assert required(str(tmp_path / "net.py"), Files()) is None


def test_folders_of_lists_count_in_a_repository_alone(tmp_path: Path) -> None:
    (tmp_path / "envs").mkdir()
    (tmp_path / "envs" / "requirements.txt").write_text("tensorflow==2.10.0\n")
    assert required(str(tmp_path / "net.py"), Files()) is None


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("To install:\n\n    $ pip install keras==2.13 numpy\n", Required(V2, "README.md")),
        ("Run `conda install tensorflow-gpu=2.10` first.", Required(V2, "README.md")),
        ("Requirements:\n\n* numpy\n*  tensorflow-gpu==2.0.0\n", Required(V2, "README.md")),
        ("Tested with TF 2.10 and Python 3.8", Required(V2, "README.md")),
        ("Built with Tensorflow (version 2.4)", Required(V2, "README.md")),
        (
            "Tested with nvcr.io/nvidia/tensorflow:25.02-tf2-py3, in TensorFlow 2.17.0",
            Required(V2, "README.md"),
        ),
        ("It needs TF 2.4 or later", None),
        ("Learning TensorFlow2.0 alpha", Required(V2, "README.md")),
        ("Learning TensorFlow 2.0", None),
        ("- Python 3.6\n- TensorFlow 2.3\n", Required(V2, "README.md")),
        ("|package|version|\n|--|--|\n|tensorflow|2.8.0|\n", Required(V2, "README.md")),
        ("It has been updated to TensorFlow 2.1, and adapted.", Required(V2, "README.md")),
        ("Tested with python==3.8, tensorflow-gpu==2.7, numpy.", Required(V2, "README.md")),
        ("Ported from TensorFlow 1.4 to TensorFlow 2.10.", Required(V2, "README.md")),
        ("- Python\n- [Keras 2.13.1](https://keras.io)\n", Required(V2, "README.md")),
        ("1. **Keras** (2.13)\n2. NumPy\n", Required(V2, "README.md")),
        ("[Keras](https://keras.io) (tested with version 2.10.0)", Required(V2, "README.md")),
        ("Used: Python 3.9 + Keras 2.9.0 + Windows 10", Required(V2, "README.md")),
        ("keras：2.9.0<br />\ntensorflow：2.9.1<br />", Required(V2, "README.md")),  # noqa: RUF001
        ("keras      2.9.0    pypi_0\nnumpy      1.26\n", Required(V2, "README.md")),
        ("- tensorflow-2.15.1\n- keras-2.15.0\n", Required(V2, "README.md")),
        ("* tensorflow_gpu 2.4.1 (with CUDA 11)\n", Required(V2, "README.md")),
        ("![](https://img.shields.io/badge/TensorFlow-v2.5.0-blue)", Required(V2, "README.md")),
        ("Make sure that you run Keras version 2.6.0!", Required(V2, "README.md")),
        ("- [Keras 1.2.0](https://keras.io)\n", Required(V2, "README.md", Era.KERAS_1)),
        ("* Keras 1.2.2 / 2.0.5\n", Required(V2, "README.md", Era.KERAS_1)),
        ("- Keras 2.2.4;\n", Required(V2, "README.md", Era.EARLY_2)),
        ("- Keras 2.2.4 (or newer)\n", None),
        ("![](https://img.shields.io/badge/TensorFlow-2.5%2B-blue)", None),
        ("Ideas are from Keras 2.", None),
        ("Ported from TensorFlow 1.4.", None),
        ("TensorFlow 2.4 or higher is needed.", None),
        ("Runs on TensorFlow 2.3+.", None),
        ("- tensorflow >= 2.0\n", None),
        ("- [x] TensorFlow 2.0\n", None),
        ("# TensorFlow 2.0\nWritten in TensorFlow 2.0\n", None),
        # What is true of others, or of some.
        ("Version 1 was for keras==2.3.1, now it is keras>=3.", None),
        ("pip install keras", None),
    ],
)
def test_a_page_for_readers_counts_by_what_it_tells(
    page: str, wanted: Required | None, tmp_path: Path
) -> None:
    (tmp_path / "README.md").write_text(page)
    assert required(str(tmp_path / "net.py"), Files()) == wanted


@pytest.mark.parametrize("name", ["readme.md", "ReadMe.MD", "README.rst", "readme.txt", "README"])
def test_a_page_for_readers_has_several_names(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("- Keras 2.13.1\n")
    (tmp_path / "readme_of_data.md").write_text("- Keras 3.9.0\n")
    assert required(str(tmp_path / "net.py"), Files()) == Required(V2, name)


def test_a_list_counts_more_than_a_page_for_readers(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("pip install keras==2.13")
    (tmp_path / "requirements.txt").write_text("keras>=3\n")
    assert required(str(tmp_path / "net.py"), Files()) == Required(V3, "requirements.txt")


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        ("pass  # !pip install tensorflow==2.3", []),
        ("get_ipython().system('pip install tensorflow==2.3')", []),
        ("pass  # !pip install tensorflow==2.18", ["KML406"]),
        ("pass  # !pip install matplotlib==2.3", []),
    ],
)
def test_what_a_program_installs_counts_more_than_what_its_project_requires(
    command: str, codes: list[str], tmp_path: Path
) -> None:
    (tmp_path / "requirements.txt").write_text("keras<3\n")
    found = check_source(command + PROGRAM, str(tmp_path / "net.py"), Settings())
    assert [finding.code for finding in found] == codes


def test_the_project_of_the_working_folder_has_no_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "requirements.txt").write_text("keras<3\n")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "requirements.txt").write_text("keras>=3\n")
    monkeypatch.chdir(tmp_path / "ours")
    assert required("net.py", Files()) == Required(V2, "requirements.txt")
    assert required("../theirs/net.py", Files()) == Required(V3, "requirements.txt")
    assert required("../net.py", Files()) is None


@pytest.mark.parametrize(
    ("requirement", "codes"),
    [("tensorflow>=2.16", ["KML406"]), ("tensorflow<2.16", []), ("tensorflow", [])],
)
def test_what_is_required_decides(
    requirement: str, codes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kerasmergelint.tracker.program.version.installed", lambda files: None)
    (tmp_path / "requirements.txt").write_text(requirement)
    found = check_source(PROGRAM, str(tmp_path / "net.py"), Settings())
    assert [finding.code for finding in found] == codes


@pytest.mark.parametrize(
    ("version", "wanted"),
    [
        ("2.15.0", V2),
        ("3.4.1", since("3.4") - since("3.5")),
        ("3.99.0", since("3.15")),
        (None, None),
    ],
)
def test_what_is_installed(
    version: str | None,
    wanted: Versions | None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "keras_cv-0.9.dist-info").mkdir()
    if version is not None:
        (tmp_path / f"keras-{version}.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path / "missing"), str(tmp_path)])
    version_of.cache_clear()
    try:
        assert installed(Files()) == wanted
    finally:
        version_of.cache_clear()


@pytest.mark.parametrize(
    ("here", "codes"), [(V3, ["KML406"]), (since("3.15"), ["KML406"]), (V2, []), (None, [])]
)
def test_what_is_installed_decides_where_nothing_else_does(
    here: Versions | None, codes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kerasmergelint.tracker.program.version.installed", lambda files: here)
    found = check_source(PROGRAM, str(tmp_path / "net.py"), Settings())
    assert [finding.code for finding in found] == codes


def test_versions_are_those_of_the_metadata() -> None:
    version_of.cache_clear()
    installed_here = {d.metadata["Name"]: d.version for d in reversed([*metadata.distributions()])}
    assert len(installed_here) > 10
    assert {name: version_of(name) for name in installed_here} == installed_here


def test_an_archive_on_the_path_is_asked_by_the_rules(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("keras-2.9.0.dist-info/METADATA", "Name: keras\nVersion: 2.9.0\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "all.zip")])
    version_of.cache_clear()
    try:
        assert version_of("keras") == "2.9.0"
    finally:
        version_of.cache_clear()


METADATA = """Metadata-Version: 2.1
Name: net
Requires-Dist: tensorflow (==2.0.0a0)
Requires-Dist: keras (>=3) ; extra == 'new'

It was written for keras>=3.
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("net-1.0.dist-info/METADATA", METADATA),
        ("net.egg-info/PKG-INFO", METADATA),
        ("net.egg-info/requires.txt", "tensorflow<2.16\n\n[new]\nkeras>=3\n"),
    ],
)
def test_the_metadata_of_a_package(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text(text)
    assert required(str(tmp_path / "net.py"), Files()) == Required(V2, name)


def test_the_metadata_of_all_that_is_installed_says_nothing(tmp_path: Path) -> None:
    for name in ("net-1.0.dist-info", "tensorflow-2.4.dist-info"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "METADATA").write_text(METADATA)
    assert required(str(tmp_path / "net.py"), Files()) is None
