"""Our own imports stand at the top of a file, unless loading late is the point; then the code says why."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.repository import ROOT

PACKAGE = ROOT / "kerasmergelint"
MARK = "# late: "
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def files() -> list[str]:
    return sorted(file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py"))


def late_imports(text: str) -> Iterator[tuple[int, str]]:
    """The line of each import of ours inside a function, and its reason, which may be missing.

    A reason stands on the import itself, or on a line of its own above a run of imports.
    """
    lines = ["", *text.splitlines()]
    inside = {
        node
        for function in ast.walk(ast.parse(text)) if isinstance(function, FUNCTIONS)
        for node in ast.walk(function) if _is_ours(node)
    }  # fmt: skip
    above, following = "", 0
    for node in sorted(inside, key=lambda node: node.lineno):
        before = lines[node.lineno - 1].lstrip()
        if node.lineno != following:
            above = _reason(before) if before.startswith(MARK) else ""
        following = (node.end_lineno or node.lineno) + 1
        yield node.lineno, above or _reason("\n".join(lines[node.lineno : following]))


def _is_ours(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.level > 0 or (node.module or "").partition(".")[0] == "kerasmergelint"
    if isinstance(node, ast.Import):
        return any(alias.name.partition(".")[0] == "kerasmergelint" for alias in node.names)
    by_name = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module")
    return by_name and "kerasmergelint." in ast.unparse(node)


def _reason(text: str) -> str:
    return text.partition(MARK)[2].partition("\n")[0].strip()


@pytest.mark.parametrize("name", files())
def test_a_late_import_says_why(name: str) -> None:
    text = (PACKAGE / name).read_text(encoding="utf-8")
    assert [line for line, reason in late_imports(text) if not reason] == []


EXAMPLES = {
    "import kerasmergelint.cache\n": [],
    "def f():\n    import json\n": [],
    "def f():\n    import kerasmergelint.cache\n": [(2, "")],
    "def f():\n    from kerasmergelint import cache  # late: slow\n": [(2, "slow")],
    "def f():\n    # late: slow\n    from . import a\n    from . import b\n\n    from . import c\n": [
        (3, "slow"), (4, "slow"), (6, ""),
    ],
    "def f():\n    from . import a  # late: slow\n    from . import b\n": [(2, "slow"), (3, "")],
    "class C:\n    async def f(self):\n        if self:\n            from . import (\n"
    "                a,  # late: slow\n            )\n": [(4, "slow")],
    "def f(name):\n    import_module(f'kerasmergelint.{name}')\n    import_module(name)\n": [(2, "")],
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), EXAMPLES.items())
def test_what_counts_as_late_and_as_a_reason(text: str, found: list[tuple[int, str]]) -> None:
    assert list(late_imports(text)) == found
