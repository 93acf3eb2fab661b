"""Reading files: what cannot be read is said to be unread, with its reason, and nothing overflows."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings

import pytest

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.decoding import decode
from kerasmergelint.syntax.deep import run_deep
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.syntax.source import Span
from kerasmergelint.syntax.unread import Unread

SAYS = "Python {}.{} says: ".format(*sys.version_info)
# What needs a version of Python, and the line where an older one gives up.
NEWER = {
    "type parameters": ((3, 12), "x = 1\ndef f[T](x: T): pass\n"),
    "a class with them": ((3, 12), "x = 1\nclass A[T]: pass\n"),
    "type statement": ((3, 12), "x = 1\ntype X = int\n"),
    "quotes in f-strings": ((3, 12), "x = 1\nx = f'{a['b']}'\n"),
    "groups of exceptions": ((3, 11), "try: pass\nexcept* E: pass\n"),
    "starred index": ((3, 11), "x = 1\nx = a[*b]\n"),
    "starred annotation": ((3, 11), "x = 1\ndef f(*a: *b): pass\n"),
    "defaults of type parameters": ((3, 13), "x = 1\nclass A[T = int]: pass\n"),
    "template strings": ((3, 14), "x = 1\nx = t'{a}'\n"),
}  # fmt: skip
OLDER_OR_BROKEN = {
    "print": ("x = 1\nprint 'a'\n", 2),
    "exec": ("exec 'a'\n", 1),
    "comma": ("try:\n    pass\nexcept A, e:\n    pass\n", 3),
    "backquotes": ("x = `a`\n", 1),
    "octal": ("\n\nx = 0777\n", 3),
    "unfinished": ("def f(a,\n", 1),
    "indentation": ("if a:\nx = f'{a}'\n", 2),
    "tabs": ("if a:\n        x = 1\n\ty = f'{x}'\n", 3),
}


@pytest.mark.parametrize("name", NEWER)
def test_newer_syntax_is_read_by_a_python_that_is_new_enough(name: str) -> None:
    since, text = NEWER[name]
    code = run_deep(lambda: parse(text + "y = f(a)\n", "new.py"))
    if sys.version_info < since:
        assert isinstance(code, Unread) and code.reason.startswith(SAYS) and code.line == 2
        return
    assert isinstance(code, ir.ModuleCode)
    last = code.body[-1]
    assert isinstance(last, ir.Assign) and span_in(code, last.value) == Span(3, 4, 3, 8)


@pytest.mark.parametrize(("text", "line"), OLDER_OR_BROKEN.values(), ids=OLDER_OR_BROKEN)
def test_what_is_older_or_broken_is_unread_from_a_line_on(text: str, line: int) -> None:
    found = parse(text, "old.py")
    assert isinstance(found, Unread)
    assert found.reason.startswith(SAYS) and found.line == line
    assert found.of("old.py").startswith(f"old.py:{line}: not read: {SAYS}")


UNREADABLE = {
    "null byte": (b"x = 1\ny = '\0'\n", Unread("a null byte", 2)),
    "not UTF-8": (b"x = 1\ny = 2\n# \xff\n", Unread("a byte that is not utf-8", 3)),
    "not ASCII": (b"# coding: ascii\nx = '\xc3\xa9'\n", Unread("a byte that is not ascii", 2)),
    "no such encoding": (b"# coding: klingon\n", Unread("unknown encoding: klingon")),
    "not an encoding of text": (b"# coding: hex\n", Unread("unknown encoding: hex")),
    "two encodings": (b"\xef\xbb\xbf# coding: latin-1\n", Unread("encoding problem: utf-8")),
    "UTF-16": ("x = 1\n".encode("utf-16"), Unread("invalid or missing encoding declaration")),
    "digits": (b"x = 1\ny = " + b"9" * 6_000, Unread("5,000 digits in a row", 2)),
    "long": (b"#" * 2_000_001, Unread("longer than 2,000,000 characters")),
    "deep": (b"x = " + b"-" * 100_000 + b"1",
             Unread("nested too deeply, or no memory left to read it")),
    "surrogate": ("x = 1\n\ny = '\ud800'\n", Unread("a lone surrogate", 3)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "why"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_no_python_reads(text: str | bytes, why: Unread) -> None:
    assert run_deep(lambda: parse(text, "odd.py")) == why


@pytest.mark.parametrize(("content", "text"), [
    (b"x = '\xc3\xa9'", "x = 'é'"), (b"\xef\xbb\xbfx = 1", "x = 1"),
    (b"# coding: latin-1\nx = '\xe9'", "# coding: latin-1\nx = 'é'"), (b"", ""),
    (b"#!x\n# -*- coding: cp1252 -*-\n# \x80", "#!x\n# -*- coding: cp1252 -*-\n# €"),
])  # fmt: skip
def test_bytes_are_decoded_as_python_does(content: bytes, text: str) -> None:
    assert decode(content) == text


def test_neither_reading_nor_failing_loads_libcst() -> None:
    program = (
        "import sys\nfrom kerasmergelint.syntax.parse import parse\n"
        "parse('x = 1', 'a.py'), parse('x = t\"{a', 'b.py'), parse(b'\\xff', 'c.py')\n"
        "print('libcst' in sys.modules)\n"
    )
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("False\n", "")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="this Python cannot read it")
def test_a_type_statement_binds_its_name() -> None:
    code = run_deep(lambda: parse("type X = int\n", "new.py"))
    assert isinstance(code, ir.ModuleCode)
    [assign] = code.body
    assert isinstance(assign, ir.Assign) and isinstance(assign.targets[0], ir.Name)
    assert (assign.targets[0].id, type(assign.value)) == ("X", ir.Opaque)


def test_nothing_is_said_about_the_code() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(parse("x = '\\d'\ny = 1if x else 2\n", "odd.py"), ir.ModuleCode)


_MEASURE = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from kerasmergelint.syntax.deep import run_deep
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.unread import Unread
text = sys.stdin.read()
started = time.process_time()
code = run_deep(lambda: parse(text, "deep.py"))
print(json.dumps([not isinstance(code, Unread), time.process_time() - started]))
"""
DEEP = {
    "sum": ("x = a" + " + a" * 100_000, True),
    "sum over lines": ("x = (a" + "\n+ a" * 60_000 + ")", True),
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


def test_a_tree_that_would_take_half_a_gigabyte_is_not_made() -> None:
    numbers = parse(f"x = [{'1,' * 260_000}]\n", "numbers.py")
    assert isinstance(numbers, Unread) and "125,000 commas" in numbers.reason
    text = parse(f"x = '''{'word ' * 100_000}'''\n", "text.py")
    assert not isinstance(text, Unread)
