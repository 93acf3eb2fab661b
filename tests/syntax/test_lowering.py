"""The lowering loses nothing: lifted back, a program is what Python read, and every node has its place.

Set KML_FULL to look at all of the standard library and of Keras, which takes some minutes.
"""

from __future__ import annotations

import ast
import inspect
import os
import sys
import sysconfig
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import CodeType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.decoding import decode
from kerasmergelint.syntax.deep import run_deep
from kerasmergelint.syntax.parse import parse, python_tree
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.syntax.source import Span
from kerasmergelint.syntax.unread import Unread
from tests.fixture_files import FIXTURES
from tests.syntax.lifting import lifted, nodes, simplified

FULL = bool(os.environ.get("KML_FULL"))
LIBRARY = Path(sysconfig.get_path("stdlib"))
SAMPLE = ("argparse.py", "dataclasses.py", "typing.py", "test/test_patma.py", "asyncio/streams.py")


def read(text: str) -> ir.ModuleCode:
    code = parse(text, "file.py")
    assert not isinstance(code, Unread), code
    return code


def survives(text: str) -> bool:
    """Whether the tree is the same after the lowering and the way back."""
    return run_deep(lambda: lifted(read(text)) == simplified(python_tree(text)))


def keras_files() -> list[Path]:
    folders = [
        Path(spec.origin).parent
        for name in ("keras", "tf_keras")
        if (spec := find_spec(name)) is not None and spec.origin is not None
    ]
    return sorted(file for folder in folders for file in folder.rglob("*.py"))


def lost(files: list[Path]) -> list[Path]:
    """The files, of those that this Python can read, that do not survive."""
    texts = [(file, decode(file.read_bytes())) for file in files]
    readable = [
        (file, text) for file, text in texts
        if isinstance(text, str) and not isinstance(run_deep(lambda t=text: parse(t, "")), Unread)
    ]  # fmt: skip
    assert len(readable) > 0.9 * len(files)
    return [file for file, text in readable if not survives(text)]


@pytest.mark.parametrize("kind", ["broken", "clean", "hazardous"])
def test_fixtures(kind: str) -> None:
    assert lost(sorted((FIXTURES / kind).glob("*.py"))) == []


def test_a_sample_of_other_code() -> None:
    assert (
        lost([LIBRARY / n for n in SAMPLE if (LIBRARY / n).is_file()] + keras_files()[::40]) == []
    )


@pytest.mark.skipif(not FULL, reason="takes some minutes; set KML_FULL")
@pytest.mark.timeout(3_600)
def test_everything() -> None:
    library = [f for f in sorted(LIBRARY.rglob("*.py")) if "site-packages" not in f.parts]
    assert lost([*library, *keras_files()]) == []


NEEDS = {"try:\n    f()\nexcept* E as e:\n    g()\n": (3, 11), "a[*b]\na[*b, c]\n": (3, 11)}
SNIPPETS = [
    "x = (a)\ny = ((a + b) * (c))\nz = (a, b), (c), ((d, e)), ()\n",
    "f(a, *b, *(c), k=(d), **e, **(f))(x for x in y)\n",
    "f((x for x in y), [i for i in (z) if (a) if b], {i: j for i, j in k}, {i async for i in j})\n",
    "é = f('ß', ü)[ö]; über = (é,\n    ü)\n",
    "'日本', 日, '🙂', f(日)\n",
    "if a:\n\tx = 1\nelif b:\n\ty = 2\nelse:\n\tif c: z = 3; w = 4\n",
    "if a:\n    pass\nelse:\n    if b:\n        pass\n    c\n",
    "@d\n@(e)(1)\nclass C(A, *B, metaclass=M, **k):\n    x: int = 3\n    (y): int\n    z.w: int = 1\n",
    "@d\nasync def f(a, b=1, /, c: int = 2, *d: int, e, g=3, **h) -> x:\n    await (a)\n    yield\n",
    "def f(*, a, b=1): yield from a\ndef g(a, /): nonlocal_ = 1\ndef h(*a): global x; x = 1\n",
    "lambda: 0\nlambda a, *b, c=1, **d: (yield)\nlambda *, a: a\n",
    "a and b and c or d and (e and g) or (h or i)\nnot a\nnot (a and b)\n(a and b) and c\n",
    "a < b <= (c) != d is not e not in f in g is h\n-1\n-(1)\n- 1.5\n+1\n~a\n-True\n1 - -2\n",
    "a if b else c if d else (e)\n(y := f(x))\n[y := 1, y ** 2]\n",
    "a[1:2, ::3], a[b], a[b,], a[(b, c)], a[...], a[:]\n",
    "'a' 'b'\nb'a' b'b'\n'a' f'b' 'c'\nf'{x}' 'a{b}' f'{{c}}'\nr'\\a' '\\n'\nu'a'\nf''\nrf'\\{a}'\n",
    "f'{x=}', f'{ x = }', f'{x=!s}', f'{x=:>3}', f'{x!r:{w}.{p}}', f'a{{b}}\\n\\x41{c:%d}', f'{a}{b}'\n",
    "f'{c:}'\nf'a\\\"b\"c{d}\\\\\"', f'\\'{e}\\\\'\n",
    "def f(): pass;\n",
    # Fraktur letters are the usual ones, in a name.
    *(
        text.replace("U", "\U0001d518").replace("X", "\U0001d535")
        for text in (
            "U = x.U = f(U=U)\nclass U: pass\ndef U(U): global X\nimport U.U as X\n",
            "match a:\n    case U.X(U=X): pass\n    case {1: 2, **U}: pass\n    case [*U]: pass\n",
        )
    ),
    "f'''{\nx}'''\nf'{a[\"b\"]}' if a else F'{b}'\n",
    "del a\ndel a, b.c, d[0]\ndel (a, b)\ndel [a]\n",
    "try:\n    a\nexcept (B, C) as d:\n    e\nexcept:\n    f\nelse:\n    g\nfinally:\n    h\n",
    "with a as b, c, (d) as (e, f): pass\nasync def f():\n    async with a: pass\n",
    "async def f():\n    async for b in c: pass\n",
    "with (a as b, c as d,): pass\n",
    "import a.b.c as d, e.f\nfrom . import x\nfrom ..a.b import (c as d, e,)\nfrom a import *\n",
    "for a, *b in c, d: pass\nelse: e\nwhile (a): break\nelse: continue_\nfor x in y: continue\n",
    "a = b, *c = d\na += 1; a //= 2; a **= 3; a @= b; a >>= 1; a |= 2\nraise A from B\nraise\nassert a, b\n",
    "match a:\n    case 1 | -1 | 'a' | None | True: pass\n    case [x, *_, (y)] if z: pass\n"
    "    case (a, *r): pass\n"
    "    case {'k': v, **rest}: pass\n    case A.B(1, x=C()) as d: pass\n"
    "    case e.f | (1 + 2j): pass\n    case _: pass\n",
    "x = 1_000, 0xff, 0o7, 0b1, 1e5, 1j, .5, 5., 1E-3\n",
    "class A: x = 1; y = 2\nclass B(): pass\nif a: b; c\n",
    "x = [\n    f(a,\n      b)\n    .c()\n    .d\n]\n",
    "x = a \\\n    + b\n\ny = 1  # comment\n\n",
    "x = 1\n\x0c\ny = f(b)\n",
    "x = 1\r\ny = f(a)\r\nif x:\r\n\tz = '''a\r\nb'''\r\n",
    *NEEDS,
]  # fmt: skip


@pytest.mark.parametrize("text", SNIPPETS)
def test_snippets(text: str) -> None:
    if sys.version_info < NEEDS.get(text, (3, 10)):
        pytest.skip("this Python cannot read it")
    assert survives(text)


def test_the_comparison_would_notice() -> None:
    for one, other in [("x = a + b", "x = a - b"), ("f(a)", "f(*a)"), ("f'{a}'", "f'{a!r}'"),
                       ("x = 1", "x = True"), ("def f(a, /): pass", "def f(a): pass")]:  # fmt: skip
        assert lifted(read(one)) == simplified(python_tree(one)) != lifted(read(other))


@pytest.mark.parametrize("text", SNIPPETS)
def test_every_node_stands_where_python_finds_its_text(text: str) -> None:
    if sys.version_info < NEEDS.get(text, (3, 10)):
        pytest.skip("this Python cannot read it")
    code = read(text)
    for node in nodes(code):
        assert isinstance(node.origin, ast.AST)
        theirs = ast.get_source_segment(text, node.origin)
        assert theirs is not None and segment(text, span_in(code, node)) == plain(theirs)


def segment(text: str, span: Span) -> str:
    """What stands there, by lines and characters."""
    lines = plain(text).split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column]
    lines[0] = lines[0][span.column :]
    return "\n".join(lines)


def plain(text: str) -> str:
    return text.replace("\r\n", "\n")


_NAMES = st.sampled_from(["a", "bc", "é", "日"])
_LITERALS = st.sampled_from(["1", "-2", "1.5", "'x'", "b'y'", "'ü' 'v'", "f'{a}z'", "None", "..."])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions of expressions; brackets make all of them valid, and some are more than needed."""
    one = inner.map(lambda e: f"({e})")
    operators = st.sampled_from(["+", "**", " and ", " or ", " < ", " not in ", "@", " is not "])
    return st.one_of(
        st.builds(lambda a, o, b: f"{a}{o}{b}", one, operators, one),
        st.builds(lambda a, b: f"{a}.b[{b}]", one, inner),
        st.builds(lambda f, a, b: f"{f}({a}, *{b}, k={a})", one, one, one),
        st.builds(lambda a, b: f"{a} if {b} else {a}", one, one),
        st.builds(lambda a, b: f"[{a}, *{b}]", one, one),
        st.builds(lambda a, b: f"{{{a}: {b}, **{a}}}", one, one),
        st.builds(lambda a, b: f"[{a} for x in {b} if {a}]", one, one),
        st.builds(lambda a: f"not {a}", one),
        st.builds(lambda a: f"-{a}", one),
        st.builds(lambda a: f"lambda x, y={a}: {a}", one),
        st.builds(lambda a, b: f"{a},{b}", one, one),
        st.builds(lambda a, b: f"({a}\n ,{b})", one, one),
        one,
    )


EXPRESSIONS = st.recursive(st.one_of(_NAMES, _LITERALS), _larger, max_leaves=8)


@settings(deadline=None, max_examples=2_000 if FULL else 150)
@given(EXPRESSIONS)
def test_expressions(expression: str) -> None:
    assert survives(f"x = ({expression})\n")


# -- what a function says about its own scope -------------------------------------------------


@pytest.mark.parametrize("name", SAMPLE)
def test_generators_are_those_that_python_makes(name: str) -> None:
    file = LIBRARY / name
    if not file.is_file():
        pytest.skip("this Python comes without it")
    text = decode(file.read_bytes())
    assert isinstance(text, str)
    ours = Counter(
        (node.code.name, node.code.is_generator)
        for node in nodes(read(text)) if isinstance(node, (ir.FunctionDef, ir.Lambda))
    )  # fmt: skip
    names = {name for name, _ in ours}
    theirs = Counter(
        (function.co_name, bool(function.co_flags & GENERATING))
        for function in functions(compile(text, "file.py", "exec"))
        if function.co_name in names  # to Python, what stands in type parameters is a function, too
    )
    assert ours == theirs


GENERATING = inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR


def functions(code: CodeType) -> Iterator[CodeType]:
    """The functions in a compiled program, but comprehensions and the like."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            is_function = constant.co_flags & inspect.CO_NEWLOCALS and (
                constant.co_name == "<lambda>" or not constant.co_name.startswith("<")
            )
            if is_function:
                yield constant
            yield from functions(constant)


def test_declared_names() -> None:
    text = "def f():\n  global a, b\n  if x:\n    nonlocal c\n  def g():\n    global d\n"
    [function] = read(text).body
    assert isinstance(function, ir.FunctionDef)
    code = function.code
    assert (code.global_names, code.nonlocal_names) == ({"a", "b"}, {"c"})
    inner = code.body[-1]
    assert isinstance(inner, ir.FunctionDef) and inner.code.global_names == {"d"}
