"""Our own modules are found as Python finds them, only faster."""

from __future__ import annotations

import importlib
import json
import os
import py_compile
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kerasmergelint.loading import OwnModules

# What a module tells of itself, for all modules that a summary needs.
DESCRIBE = """
import json, sys
import kerasmergelint
if {by_python}:
    del sys.meta_path[0]
import kerasmergelint.cli.commands.summary, kerasmergelint.tracker.program.analysis
print(json.dumps({{
    name: [module.__file__, module.__cached__, module.__package__, getattr(module, "__path__", None),
           module.__doc__, sorted(vars(module)), module.__spec__.origin, module.__spec__.cached,
           module.__spec__.has_location, module.__spec__.parent, module.__loader__.path]
    for name, module in sorted(sys.modules.items()) if name.startswith("kerasmergelint.")
    and name != "kerasmergelint.loading"
}}))
"""


def described(by_python: bool) -> dict[str, list[object]]:
    code = DESCRIBE.format(by_python=by_python)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def test_modules_are_those_that_python_finds() -> None:
    ours = described(by_python=False)
    assert len(ours) > 300
    assert ours == described(by_python=True)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package ``toy`` with a module ``one``, which our finder is asked for first."""
    folder = tmp_path / "toy"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "one.py").write_text("value = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "meta_path", [OwnModules("toy"), *sys.meta_path])
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "toy"]:
        del sys.modules[name]


def value() -> object:
    module = importlib.import_module("toy.one")
    assert type(module.__spec__.loader).__module__ == "kerasmergelint.loading"
    found: object = module.value
    return found


def test_a_module_that_is_not_compiled_yet(package: Path) -> None:
    assert value() == 1


def test_a_compiled_module_is_not_compiled_again(package: Path) -> None:
    source = package / "one.py"
    before = source.stat()
    py_compile.compile(str(source), invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP)
    source.write_text("value = 2\n")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert value() == 1


@pytest.mark.parametrize("mode", py_compile.PycInvalidationMode)
def test_a_module_that_changed_since_is_read_anew(
    package: Path, mode: py_compile.PycInvalidationMode
) -> None:
    source = package / "one.py"
    py_compile.compile(str(source), invalidation_mode=mode)
    source.write_text("value = 1 + 1\n")
    unchecked = mode is py_compile.PycInvalidationMode.UNCHECKED_HASH
    assert value() == (1 if unchecked else 2)


def test_a_module_that_was_compiled_elsewhere_tells_where_it_is(package: Path) -> None:
    source = package / "one.py"
    source.write_text("def value(): pass\n")
    py_compile.compile(
        str(source), dfile="/elsewhere/one.py",
        invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP,
    )  # fmt: skip
    importlib.import_module("toy.one")
    assert sys.modules["toy.one"].value.__code__.co_filename == str(source)


def test_a_damaged_file_is_an_error_of_pythons(package: Path) -> None:
    source = package / "one.py"
    compiled = py_compile.compile(
        str(source), invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP
    )
    assert compiled is not None
    Path(compiled).write_bytes(Path(compiled).read_bytes()[:10])
    assert value() == 1


def test_what_is_missing_is_missing(package: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"toy\.two"):
        importlib.import_module("toy.two")
