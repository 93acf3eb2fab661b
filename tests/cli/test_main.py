"""The command line itself."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kerasmergelint import __version__
from kerasmergelint.cli.main import _MODULES
from tests.cli.command import kerasmergelint, warnings_of
from tests.repository import ROOT
from tests.some import some


def test_help_lists_all_commands(tmp_path: Path) -> None:
    done = kerasmergelint("--help", cwd=tmp_path)
    assert done.returncode == 0
    for name in _MODULES:
        assert re.search(rf"^    {name} ", done.stdout, re.MULTILINE), name


@pytest.mark.parametrize("name", _MODULES)
def test_each_command_has_help_of_its_own(name: str, tmp_path: Path) -> None:
    done = kerasmergelint(name, "--help", cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.startswith(f"usage: kerasmergelint {name} ")


def test_version(tmp_path: Path) -> None:
    assert kerasmergelint("--version", cwd=tmp_path).stdout == f"kerasmergelint {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["check"], ["summary"], ["codes", "x"]])
def test_a_wrong_call(arguments: list[str], tmp_path: Path) -> None:
    done = kerasmergelint(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "") and "usage: kerasmergelint" in done.stderr


LIBRARIES = {
    "libcst",
    "rich",
    "platformdirs",
    "numpy",
    "keras",
    "tensorflow",
    "sitecustomize",
    "cli",
}


def loaded_for_any_module(folder: Path) -> set[str]:
    """What Python itself loads for ``python -m``, from wherever it stands."""
    (folder / "shown.py").write_text("import sys\nprint(*sys.modules)\n")
    run = [sys.executable, "-m", "shown"]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("isolated", [(), ("-I",)])
def test_as_a_module_beside_files_with_the_names_of_libraries(
    isolated: tuple[str, ...], tmp_path: Path
) -> None:
    names = LIBRARIES | sys.stdlib_module_names
    for name in names if isolated else names - loaded_for_any_module(tmp_path):
        (tmp_path / f"{name}.py").write_text(f"open('loaded_{name}', 'w').close()\n")
    (tmp_path / "net.py").write_text("import keras\nkeras.layers.Dense(3)(keras.Input((8,)))\n")
    done = subprocess.run(
        [sys.executable, *isolated, "-m", "kerasmergelint", "check", "--verdicts", "net.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, warnings_of(done)) == (0, "")
    assert "1 file checked" in done.stdout
    assert not list(tmp_path.glob("loaded_*"))


def loaded(*arguments: str, cwd: Path) -> set[str]:
    """The modules that a run of the command loads."""
    code = (
        "import sys\nfrom kerasmergelint.cli.main import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\nprint(*sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


HEAVY = {"libcst", "rich", "distributed", "tensorflow", "keras", "numpy",
         "kerasmergelint.tracker.machine.interpreter", "kerasmergelint.keras_api.layers"}  # fmt: skip


def test_a_command_loads_none_of_the_others(tmp_path: Path) -> None:
    modules = loaded("codes", cwd=tmp_path)
    assert "kerasmergelint.cli.commands.explain" in modules
    assert not modules & {*HEAVY, "kerasmergelint.tracker", "kerasmergelint.cli.commands.check"}


def test_what_help_does_not_load_is_what_an_analysis_loads(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("import keras\nkeras.layers.Dense(3)(keras.Input((8,)))\n")
    modules = loaded("summary", "net.py", cwd=tmp_path)
    assert modules >= {name for name in HEAVY if name.startswith("kerasmergelint.")}


@pytest.mark.parametrize("name", ["", *_MODULES])
def test_help_loads_nothing_heavy(name: str, tmp_path: Path) -> None:
    modules = loaded(*[name] * bool(name), "--help", cwd=tmp_path)
    assert "kerasmergelint.cli.main" in modules and not modules & HEAVY


def test_every_command_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in some(set(_MODULES) - {"codes"}):
        assert f"`kerasmergelint {name} " in text, name


# Uses up a good part of the budget of a file.
SLOW = "import keras\nx = keras.Input((8,))\n" + "x = keras.layers.Dense(8)(x)\n" * 2000


def _interruptible() -> None:
    """Shells let what they run in the background ignore interrupts, and its children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the processes in /proc")
def test_whoever_interrupts_it_gets_no_traceback(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"slow{number}.py").write_text(SLOW)
    command = [sys.executable, "-m", "kerasmergelint", "check", "--no-cache", "--jobs", "2", "."]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=_interruptible,
    )
    begun = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not begun.read_text():
        time.sleep(0.1)
    time.sleep(1)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    printed, _ = process.communicate(timeout=60)
    assert (process.returncode, printed) == (130, "")
