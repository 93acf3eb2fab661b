"""The files that run in the user's interpreter: old Pythons can read them, and they need nothing of ours."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import kerasmergelint.runtime.child

FILES = sorted(Path(kerasmergelint.runtime.child.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_python_3_9_reads_it(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))
    assert not [node for node in ast.walk(tree) if type(node).__name__ in ("Match", "TryStar")]
    if len(tree.body) > 1:
        assert isinstance(tree.body[1], ast.ImportFrom)
        assert tree.body[1].module == "__future__"  # annotations may be newer than the interpreter


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_imports_the_standard_library_and_its_neighbours(path: Path) -> None:
    """NumPy is there where TensorFlow is."""
    allowed = {*sys.stdlib_module_names, "numpy"}
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    imported = {
        alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {
        node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0
    }
    assert {name.partition(".")[0] for name in imported} <= allowed
