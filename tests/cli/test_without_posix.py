"""A system without what POSIX has, such as Windows: everything works but `confirm`, which says so at once.

Such a system is made up here: what only POSIX has is taken away from every Python that is started, and
new processes are spawned.  Names of folders and disks as Windows has them are not.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_check import BROKEN
from tests.repository import ROOT

# Taken from what Windows has not, by its documentation.
BEFORE_ANYTHING = """\
import multiprocessing, os, signal, sys
for module in ("fcntl", "grp", "pwd", "resource", "termios", "tty"):
    sys.modules[module] = None
for name in ("fork", "forkpty", "getuid", "geteuid", "getgid", "getegid", "killpg", "setsid", "fchmod",
             "mkfifo", "wait4", "waitid", "uname", "O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC", "O_NONBLOCK"):
    if hasattr(os, name):
        delattr(os, name)
os.supports_dir_fd = os.supports_fd = os.supports_follow_symlinks = set()
for name in ("SIGALRM", "setitimer", "alarm", "SIGHUP"):
    if hasattr(signal, name):
        delattr(signal, name)
multiprocessing.set_start_method("spawn")
"""
EVERY_MODULE = """\
import importlib, os, pkgutil, kerasmergelint
assert not hasattr(os, "fork")
for module in pkgutil.walk_packages(kerasmergelint.__path__, "kerasmergelint."):
    if not module.name.endswith("__main__") and ".runtime.child." not in module.name:
        importlib.import_module(module.name)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Programs enough for two processes."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(BEFORE_ANYTHING)
    work = tmp_path / "work"
    work.mkdir()
    for number in range(20):
        (work / f"net{number}.py").write_text(BROKEN)
    return work


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    paths = [str(folder.parent / "site"), str(ROOT)]
    return subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "KERASMERGELINT_NO_CACHE": ""},
    )  # fmt: skip


def test_every_module_is_imported(folder: Path) -> None:
    done = run(folder, "-c", EVERY_MODULE)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_is_checked(jobs: str, folder: Path) -> None:
    command = ["-m", "kerasmergelint", "check", ".", "--jobs", jobs, "--cache-dir", "kept"]
    for _ in range(2):  # the second time from what was kept
        done = run(folder, *command)
        assert done.returncode == 1, done.stderr
        assert "20 findings; 20 files checked" in done.stdout
    assert len(list((folder / "kept").rglob("*.json"))) >= 1


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_flake8_finds_the_same(jobs: str, folder: Path) -> None:
    done = run(folder, "-m", "flake8", "--isolated", "--select=KML", "--jobs", jobs, ".")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.count("KML111") == 20


@pytest.mark.parametrize("command", ["summary", "graph"])
def test_models_are_shown(command: str, folder: Path) -> None:
    text = "import keras\nx = keras.Input((8,))\nm = keras.Model(x, keras.layers.Dense(2)(x))\n"
    (folder / "fine.py").write_text(text)
    done = run(folder, "-m", "kerasmergelint", command, "fine.py")
    assert done.returncode == 0 and "Dense" in done.stdout, done.stderr


def test_confirm_says_at_once_that_it_cannot(folder: Path) -> None:
    done = run(folder, "-m", "kerasmergelint", "confirm", "net0.py")
    assert (done.returncode, done.stdout) == (2, "")
    assert "confirming needs `fork`, which Windows does not have" in done.stderr


def test_flake8_reports_unconfirmed_where_it_cannot_confirm(folder: Path) -> None:
    done = run(folder, "-m", "flake8", "--isolated", "--select=KML", "--kml-confirm", "net0.py")
    assert done.returncode == 1 and "KML111" in done.stdout, done.stderr
