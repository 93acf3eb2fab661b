"""TensorFlow is the oracle: broken fixtures raise where we say, the others run to their end."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixture_files import expected, hidden_behind, name_of, programs, projects

# All of them are run at once, which takes some eight minutes of two processors.
pytestmark = [pytest.mark.oracle, pytest.mark.timeout(1_800)]
RUNNER = Path(__file__).parent / "run_in_tensorflow.py"


@pytest.fixture(scope="module")
def failures() -> dict[str, list[int] | None]:
    """For each program the lines of its traceback, or None."""
    kinds = ("broken", "clean", "hazardous")
    paths = [str(path) for kind in kinds for path in [*programs(kind), *projects(kind)]]
    done = subprocess.run(
        [sys.executable, str(RUNNER), *paths], capture_output=True, text=True, check=False
    )
    result: dict[str, list[int] | None] = json.loads(done.stdout.splitlines()[-1])
    return result


@pytest.mark.parametrize("path", [*programs("broken"), *projects("broken")], ids=name_of)
def test_broken_program_raises_there(path: Path, failures: dict[str, list[int] | None]) -> None:
    lines = failures[str(path)]
    assert lines is not None, "TensorFlow accepts this program"
    places = [finding.line for finding in expected(path)] + hidden_behind(path)
    statements = [statement_lines(path, line) for line in places]
    assert any(set(lines) & set(statement) for statement in statements)


@pytest.mark.parametrize("path", programs("hazardous"), ids=lambda path: path.stem)
def test_hazardous_program_builds(path: Path, failures: dict[str, list[int] | None]) -> None:
    assert failures[str(path)] is None


@pytest.mark.parametrize("path", [*programs("clean"), *projects("clean")], ids=name_of)
def test_clean_program_runs(path: Path, failures: dict[str, list[int] | None]) -> None:
    assert failures[str(path)] is None


def statement_lines(path: Path, line: int) -> range:
    """The lines of the innermost statement at a line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    holding = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    innermost = max(holding, key=lambda node: node.lineno)
    return range(innermost.lineno, (innermost.end_lineno or innermost.lineno) + 1)
