"""The plugin inside the real flake8: selection, silencing, stdin, workers, bad input."""

from __future__ import annotations

import ast
import gc
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.plugin import KerasMergePlugin
from kerasmergelint.rules.check import check_source

BROKEN = """\
from keras import Input
from keras.layers import Add, Dense

x = Input((8,))
y = Add()([Dense(5)(x), Dense(3)(x)])
"""
LINE = 5


def flake8(
    *arguments: str, cwd: Path, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flake8", "--select=KML", *arguments]
    return subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.py").write_text(BROKEN)
    return tmp_path


def test_a_finding_stands_at_the_merge(folder: Path) -> None:
    done = flake8("--isolated", "model.py", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.startswith(f"model.py:{LINE}:5: KML111 Add: axis 1 differs: 5 and 3")


def test_noqa_silences_its_code(folder: Path) -> None:
    for comment, silent in [("# noqa: KML111", True), ("# noqa", True), ("# noqa: KML101", False)]:
        text = BROKEN.replace("Dense(3)(x)])", f"Dense(3)(x)])  {comment}")
        (folder / "model.py").write_text(text)
        assert (not flake8("--isolated", "model.py", cwd=folder).stdout) is silent


def test_select_and_ignore(folder: Path) -> None:
    assert flake8("--isolated", "--extend-ignore=KML111", "model.py", cwd=folder).stdout == ""
    assert flake8("--isolated", "--extend-ignore=KML101", "model.py", cwd=folder).stdout != ""
    assert flake8("--isolated", "--select=KML1", "model.py", cwd=folder).stdout != ""
    assert flake8("--isolated", "--select=KML2", "model.py", cwd=folder).stdout == ""


def test_per_file_ignores(folder: Path) -> None:
    (folder / "setup.cfg").write_text("[flake8]\nper-file-ignores = model.py: KML111\n")
    assert flake8("model.py", cwd=folder).stdout == ""


def test_stdin_with_a_name(folder: Path) -> None:
    done = flake8("--isolated", "--stdin-display-name", "net.py", "-", cwd=folder, stdin=BROKEN)
    assert done.stdout.startswith(f"net.py:{LINE}:5: KML111")


def test_jobs(folder: Path) -> None:
    for number in range(6):
        (folder / f"model_{number}.py").write_text(BROKEN)
    done = flake8("--isolated", "--jobs=2", ".", cwd=folder)
    assert done.stdout.count("KML111") == 7


def test_unsaved_code_finds_its_imports_by_the_name_it_is_given(folder: Path) -> None:
    (folder / "nets").mkdir()
    (folder / "nets" / "sizes.py").write_text("UNITS = 3\n")
    text = "from sizes import UNITS\n" + BROKEN.replace("Dense(3)", "Dense(UNITS)")
    for name, found in [("nets/net.py", True), ("net.py", False)]:
        done = flake8("--isolated", "--stdin-display-name", name, "-", cwd=folder, stdin=text)
        assert ("KML111" in done.stdout) is found, name


def test_a_cell_of_a_notebook_as_editors_send_it(folder: Path) -> None:
    (folder / "net.ipynb").write_text('{"cells": []}')
    done = flake8("--isolated", "--stdin-display-name", "net.ipynb", "-", cwd=folder, stdin=BROKEN)
    assert done.stdout.startswith(f"net.ipynb:{LINE}:5: KML111")


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_workers_that_start_afresh_know_the_options(method: str, folder: Path) -> None:
    (folder / "run.py").write_text(
        "import multiprocessing\nfrom flake8.main.cli import main\n\n"
        "if __name__ == '__main__':\n"
        f"    multiprocessing.set_start_method({method!r})\n"
        "    main(['--isolated', '--select=KML', '-j2', '--kml-enable=KML901', 'nets'])\n"
    )
    (folder / "nets").mkdir()
    for number in range(4):
        text = (
            "import keras\nimport parts\n\ny = keras.layers.Dot(parts.made())([parts.a, parts.b])\n"
        )
        (folder / "nets" / f"net_{number}.py").write_text(text)
    run = [sys.executable, "run.py"]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert not done.stderr
    assert done.stdout.count("KML901") == 4


WRONG_OPTIONS = {
    "kml-keras-version": "4",
    "kml-enable": "E501",
    "kml-shapes": "x = 3",
    "kml-steps": "many",
    "kml-steps ": "9" * 5000,
    "kml-enable ": "KML999",
    "kml-follow": "everything",
    "kml-shapes ": f"x = ({'9' * 5000},)",
}


@pytest.mark.parametrize(("key", "value"), WRONG_OPTIONS.items())
def test_a_wrong_option_is_named(key: str, value: str, folder: Path) -> None:
    key = key.strip()
    (folder / "setup.cfg").write_text(f"[flake8]\n{key} = {value}\n")
    from_file = flake8("model.py", cwd=folder)
    from_command_line = flake8("--isolated", f"--{key}={value}", "model.py", cwd=folder)
    for done in (from_file, from_command_line):
        assert done.returncode == 1
        assert f"{key}: " in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_a_flag_that_is_neither_true_nor_false(folder: Path) -> None:
    (folder / "tox.ini").write_text("[flake8]\nkml-no-cache = perhaps\n")
    done = flake8("model.py", cwd=folder)
    assert (
        done.returncode == 1 and "kml-no-cache: 'perhaps' is neither true nor false" in done.stdout
    )
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("value", ["true", "YES", "1", "off"])
def test_a_flag_as_flake8_spells_it(value: str, folder: Path) -> None:
    (folder / ".flake8").write_text(f"[flake8]\nkml-no-cache = {value}\n")
    assert "KML111" in flake8("model.py", cwd=folder).stdout


def test_a_flag_on_the_command_line_takes_no_value(folder: Path) -> None:
    assert "KML111" in flake8("--isolated", "--kml-no-cache", "model.py", cwd=folder).stdout


def test_options_from_a_configuration_file(folder: Path) -> None:
    (folder / "setup.cfg").write_text(
        "[flake8]\nkml-keras-version = 2\nkml-enable = KML205, KML9\n"
        "kml-shapes =\n    x_train = (None, 28, 28, 1)\n    y = (None, 10)\nkml-steps = 1000\n"
    )
    assert "KML111" in flake8("model.py", cwd=folder).stdout


def test_a_configuration_file_starts_no_interpreter(folder: Path) -> None:
    spy = folder / "spy"
    spy.write_text("#!/bin/sh\ntouch was_run\n")
    spy.chmod(0o755)
    (folder / "setup.cfg").write_text(f"[flake8]\nkml-confirm = true\nkml-confirm-python = {spy}\n")
    done = flake8("model.py", cwd=folder)
    assert "KML111" in done.stdout and "[" not in done.stdout
    assert not (folder / "was_run").exists()


def test_the_environment_may_ask_for_a_confirmation(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KML_CONFIRM", "1")
    monkeypatch.setenv("KML_CONFIRM_PYTHON", str(folder / "none"))
    assert "[not reached: " in flake8("model.py", cwd=folder).stdout


def test_codes_that_are_off_need_their_own_option(folder: Path) -> None:
    text = "import keras\nimport parts\n\ny = keras.layers.Dot(parts.made())([parts.a, parts.b])\n"
    (folder / "model.py").write_text(text)
    # Neither selecting everything nor a new list of ignored codes turns them on.
    (folder / "setup.cfg").write_text("[flake8]\nignore = E501\nselect = KML\n")
    assert flake8("model.py", cwd=folder).stdout == ""
    assert "KML901" in flake8("--kml-enable=KML901", "model.py", cwd=folder).stdout


def test_a_root_for_imports(folder: Path) -> None:
    (folder / "lib").mkdir()
    (folder / "lib" / "parts.py").write_text(
        "from keras.layers import Dense\n\n\ndef head(x):\n    return Dense(3)(x)\n"
    )
    text = BROKEN.replace("Dense(3)(x)", "head(x)")
    (folder / "model.py").write_text("from parts import head\n" + text)
    assert flake8("--isolated", "model.py", cwd=folder).stdout == ""
    assert "KML111" in flake8("--isolated", "--kml-roots=lib", "model.py", cwd=folder).stdout


def test_a_finding_in_an_imported_file_is_told_at_the_call(folder: Path) -> None:
    (folder / "parts.py").write_text(
        "from keras.layers import Add\n\n\ndef join(a, b):\n    return Add()([a, b])\n"
    )
    text = BROKEN.replace("Add()([Dense(5)(x), Dense(3)(x)])", "join(Dense(5)(x), Dense(3)(x))")
    (folder / "model.py").write_text("from parts import join\n" + text)
    done = flake8("--isolated", "model.py", cwd=folder)
    assert done.stdout.startswith("model.py:6:5: KML111")


TRAP = "open(__file__ + '.ran', 'w').close()\n"


def test_nothing_of_the_linted_program_is_run(folder: Path) -> None:
    """Neither the file, nor what it imports, nor what stands beside it under a tempting name."""
    (folder / "package").mkdir()
    for name in ("keras", "tensorflow", "numpy", "helper", "conftest", "sitecustomize"):
        (folder / f"{name}.py").write_text(TRAP)
    (folder / "package" / "__init__.py").write_text(TRAP + "from .inner import *\n")
    (folder / "package" / "inner.py").write_text(TRAP + "UNITS = 3\n")
    text = TRAP + "import helper, numpy\nfrom package import UNITS\n"
    (folder / "model.py").write_text(text + BROKEN.replace("Dense(3)", "Dense(UNITS)"))
    done = flake8("--isolated", "--kml-roots=.", "-j1", "package", "model.py", cwd=folder)
    assert "Traceback" not in done.stderr
    assert list(folder.rglob("*.ran")) == []


def imported(folder: Path, *arguments: str) -> set[str]:
    """The modules that a flake8 process has imported when it is done."""
    code = (
        "import sys\n"
        "from flake8.main.cli import main\n"
        f"main(['--isolated', '--select=KML', '-j1', '-q', *{arguments!r}])\n"
        "print('imported', *sys.modules)\n"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=True)
    [line] = [line for line in done.stdout.splitlines() if line.startswith("imported ")]
    return set(line.split())


HEAVY = {"tensorflow", "keras", "tf_keras", "numpy", "rich", "libcst"}


def test_only_the_standard_library_is_imported_to_lint_keras(folder: Path) -> None:
    modules = imported(folder, "model.py")
    assert "kerasmergelint.tracker" in modules
    assert not modules & HEAVY


def test_verdicts_on_all_merges_need_libcst(folder: Path) -> None:
    modules = imported(folder, "--kml-enable=KML901", "model.py")
    assert "libcst" in modules
    assert not modules & (HEAVY - {"libcst"})


def test_an_import_in_python_2_does_not_cost_libcst(folder: Path) -> None:
    (folder / "old.py").write_text("print 'loaded'\n")
    (folder / "model.py").write_text("import old\n" + BROKEN)
    assert "libcst" not in imported(folder, "model.py")


def test_a_file_without_keras_does_not_even_import_the_tracker(folder: Path) -> None:
    (folder / "model.py").write_text("import torch\n\nx = 1\n" * 500)
    modules = imported(folder, "model.py")
    assert "kerasmergelint.plugin" in modules
    assert "kerasmergelint.tracker" not in modules
    assert not modules & HEAVY


BAD_INPUT = {
    "does not parse": b"import keras\ndef f(:\n",
    "empty": b"",
    "only a BOM": b"\xef\xbb\xbf",
    "blank lines": b"\n\r\n \n\t\n",
    "utf-16": "import keras\n".encode("utf-16"),
    "utf-16 with a cookie": "# -*- coding: utf-16 -*-\nimport keras\n".encode("utf-16-le"),
    "utf-7 with a cookie": b"# -*- coding: utf-7 -*-\nimport keras\n",
    "lone carriage returns": b"import keras\rx = 1\ry = 2\r",
    "form feeds": b"import keras\n\x0cx = 1\n",
    "surrogates": b"import keras\nx = '\xed\xa0\x80'\n",
    "unfinished string": b'import keras\nx = """abc\n',
    "tabs and spaces": b"import keras\nif 1:\n\tx = 1\n        y = 2\n",
    "Python 2": b"import keras\nprint 'model'\n",
    "only a comment": b"# keras",
    "null byte": b"import keras\nx = '\x00'\n",
    "latin-1 without a cookie": b"import keras\nname = '\xe9'\n",
    "unknown encoding": b"# -*- coding: klingon -*-\nimport keras\n",
    "deep brackets": b"import keras\nx = " + b"(" * 3000 + b")" * 3000 + b"\n",
    "long line": b"import keras\nx = [" + b"1," * 50_000 + b"]\n",
}


@pytest.mark.parametrize("content", BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_bad_input_gives_no_traceback(content: bytes, tmp_path: Path) -> None:
    if b"\0" in content and sys.version_info < (3, 11, 4):
        pytest.skip("flake8 itself does not survive null bytes there")
    (tmp_path / "bad.py").write_bytes(content)
    done = flake8("--isolated", "--kml-enable=KML900", "bad.py", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert "KML900" not in done.stdout


@pytest.mark.parametrize("encode", [
    lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: ("# -*- coding: latin-1 -*-\n# \xe9\n" + text).encode("latin-1"),
    lambda text: text.rstrip("\n").encode(),
], ids=["BOM", "CRLF", "latin-1", "no newline at the end"])  # fmt: skip
def test_odd_files_are_read(encode: Callable[[str], bytes], tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_bytes(encode(BROKEN))
    assert "KML111" in flake8("--isolated", "odd.py", cwd=tmp_path).stdout


HEAD = "from keras import Input\nfrom keras.layers import Dense, add\nx = Input((4,))\n"
LARGE = {
    "20,000 lines": HEAD + "x = x + 1\n" * 20_000,
    "500 nested calls": HEAD + "y = " + "abs(" * 500 + "x" + ")" * 500 + "\n",
    "a sum of 1,000 terms": HEAD + "y = " + " + ".join(["x"] * 1_000) + "\n",
    "a chain of 1,000 calls": HEAD + "y = x" + ".f()" * 1_000 + "\n",
}


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE.keys())
def test_large_programs_are_followed_or_given_up(text: str) -> None:
    # Not through flake8: pyflakes itself gives up on some of them.
    assert check_source(text, "large.py", Settings(enabled=("KML900",))) == []


BROKEN_AFTER = {
    # Python itself stops at 200.
    "190 nested calls": "y = " + "Activation('relu')(" * 190 + "x" + ")" * 190 + "\n",
    "a sum of 1,000 terms": "y = " + " + ".join(["x"] * 1_000) + "\n",
    "a chain of 1,000 calls": "y = x\nz = [1]" + ".copy()" * 1_000 + "\n",
}


@pytest.mark.parametrize("text", BROKEN_AFTER.values(), ids=BROKEN_AFTER.keys())
def test_what_follows_deep_nesting_is_still_found(text: str) -> None:
    program = HEAD.replace("Dense,", "Activation, Dense,") + text + "add([y, Dense(7)(x)])\n"
    [finding] = check_source(program, "deep.py", Settings(enabled=("KML900",)))
    assert (finding.code, finding.line) == ("KML111", program.count("\n"))


def test_20_000_lines_through_flake8_in_time(tmp_path: Path) -> None:
    text = HEAD + "x = Dense(4)(x)\n" * 1_000 + "n = 1\n" * 19_000 + "add([x, Dense(7)(x)])\n"
    (tmp_path / "long.py").write_text(text)
    start = time.monotonic()
    done = flake8("--isolated", "--kml-enable=KML900", "long.py", cwd=tmp_path)
    assert time.monotonic() - start < 120
    assert not done.stderr
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["KML111"]


def test_what_is_alive_when_the_process_ends_is_not_searched_for_garbage() -> None:
    program = (
        "import atexit, gc\n"
        "from kerasmergelint.garbage import leave_to_the_system\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 0))  # the last to be called\n"
        "leave_to_the_system()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout == "True\n"


def test_garbage_is_searched_for_seldom_from_the_first_file_with_keras_on() -> None:
    before = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        list(KerasMergePlugin(ast.Module([], []), ["import os\n"], "plain.py").run())
        assert gc.get_threshold() == (700, 10, 10)
        list(KerasMergePlugin(ast.Module([], []), ["import keras\n"], "model.py").run())
        assert gc.get_threshold() == (50_000, 10, 10)
    finally:
        gc.set_threshold(*before)
