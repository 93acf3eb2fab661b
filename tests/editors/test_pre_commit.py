"""Our hooks under the real pre-commit, in a repository of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_check import BROKEN
from tests.repository import copy_to, git

FINE = BROKEN.replace("Dense(3)", "Dense(5)")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the hooks, as GitHub would serve it."""
    folder = copy_to(tmp_path_factory.mktemp("hooks"))
    git("init", "-q", cwd=folder)
    git("add", "-A", cwd=folder)
    git("commit", "-q", "-m", "all", cwd=folder)
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def project(folder: Path, hooks: Path, hook: str) -> None:
    """A repository that uses a hook."""
    revision = git("rev-parse", "HEAD", cwd=hooks).strip()
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n{hook}"
    )
    git("init", "-q", cwd=folder)
    git("add", "-A", cwd=folder)


def pre_commit(folder: Path, cache: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(cache),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--color=never", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip


def test_the_static_hook(hooks: Path, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(BROKEN)
    (tmp_path / "other.txt").write_text(BROKEN)
    project(tmp_path, hooks, "  - id: kerasmergelint\n")
    done = pre_commit(tmp_path, cache)
    assert done.returncode == 1, done.stderr
    assert "Failed" in done.stdout
    assert "net.py:7:5: KML111 Add: axis 1 differs: 5 and 3" in done.stdout
    assert "1 finding; 1 file checked" in done.stdout
    (tmp_path / "net.py").write_text(FINE)
    git("add", "-A", cwd=tmp_path)
    done = pre_commit(tmp_path, cache)
    assert done.returncode == 0 and "Passed" in done.stdout


def test_its_arguments(hooks: Path, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(BROKEN)
    project(tmp_path, hooks, "  - id: kerasmergelint\n    args: [--ignore, KML111]\n")
    done = pre_commit(tmp_path, cache)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.oracle
def test_the_confirming_hook(hooks: Path, cache: Path, tmp_path: Path) -> None:
    """With TensorFlow from here (``language: system``), since a new one takes minutes to install."""
    (tmp_path / "net.py").write_text(BROKEN)
    project(
        tmp_path, hooks,
        "  - id: kerasmergelint-confirm\n    language: system\n    additional_dependencies: []\n",
    )  # fmt: skip
    # By default it runs at a push, not at a commit.
    done = pre_commit(tmp_path, cache)
    assert done.returncode == 0, done.stdout + done.stderr
    done = pre_commit(tmp_path, cache, "--hook-stage", "pre-push", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "confirmed" in done.stdout
    (tmp_path / "net.py").write_text(FINE)
    git("add", "-A", cwd=tmp_path)
    done = pre_commit(tmp_path, cache, "--hook-stage", "pre-push", "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr


def test_within_flake8s_own_hook(cache: Path, tmp_path: Path) -> None:
    """What the documentation says to users of flake8's hook; flake8 itself is the one installed here."""
    (tmp_path / "net.py").write_text(BROKEN)
    (tmp_path / ".pre-commit-config.yaml").write_text(
        "repos:\n- repo: local\n  hooks:\n  - id: flake8\n    name: flake8\n    entry: flake8\n"
        "    language: system\n    types: [python]\n    args: [--extend-select=KML]\n"
    )
    git("init", "-q", cwd=tmp_path)
    git("add", "-A", cwd=tmp_path)
    done = pre_commit(tmp_path, cache)
    assert done.returncode == 1 and "KML111" in done.stdout
