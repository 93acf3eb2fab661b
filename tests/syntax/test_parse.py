"""Reading files: Python's own parser first, libcst for what is newer, and nothing that overflows."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings

import pytest

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.deep import run_deep
from kerasmergelint.syntax.newer import may_be_newer
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.positions import Positions, Span

NEWER = {
    "type parameters": ((3, 12), "def f[T](x: T): pass\n"),
    "a class with them": ((3, 12), "class A[T]: pass\n"),
    "type statement": ((3, 12), "type X = int\n"),
    "quotes in f-strings": ((3, 12), "x = f'{a['b']}'\n"),
    "groups of exceptions": ((3, 11), "try:\n    pass\nexcept* E:\n    pass\n"),
    "starred index": ((3, 11), "x = a[*b]\n"),
    "starred annotation": ((3, 11), "def f(*a: *b): pass\n"),
    "defaults of type parameters": ((3, 13), "class A[T = int]: pass\n"),
    "template strings": ((3, 14), "x = t'{a}'\n"),
}
OLDER_OR_BROKEN = {
    "print": "print 'a'\nx = f'{a}'\n",
    "exec": "exec 'a'\n",
    "comma": "try:\n    pass\nexcept A, e:\n    pass\n",
    "backquotes": "x = `a`\n",
    "octal": "x = 0777\n",
    "unfinished": "def f(a,\n",
    "indentation": "if a:\nx = f'{a}'\n",
    "tabs": "if a:\n        x = 1\n\ty = f'{x}'\n",
}


@pytest.mark.parametrize("name", NEWER)
def test_newer_syntax_is_read(name: str) -> None:
    since, text = NEWER[name]
    code = run_deep(lambda: parse(text + "y = f(a)\n", "new.py"))
    assert code is not None
    assert (code.source is None) is (sys.version_info < since)
    last = code.body[-1]
    assert isinstance(last, ir.Assign)
    line = text.count("\n") + 1
    assert Positions(code).of(last.value) == Span(line, 4, line, 8)


@pytest.mark.parametrize("name", NEWER)
def test_newer_syntax_is_recognised_by_each_older_python(name: str) -> None:
    since, text = NEWER[name]
    assert may_be_newer(text, SyntaxError("invalid syntax"), (3, 10))
    assert not may_be_newer(text, SyntaxError("invalid syntax"), (4, 0))
    assert may_be_newer(text, SyntaxError("invalid syntax"), (since[0], since[1] - 1))


@pytest.mark.parametrize("text", OLDER_OR_BROKEN.values(), ids=OLDER_OR_BROKEN)
def test_what_is_older_or_broken_is_none_without_libcst(text: str) -> None:
    program = (
        "import sys\nfrom kerasmergelint.syntax.parse import parse\n"
        f"print(parse({text!r}, 'old.py'), 'libcst' in sys.modules)\n"
    )
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("None False\n", "")


def test_a_type_statement_binds_its_name() -> None:
    code = run_deep(lambda: parse("type X = int\n", "new.py"))
    assert code is not None
    [assign] = code.body
    assert isinstance(assign, ir.Assign) and isinstance(assign.targets[0], ir.Name)
    assert (assign.targets[0].id, type(assign.value)) == ("X", ir.Opaque)


def test_nothing_is_said_about_the_code() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert parse("x = '\\d'\ny = 1if x else 2\n", "odd.py") is not None


_MEASURE = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from kerasmergelint.syntax.deep import run_deep
from kerasmergelint.syntax.parse import parse
text = sys.stdin.read()
started = time.process_time()
code = run_deep(lambda: parse(text, "deep.py"))
print(json.dumps([code is not None, time.process_time() - started]))
"""
DEEP = {
    "sum": ("x = a" + " + a" * 100_000, True),
    "sum over lines": ("x = (a" + "\n+ a" * 100_000 + ")", True),
    "attributes": ("x = a" + ".b" * 100_000, True),
    "calls": ("x = a" + "()" * 100_000, True),
    "indexes": ("x = a" + "[0]" * 100_000, True),
    "methods": ("x = a" + ".b(c)" * 50_000, True),
    "comparison": ("x = a" + " < a" * 100_000, True),
    "and": ("x = a" + " and a" * 100_000, True),
    "strings": ("x = (" + "'a' " * 100_000 + ")", True),
    "targets": ("a = " * 100_000 + "b", True),
    "elif": ("if a: pass\n" + "elif a: pass\n" * 10_000, None),
    "not": ("x = " + "not " * 100_000 + "a", False),
    "minus": ("x = " + "-" * 100_000 + "a", False),
    "await": ("async def f():\n    " + "await " * 100_000 + "a", False),
    "lambda": ("x = " + "lambda: " * 100_000 + "a", False),
    "power": ("x = " + "a ** " * 100_000 + "a", False),
    "conditions": ("x = " + "a if b else " * 100_000 + "c", False),
    "brackets": ("x = " + "(" * 100_000 + "a" + ")" * 100_000, False),
    "190 brackets": ("x = " + "(" * 190 + "a" + ")" * 190, True),
    "190 calls": ("x = " + "f(" * 190 + "a" + ")" * 190, True),
    "opened only": ("x = " + "(" * 100_000, False),
    "f-strings": ("x = " + "f'{" * 100_000, False),
    "digits": ("x = " + "9" * 1_000_000, False),
    "hexadecimal": ("x = 0x" + "9" * 1_000_000, False),
    "too long": ("x = '" + "a" * 3_000_000 + "'", False),
}


@pytest.mark.parametrize("name", DEEP)
def test_nothing_overflows_or_takes_long(name: str) -> None:
    text, readable = DEEP[name]
    run = [sys.executable, "-c", _MEASURE]
    done = subprocess.run(
        run, input=text + "\n", capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    read, seconds = json.loads(done.stdout)
    # Since 3.12, Python stops at some thousand levels of any kind.
    if readable is not None and sys.version_info < (3, 12):
        assert read is readable
    assert seconds < 10
