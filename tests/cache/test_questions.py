"""Nothing that an analysis asks the file system is forgotten."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kerasmergelint
from kerasmergelint.files import Files, digest

PACKAGE = Path(kerasmergelint.__file__).parent
ROOMS = ("shapes", "syntax", "tracker", "rules")
# The rest of keras_api reads our own data, which our fingerprint covers.
FILES = sorted(file for room in ROOMS for file in (PACKAGE / room).rglob("*.py"))

ASKING = frozenset(
    {
        "is_file", "is_dir", "exists", "is_symlink", "iterdir", "glob", "rglob", "stat", "lstat",
        "read_text", "read_bytes", "open", "samefile", "walk", "listdir", "scandir",
        "isfile", "isdir", "islink", "lexists", "getmtime", "getsize", "realpath", "access",
        "find_spec", "files", "getenv", "expanduser", "home",
    }
)  # fmt: skip
MODULES = frozenset(
    {"importlib", "glob", "tempfile", "shutil", "pkgutil", "io", "linecache", "fileinput"}
)

# The one that may be asked, as the rooms call it.
WHOM = dict.fromkeys(("files", "self.files", "interp.modules.files"), ASKING)


def questions(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name) and function.id == "open":
                yield f"line {node.lineno}: open()"
            elif isinstance(function, ast.Attribute) and function.attr in ASKING - WHOM.get(
                ast.unparse(function.value), frozenset()
            ):
                yield f"line {node.lineno}: .{function.attr}()"
        elif isinstance(node, ast.Attribute) and node.attr == "environ":
            yield f"line {node.lineno}: .environ"
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            named = isinstance(node, ast.Import)
            for name in [a.name for a in node.names] if named else [node.module or ""]:
                if name.partition(".")[0] in MODULES:
                    yield f"line {node.lineno}: import {name}"


# What stands here has been looked at, and asks nothing that a result hangs on.
HARMLESS = {
    "syntax/decoding.py": {"import io"},  # a text in memory
    "syntax/bindings.py": {".walk()"},  # over a tree
    "tracker/program/usages.py": {".walk()"},  # over a tree
    "tracker/python/builtins/iterating.py": {".walk()"},  # over an iterable
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_the_rooms_ask_nobody_else(file: Path) -> None:
    name = file.relative_to(PACKAGE).as_posix()
    found = {line.partition(": ")[2] for line in questions(ast.parse(file.read_bytes()))}
    assert found <= HARMLESS.get(name, set())


@pytest.mark.parametrize(
    "text",
    ["open(x)", "Path(x).is_file()", "os.path.exists(x)", "path.read_text()", "import glob",
     "os.environ['x']", "from importlib import metadata", "path.stat()"],
)  # fmt: skip
def test_the_scan_sees_what_it_looks_for(text: str) -> None:
    assert list(questions(ast.parse(text)))


AUDITED = """
import os, sys
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_with_report
path = sys.argv[1]
text = open(path).read()
warm = "import keras\\nx = keras.layers.Add()([keras.Input((3,)), keras.Input((4,))])\\n"
check_with_report(warm, "warm.py", Settings())
seen = set()
def hook(event, arguments):
    if event in ("open", "os.scandir", "os.listdir") and isinstance(arguments[0], (str, os.PathLike)):
        seen.add(os.fspath(arguments[0]))
sys.addaudithook(hook)
_, report = check_with_report(text, path, Settings(roots=(sys.argv[2],)))
ours = {subject for _, subject in report.files.answers()}
print("asked", len(ours & seen))
for place in sorted(seen - ours):
    print("forgotten", place)
"""


def test_what_is_opened_is_among_the_questions(tmp_path: Path) -> None:
    """Seen by Python itself, and not by reading our code."""
    (tmp_path / "lib" / "parts").mkdir(parents=True)
    (tmp_path / "package").mkdir()
    (tmp_path / "lib" / "parts" / "head.py").write_text("UNITS = 3\n")
    (tmp_path / "package" / "__init__.py").write_text("from .inner import *\n")
    (tmp_path / "package" / "inner.py").write_text("UNITS = 5\n")
    (tmp_path / "requirements.txt").write_text("keras>=3\n")
    (tmp_path / "net.py").write_text(
        "import keras, missing\nfrom parts.head import UNITS\nimport package\nimport package.other\n"
        "from keras import layers\nx = keras.Input((UNITS,))\n"
        "y = layers.Add()([x, layers.Dense(package.UNITS)(x)])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", AUDITED, str(tmp_path / "net.py"), str(tmp_path / "lib")],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    asked, *forgotten = done.stdout.splitlines()
    assert int(asked.split()[1]) >= 5
    own = (str(PACKAGE), sys.prefix, sys.base_prefix)
    assert [line for line in forgotten if not line.split(maxsplit=1)[1].startswith(own)] == []


# -- the answers --------------------------------------------------------------------------------


def test_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.py").write_text("x")
    files = Files()
    assert files.is_file("net.py") and not files.is_file(tmp_path) and not files.is_file("a\0b")
    assert files.is_folder(tmp_path) and files.holds_python(tmp_path)
    assert files.content("net.py") == b"x" and files.content("none.py") is None
    assert files.installed("no-such-package-as-this") is None
    assert files.installed("libcst")
    answers = files.answers()
    assert answers["file", str(tmp_path / "net.py")] is True
    assert answers["content", str(tmp_path / "net.py")] == digest(b"x")
    assert answers["content", str(tmp_path / "none.py")] is None
    assert answers["version", "no-such-package-as-this"] is None


def test_the_same_question_gets_the_same_answer(tmp_path: Path) -> None:
    files = Files()
    assert not files.is_file(tmp_path / "net.py")
    (tmp_path / "net.py").write_text("x")
    assert not files.is_file(tmp_path / "net.py")
    assert Files().is_file(tmp_path / "net.py")


def test_long_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kerasmergelint.files.LARGEST", 10)
    file = tmp_path / "long.py"
    answers = []
    for length in (9, 10, 11, 12, 5000):
        file.write_bytes(b"x" * length)
        files = Files()
        assert (files.content(file) is not None) is (length <= 10)
        assert files.content(file, 3) is None
        answers.append(files.answers()["content", str(file)])
    assert len(set(answers)) == 3  # of what is too long, only that it is


@pytest.mark.skipif(os.name != "posix", reason="pipes with names")
def test_nothing_is_read_from_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "net.py")
    assert Files().content(tmp_path / "net.py") is None
