"""The plugin inside the real flake8: selection, silencing, stdin, workers, bad input."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kerasmergelint.options import Settings
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


def test_options_from_a_configuration_file(folder: Path) -> None:
    (folder / "setup.cfg").write_text("[flake8]\nkml-keras-version = 4\n")
    done = flake8("model.py", cwd=folder)
    assert "kml-keras-version" in done.stdout + done.stderr
    (folder / "setup.cfg").write_text("[flake8]\nkml-keras-version = 2\n")
    assert "KML111" in flake8("model.py", cwd=folder).stdout


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


def test_the_linted_code_is_not_run(folder: Path) -> None:
    (folder / "model.py").write_text("open('ran.txt', 'w')\n" + BROKEN)
    assert "KML111" in flake8("--isolated", "model.py", cwd=folder).stdout
    assert not (folder / "ran.txt").exists()


def test_neither_tensorflow_nor_numpy_is_imported(folder: Path) -> None:
    code = (
        "import sys\n"
        "from flake8.main.cli import main\n"
        "main(['--isolated', '--select=KML', '-j1', 'model.py'])\n"
        "heavy = {'tensorflow', 'keras', 'numpy'} & set(sys.modules)\n"
        "print('heavy', sorted(heavy), 'libcst' in sys.modules)\n"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=True)
    assert "heavy [] True" in done.stdout
    (folder / "model.py").write_text("x = 1\n")
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=True)
    assert "heavy [] False" in done.stdout


BAD_INPUT = {
    "does not parse": b"import keras\ndef f(:\n",
    "empty": b"",
    "only a comment": b"# keras",
    "null byte": b"import keras\nx = '\x00'\n",
    "latin-1 without a cookie": b"import keras\nname = '\xe9'\n",
    "unknown encoding": b"# -*- coding: klingon -*-\nimport keras\n",
    "deep brackets": b"import keras\nx = " + b"(" * 3000 + b")" * 3000 + b"\n",
    "long line": b"import keras\nx = [" + b"1," * 50_000 + b"]\n",
}


@pytest.mark.parametrize("content", BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_bad_input_gives_no_traceback(content: bytes, tmp_path: Path) -> None:
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
def test_odd_files_are_read(encode: object, tmp_path: Path) -> None:
    assert callable(encode)
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
