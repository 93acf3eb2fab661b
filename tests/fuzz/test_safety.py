"""Linting runs nothing of what it reads, and the package has nothing in it that could."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kerasmergelint
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PACKAGE = Path(kerasmergelint.__file__).parent
# The one room that runs programs, when asked, in a child process of its own.
RUNS_PROGRAMS = PACKAGE / "runtime"
STATIC = sorted(f for f in PACKAGE.rglob("*.py") if RUNS_PROGRAMS not in f.parents)

FORBIDDEN_CALLS = frozenset({"eval", "exec", "compile", "__import__", "breakpoint", "execfile"})
FORBIDDEN_MODULES = frozenset(
    {
        "pickle",
        "marshal",
        "shelve",
        "dill",
        "cloudpickle",
        "joblib",
        "runpy",
        "code",
        "codeop",
        "imp",
    }
)
FORBIDDEN_ATTRIBUTES = frozenset({"exec_module", "load_module", "run_path", "run_module"})


# It writes constructors from the names of our own fields, as the standard library does.
OF_OUR_OWN_TEXT = {"dataclass.py": ["exec()"]}


def offences(tree: ast.AST) -> Iterator[str]:
    """What in one of our files could run other people's code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in FORBIDDEN_CALLS:
                yield f"line {node.lineno}: {node.func.id}()"
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_ATTRIBUTES:
            yield f"line {node.lineno}: .{node.attr}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.partition(".")[0] in FORBIDDEN_MODULES:
                    yield f"line {node.lineno}: import {alias.name}"
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            name = (node.module or "").partition(".")[0]
            if name in FORBIDDEN_MODULES:
                yield f"line {node.lineno}: from {node.module}"


@pytest.mark.parametrize("file", STATIC, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_nothing_in_the_package_runs_code(file: Path) -> None:
    found = [offence.partition(": ")[2] for offence in offences(ast.parse(file.read_bytes()))]
    assert found == OF_OUR_OWN_TEXT.get(file.relative_to(PACKAGE).as_posix(), [])


@pytest.mark.parametrize(
    "text",
    ["eval('1')", "exec(x)", "compile(a, b, 'exec')", "import pickle", "from marshal import loads",
     "spec.loader.exec_module(m)", "import runpy", "__import__(name)"],
)  # fmt: skip
def test_the_scan_sees_what_it_looks_for(text: str) -> None:
    assert list(offences(ast.parse(text)))


def traps(mark: Path) -> dict[str, str]:
    """Programs that leave a mark when any of them runs."""
    leave = f"open({str(mark)!r}, 'w').close()"
    return {
        "at the top": f"import keras\n{leave}\n",
        "in an import": "import keras\nimport trap\nfrom trap import thing\nthing()\n",
        "in a star import": "import keras\nfrom trap import *\n",
        "in eval": f"import keras\neval({leave!r})\nexec({leave!r})\n",
        "in a class": f"import keras\nclass A:\n    {leave}\n    def __del__(self): {leave}\n",
        "in a decorator": f"import keras\ndef d(f):\n    {leave}\n    return f\n@d\ndef g(): pass\n",
        "in a default": f"import keras\ndef g(a={leave}): pass\n",
        "in a method of its own": (
            f"import keras\nclass A:\n    def __repr__(self): {leave}\n    __hash__ = __eq__ = "
            f"__bool__ = __len__ = __iter__ = __index__ = __repr__\na = A()\nrepr(a); {{a: a}}; a == a\n"
            "keras.layers.Dense(a)\n"
        ),
        "in a format": f"import keras\nclass A:\n    def __format__(self, s): {leave}\nf'{{A()}}'\n",
        "in a pickle": "import keras, pickle\npickle.loads(open('trap.pickle', 'rb').read())\n",
        "in a process": f"import keras, os\nos.system('touch {mark}')\n",
        "in a Lambda": f"import keras\nkeras.layers.Lambda(lambda x: {leave})(keras.Input((3,)))\n",
        "in importlib": "import keras, importlib\nimportlib.import_module('trap')\n",
        "in a metaclass": (
            f"import keras\nclass M(type):\n    def __new__(m, *a, **k): {leave}\n"
            "class A(metaclass=M): pass\n"
        ),
    }


@pytest.mark.parametrize("name", traps(Path("mark")))
def test_no_trap_springs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "sprung"
    leave = f"open({str(mark)!r}, 'w').close()\n"
    (tmp_path / "trap.py").write_text(leave + "def thing(): pass\n")
    (tmp_path / "sitecustomize.py").write_text(leave)
    (tmp_path / "conftest.py").write_text(leave)
    (tmp_path / "setup.py").write_text(leave)
    monkeypatch.chdir(tmp_path)
    program = tmp_path / "program.py"
    program.write_text(traps(mark)[name])
    before = set(sys.modules)
    check_source(program.read_text(), str(program), Settings(roots=(str(tmp_path),)))
    assert not mark.exists()
    assert "trap" not in sys.modules
    loaded = {module.partition(".")[0] for module in set(sys.modules) - before}
    assert not loaded & {"keras", "tensorflow", "numpy"}


def test_the_traps_can_spring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same program, run: otherwise the test above proves nothing."""
    mark = tmp_path / "sprung"
    program = traps(mark)["in a class"].replace("import keras\n", "")
    exec(compile(program, "trap", "exec"), {})
    assert mark.exists()
