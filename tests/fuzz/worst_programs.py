# ruff: noqa: E501  # a program a line
"""The worst programs that we could think of: each must end soon, in little memory, without a bug.

Each is a whole file by name; what is wrong with it stands in the name.  None of them has a finding.
"""

from __future__ import annotations

from collections.abc import Iterator

HEAD = """\
import functools, itertools, math, os, string
import keras
import numpy as np
from keras import Input, Model
from keras.layers import Add, Concatenate, Conv2D, Dense
x = Input((8,))
"""


def _programs() -> Iterator[tuple[str, str]]:
    yield from _control_flow()
    yield from _recursion()
    yield from _values()
    yield from _nesting()
    yield from _classes()
    yield from _generators()
    yield from _tensors()
    yield from _long()


def _long() -> Iterator[tuple[str, str]]:
    """Nothing but length: Python itself needs most of the memory to read them."""
    yield "long_dict", "d = {" + ", ".join(f"'k{i}': {i}" for i in range(40_000)) + "}\n"
    yield "long_list", "d = [" + ", ".join(f"[{i}, (1, 2)]" for i in range(30_000)) + "]\n"
    yield "many_arrays", "a = np.zeros((3,))\n" + "a = np.concatenate([a, a])\n" * 15_000
    yield "form_feeds", "\f\n" * 120_000
    yield "blank_lines", "\n" * 120_000
    yield "imports_in_a_string", "a = '''\n" + "from keras import (\n" * 60_000 + "'''\n"
    yield "a_long_name", "a" * 900_000 + " = x\n"
    yield "or_of_calls", "import b\na = " + " or ".join(["b.f()"] * 60_000) + "\n"
    yield (
        "and_of_attributes",
        "def f(k):\n    return " + " and ".join(f"k.a{i}" for i in range(60_000)) + "\n",
    )
    yield "operators_on_tensors", "y = x\n" + "y = y + x * y - x\n" * 12_000
    yield "many_layers", "y = x\n" + "y = Dense(8)(y)\n" * 20_000
    yield "many_merges", _lines("def f@(x):\n    return Add()([x, x])", 10_000)


def _lines(template: str, count: int) -> str:
    return "".join(template.replace("@", str(i)) + "\n" for i in range(count))


def _control_flow() -> Iterator[tuple[str, str]]:
    yield (
        "branches_free",
        "def f(*a):\n    y = x\n" + _lines("    if a[@]:\n        y = Dense(@ + 1)(y)", 60),
    )
    yield (
        "branches_unknown",
        "import thing\ny = x\n" + _lines("if thing.f(@):\n    y = Dense(@ + 1)(y)", 300),
    )
    yield (
        "branches_with_events",
        (
            "import thing\ny = x\n"
            + _lines("if thing.f(@):\n    y = Add()([Dense(@ + 1)(x), Dense(@ + 2)(x)])", 100)
        ),
    )
    yield (
        "elif_chain",
        "import thing\nif thing.a: pass\n" + _lines("elif thing.b(@): y = Dense(@ + 1)(x)", 1000),
    )
    yield (
        "if_expressions",
        "import thing\ny = [" + "thing.a(1) if thing.b(2) else (" * 90 + "1" + ")" * 90 + "]\n",
    )
    yield (
        "boolean_chain",
        "import thing\ny = " + " and ".join(f"thing.a{i}" for i in range(3000)) + "\n",
    )
    yield "loop_without_end", "n = 0\nwhile True:\n    n += 1\n"
    yield "loop_of_unknown", "import thing\nwhile thing.more():\n    x = Dense(thing.n())(x)\n"
    yield (
        "loops_in_loops_unknown",
        (
            "import thing\n"
            + "".join("    " * d + f"for i{d} in thing.a{d}():\n" for d in range(12))
            + "    " * 12
            + "x = Dense(i11)(x)\n"
        ),
    )
    yield (
        "loops_in_loops_known",
        (
            "n = 0\n"
            + "".join("    " * d + f"for i{d} in range(20):\n" for d in range(12))
            + "    " * 12
            + "n += 1\n"
        ),
    )
    yield "long_range", "n = 0\nfor i in range(10 ** 9):\n    n += i\n"
    yield (
        "range_at_the_limit",
        "n = 0\nfor i in range(100_000):\n    n += i\nfor i in range(100_000):\n    n -= i\n",
    )
    yield "list_of_ranges", "a = [list(range(100_000)) for i in range(100_000)]\n"
    yield (
        "huge_range_calls",
        "a = list(range(10**12)); b = sum(range(10**12)); c = tuple(range(10**12)); d = set(range(10**10)); e = sorted(range(10**10)); f = max(range(10**12)); g = len(range(10**12)); h = 5 in range(10**15); i = dict.fromkeys(range(10**10)); j = list(enumerate(range(10**10))); k = list(zip(range(10**10), range(10**10))); l = list(map(str, range(10**10))); m = list(reversed(range(10**10))); n = any(range(0, 10**12)); o = [*range(10**10)]; p, *q = range(10**10)\n",
    )
    yield (
        "many_layers",
        "y = x\nfor i in range(20_000):\n    y = Dense(8)(y)\n    y = Add()([x, y])\n",
    )
    yield "many_statements", _lines("y@ = Dense(@ + 1)(x)", 4000)
    yield (
        "try_in_try",
        "".join(" " * d + "try:\n" for d in range(90))
        + " " * 90
        + "x = Dense(3)(x)\n"
        + "".join(
            " " * d + "except ValueError:\n" + " " * (d + 1) + "x = Dense(4)(x)\n"
            for d in reversed(range(90))
        ),
    )
    yield "while_grows_list", "a = []\nwhile len(a) >= 0:\n    a.append(a)\n    a.extend(a)\n"
    yield "while_grows_dict", "d, n = {}, 0\nwhile True:\n    d[n] = d\n    n += 1\n"
    yield "while_grows_set", "s, n = set(), 0\nwhile True:\n    s.add(n)\n    n += 1\n"
    yield "while_grows_string", "s = 'a'\nwhile True:\n    s += s\n"
    yield "while_grows_tuple", "t = (1,)\nwhile True:\n    t += t\n"
    yield "while_grows_number", "n = 3\nwhile True:\n    n *= n\n"
    yield "iterating_what_grows", "a = [1]\nfor i in a:\n    a.append(i)\n"
    yield (
        "match_many",
        "import thing\nmatch thing.a:\n" + _lines("    case @: x = Dense(@ + 1)(x)", 1500),
    )


def _recursion() -> Iterator[tuple[str, str]]:
    yield "calls_itself", "def f(n):\n    return f(n + 1)\nf(0)\n"
    yield "calls_itself_twice", "def f(n):\n    return f(n + 1) + f(n + 2)\nf(0)\n"
    yield (
        "doubles_to_depth_60",
        "def f(n):\n    return Dense(3)(x) if n == 0 else Add()([f(n - 1), f(n - 1)])\nf(60)\n",
    )
    yield (
        "ackermann",
        "def a(m, n):\n    return n + 1 if m == 0 else a(m - 1, 1) if n == 0 else a(m - 1, a(m, n - 1))\na(4, 4)\n",
    )
    yield "mutual", "def f(n): return g(n)\ndef g(n): return f(n)\nf(1)\n"
    yield "lambda_to_itself", "f = lambda g: g(g)\nf(f)\n"
    yield (
        "y_combinator",
        "y = lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v)))\ny(lambda s: lambda n: s(n))(1)\n",
    )
    yield (
        "partial_of_itself",
        "f = functools.partial\nfor i in range(100_000):\n    f = functools.partial(f, f)\nf()\n",
    )
    yield (
        "decorates_itself",
        "def d(f):\n    @d\n    def g(*a): return f(*a)\n    return g\n@d\ndef h(): pass\nh()\n",
    )
    yield (
        "decorated_often",
        "def d(f):\n    def g(*a): return f(f(*a))\n    return g\n"
        + "@d\n" * 60
        + "def h(n): return n\nh(1)\n",
    )
    yield "reduce_of_itself", "functools.reduce(lambda a, b: (a, a), range(100_000))\n"
    yield "property_of_itself", "class A:\n    @property\n    def b(self): return self.b\nA().b\n"
    yield (
        "getattr_of_itself",
        "class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().b\n",
    )
    yield "getattribute", "class A:\n    def __getattribute__(self, n): return self.n\nA().b\n"
    yield (
        "call_calls_itself",
        "class L(keras.layers.Layer):\n    def call(self, x): return self(x)\nL()(x)\n",
    )
    yield (
        "layer_makes_itself",
        "class L(keras.layers.Layer):\n    def call(self, x): return L()(x)\nL()(x)\n",
    )
    yield (
        "init_makes_itself",
        "class L(keras.layers.Layer):\n    def __init__(self):\n        super().__init__()\n        self.a = L()\nL()(x)\n",
    )
    yield "eq_calls_itself", "class A:\n    def __eq__(self, o): return self == o\nA() == A()\n"
    yield (
        "operators_call_each_other",
        "class A:\n    def __add__(self, o): return o + self\n    __radd__ = __add__\nA() + A()\n",
    )
    yield "default_holds_itself", "def f(a=[]):\n    a.append(a)\n    return f(a)\nf()\n"


def _values() -> Iterator[tuple[str, str]]:
    yield (
        "power_tower",
        "n = 9 ** 9 ** 9\nm = 9 ** 9999 ** 2\nk = pow(9, 9 ** 9); l = pow(2, 10 ** 12); o = 10 ** 10 ** 10\n",
    )
    yield "power_of_power", "n = 9\nfor i in range(100):\n    n = n ** 9999\n"
    yield "power_negative", "n = 2 ** -10 ** 9; m = (-8) ** 0.5; k = 0 ** -1\n"
    yield "float_power", "n = 1e300 ** 1e300\n"
    yield "shifts", "n = 1 << 10 ** 12\nm = 1 << 9999\nfor i in range(1000):\n    m = m << 9999\n"
    yield "products", "n = 2 ** 9999\nfor i in range(10_000):\n    n = n * n\n"
    yield (
        "factorials",
        "n = math.factorial(10 ** 9)\nm = math.comb(10 ** 9, 10 ** 8)\nk = math.perm(10 ** 9, 10 ** 8); g = math.gcd(10 ** 9, 3); p = math.prod(range(1, 10 ** 9)); q = math.lcm(*range(1, 10_000))\n",
    )
    yield "huge_string", "s = 'a' * 10 ** 12\n"
    yield (
        "string_of_string",
        "s = 'a' * 99_999\nt = s * 99_999\nu = (s + s) * 3\nfor i in range(100):\n    s = s + s\n",
    )
    yield "join_of_joins", "s = ','.join(['a' * 99_999] * 99_999)\n"
    yield (
        "replace_grows",
        "s = 'a' * 99_999\nfor i in range(20):\n    s = s.replace('a', 'a' * 99_999)\n",
    )
    yield (
        "pads",
        "s = 'a'.ljust(10 ** 12); t = 'a'.center(10 ** 12); u = 'a'.zfill(10 ** 12); v = 'a'.rjust(10 ** 12); w = 'a\\tb'.expandtabs(10 ** 12); b = bytes(10 ** 12); c = bytearray(10 ** 12)\n",
    )
    yield (
        "format_width",
        "s = '%1000000000000d' % 3\nt = f'{3:>999999999999}'\nu = '{:>99999999999}'.format(3)\nv = format(3, '99999999999d'); w = '%.*f' % (999999999, 1.0); z = f'{1.5:.999999999f}'\n",
    )
    yield (
        "format_width_nested",
        "w = 10 ** 11\nt = f'{3:>{w}}'\nu = '{:{}}'.format(3, w)\nv = '%*d' % (w, 3)\n",
    )
    yield "translate_grows", "s = ('a' * 99_999).translate({97: 'b' * 99_999})\n"
    yield (
        "str_of_big_number",
        "s = str(9 ** 9999); t = str(1 << 60_000); n = int('9' * 60_000); m = '%d' % (9 ** 9999,); r = repr(7 ** 9999); f = f'{9 ** 9999}'; h = hex(9 ** 9999)\n",
    )
    yield "repr_grows", "s = 'a'\nfor i in range(100):\n    s = repr(s)\n"
    yield "lists_of_lists", "a = [0] * 99_999\nfor i in range(100):\n    a = [a] * 99_999\n"
    yield (
        "list_doubles",
        "a = [1]\nfor i in range(100):\n    a = a + a\n    a += a\n    a *= 2\n    a.extend(a)\n    a[0:0] = a\n",
    )
    yield "tuple_doubles", "a = (1,)\nfor i in range(100):\n    a = a + a\n"
    yield (
        "tuple_nests",
        "a = ()\nfor i in range(19_000):\n    a = (a, a)\nb = a == a\nc = {a: 1}\nhash(a)\nd = str(a)\n",
    )
    yield "unknown_nests", "import thing\na = thing.x\nfor i in range(19_000):\n    a = a + a\n"
    yield (
        "unknown_mixes",
        "import thing\na = thing.x\nb = thing.y\nfor i in range(2000):\n    a, b = (a + b) * a, (a // b) - b\nDense(a)(x)\n",
    )
    yield (
        "polynomial",
        "def f(a, b, c, d):\n    n = a + b + c + d\n    for i in range(40):\n        n = n * (a + b + c + d)\n    return Dense(n)(x)\n",
    )
    yield (
        "polynomial_of_sizes",
        "import thing\n"
        + _lines("s@ = Input((None, thing.a@)).shape[2]", 12)
        + "n = "
        + " + ".join(f"s{i}" for i in range(12))
        + "\nm = n * n * n * n * n * n * n * n\nDense(m)(x)\n",
    )
    yield (
        "nested_divisions",
        "def f(n):\n    for i in range(200):\n        n = (n + 1) // 2 + (n // 3)\n    return Dense(n)(x)\n",
    )
    yield (
        "self_reference",
        "a = []\na.append(a)\na == a\nb = {}\nb['b'] = b\nstr(a)\nstr(b)\nkeras.layers.add(a)\nConcatenate()(a)\nDense(a)(b)\n",
    )
    yield (
        "self_reference_mutual",
        "a, b = [], []\na.append(b)\nb.append(a)\na == b\na < b\nsorted(a)\nsum(a)\nx + a\nnp.array(a)\nkeras.ops.concatenate(a)\nModel(a, b)\n",
    )
    yield (
        "product_of_iterables",
        "a = list(itertools.product(range(1000), repeat=10))\nb = list(itertools.permutations(range(100)))\nc = list(itertools.combinations(range(100), 50)); d = list(itertools.chain.from_iterable([range(10**9)] * 100)); e = list(itertools.repeat(1, 10 ** 10)); f = list(itertools.islice(itertools.count(), 10 ** 10))\n",
    )
    yield (
        "count_without_end",
        "for i in itertools.count():\n    pass\nfor j in itertools.repeat(1):\n    pass\nfor k in itertools.cycle([1, 2]):\n    pass\nfor l in iter(int, 1):\n    pass\n",
    )
    yield (
        "comprehensions_in_comprehensions",
        "a = [i for a in range(1000) for b in range(1000) for c in range(1000) for i in range(1000)]\n",
    )
    yield "comprehension_nests", "a = " + "[" * 60 + "1" + " for i in range(50)]" * 60 + "\n"
    yield "huge_literal", "a = [" + "1, " * 30_000 + "]\n"
    yield "huge_dict", "a = {" + "".join(f"'{i}': {i}, " for i in range(20_000)) + "}\n"
    yield (
        "huge_set",
        "a = {"
        + "".join(f"{i}, " for i in range(20_000))
        + "}\nb = set(range(99_999)) | set(range(99_999))\n",
    )
    yield "huge_string_literal", "a = '" + "a" * 3_000_000 + "'\n"
    yield (
        "huge_number_literal",
        "a = "
        + "9" * 4000
        + "\nb = 0x"
        + "f" * 100_000
        + "\nc = a ** 3000\nd = b * b\ne = str(b)\n",
    )
    yield (
        "arrays",
        "a = np.zeros((10 ** 6, 10 ** 6))\nb = np.arange(10 ** 12)\nc = np.ones(10 ** 9).tolist(); d = np.linspace(0, 1, 10 ** 9); e = np.eye(10 ** 6); f = np.array([list(range(99_999))] * 1000); g = np.repeat(a, 10 ** 9); h = np.prod(range(1, 10 ** 9))\n",
    )
    yield "sorting_with_key", "a = sorted(range(99_999), key=lambda n: sorted(range(n)))\n"
    yield (
        "split_and_join",
        "s = 'a,' * 40_000\nfor i in range(1000):\n    s = ','.join(s.split(','))\n",
    )
    yield (
        "regular_expression",
        "import re\nre.match('(a+)+$', 'a' * 40 + 'b')\nre.sub('(x+x+)+y', '', 'x' * 50)\n",
    )
    yield (
        "encode_and_decode",
        "s = 'a' * 99_999\nfor i in range(100):\n    s = s.encode('utf-16').hex() + s\n",
    )
    yield "indexing", "a = list(range(99_999))\nfor i in range(10_000):\n    a = a[::-1]\n"
    yield "slices_of_strings", "s = 'a' * 99_999\nfor i in range(19_000):\n    s = s[1:] + 'b'\n"
    yield (
        "in_long_list",
        "a = list(range(99_999))\nfor i in range(19_000):\n    -1 in a\n    a.index(99_998)\n    a.count(3)\n",
    )
    yield (
        "insert_at_front",
        "a = list(range(99_999))\nfor i in range(19_000):\n    a.insert(0, i)\n",
    )
    yield (
        "copies",
        "import copy\na = list(range(99_999))\nfor i in range(19_000):\n    b = list(a); c = copy.deepcopy(a); d = a.copy(); e = a + [1]; f = tuple(a)\n",
    )


def _nesting() -> Iterator[tuple[str, str]]:
    for depth in (150, 300, 1400, 40_000):
        yield f"parentheses_{depth}", "a = " + "(" * depth + "1" + ")" * depth + "\n"
        yield f"lists_{depth}", "a = " + "[" * depth + "1" + "]" * depth + "\n"
        yield f"calls_{depth}", "import thing\na = " + "thing.f(" * depth + "x" + ")" * depth + "\n"
        yield f"unary_{depth}", "a = " + "-" * depth + "1\nb = " + "not " * depth + "1\n"
    yield "subscripts", "import thing\na = " + "thing[" * 1000 + "0" + "]" * 1000 + "\n"
    yield "lambdas", "a = " + "lambda: " * 900 + "1\n"
    yield "attributes", "import thing\na = thing" + ".a" * 20_000 + "\n"
    yield "method_chain", "import thing\na = thing" + ".a()" * 10_000 + "\n"
    yield "sum", "a = " + " + ".join(["1"] * 20_000) + "\n"
    yield "sum_of_tensors", "a = " + " + ".join(["x"] * 5_000) + "\n"
    yield "sum_to_the_right", "a = " + "1 + (" * 700 + "1" + ")" * 700 + "\n"
    yield "power_to_the_right", "a = " + " ** ".join(["1"] * 900) + "\n"
    yield "comparison", "a = " + " < ".join(["1"] * 10_000) + "\n"
    yield (
        "if_in_if",
        "import thing\n"
        + "".join(" " * d + "if thing.a:\n" for d in range(95))
        + " " * 95
        + "x = Dense(3)(x)\n",
    )
    yield (
        "function_in_function",
        "".join(" " * d + f"def f{d}():\n" for d in range(95)) + " " * 95 + "return Dense(3)(x)\n",
    )
    yield (
        "class_in_class",
        "".join(" " * d + f"class C{d}:\n" for d in range(95)) + " " * 95 + "pass\n",
    )
    yield "adjacent_strings", "a = (" + "'a' " * 3000 + ")\n"
    yield "f_string_in_f_string", "a = " + "f'{" * 3 + "1" + "}'" * 3 + "\n"
    yield "unpacking", "a = " + "(" * 400 + "b," + "),".join([""] * 400) + ") = x\n"
    yield "targets", " = ".join(f"a{i}" for i in range(3000)) + " = x\n"
    yield "arguments", "def f(*a, **k): return a\nf(" + ", ".join(["x"] * 20_000) + ")\n"
    yield (
        "parameters",
        "def f(" + ", ".join(f"a{i}=x" for i in range(20_000)) + "): return a1\nf()\n",
    )
    yield "backslashes", "a = 1 + \\\n" * 3000 + "1\n"
    yield "decorators", "import thing\n" + "@thing.a\n" * 5000 + "def f(): pass\n"
    yield "keras_calls", "y = " + "Dense(3)(" * 500 + "x" + ")" * 500 + "\n"


def _classes() -> Iterator[tuple[str, str]]:
    yield "base_is_itself", "class A: pass\nclass A(A): pass\nA.__bases__ = (A,)\nA().b\n"
    yield (
        "bases_swap",
        "class A: pass\nclass B(A): pass\nA.__bases__ = (B,)\nclass C(A, B): pass\nC().d\n",
    )
    yield (
        "long_hierarchy",
        "class A0(keras.layers.Layer): pass\n"
        + _lines("class B@(A0): pass", 10)
        + "A = A0\nfor i in range(15_000):\n    class A(A): pass\nA()(x)\n",
    )
    yield (
        "diamonds",
        "class A0: pass\nclass B0: pass\n"
        + "".join(
            f"class A{i + 1}(A{i}, B{i}): pass\nclass B{i + 1}(A{i}, B{i}): pass\n"
            for i in range(60)
        )
        + "A60().x\n",
    )
    yield (
        "super_chain",
        "class A0:\n    def f(self): return x\n"
        + "".join(
            f"class A{i + 1}(A{i}):\n    def f(self): return Add()([super().f(), super().f()])\n"
            for i in range(60)
        )
        + "A60().f()\n",
    )
    yield (
        "metaclass",
        "class M(type):\n    def __new__(m, *a): return M(*a)\nclass A(metaclass=M): pass\n",
    )
    yield (
        "iter_gives_itself",
        "class A:\n    def __iter__(self): return self\n    def __next__(self): return 1\nfor i in A(): pass\nlist(A())\n",
    )
    yield (
        "len_and_getitem",
        "class A:\n    def __len__(self): return 10 ** 12\n    def __getitem__(self, i): return i\nlist(A())\nfor i in A(): pass\n",
    )
    yield (
        "attributes_grow",
        "class A: pass\na = A()\nfor i in range(50_000):\n    setattr(a, 'a' * i, a)\n",
    )
    yield (
        "objects_in_a_chain",
        "class A:\n    def __init__(self, n): self.n = n\na = None\nfor i in range(20_000):\n    a = A(a)\nimport thing\nthing.f(a)\n",
    )


def _generators() -> Iterator[tuple[str, str]]:
    yield (
        "generator_without_end",
        "def g():\n    while True:\n        yield x\nfor i in g(): pass\nlist(g())\nnext(g())\n",
    )
    yield "generator_of_itself", "def g():\n    yield from g()\nlist(g())\nfor i in g(): pass\n"
    yield (
        "generator_doubles",
        "def g(n):\n    yield n\n    yield from g(n + 1)\n    yield from g(n + 1)\nlist(g(0))\n",
    )
    yield (
        "generator_expressions_nest",
        "g = iter([1, 2])\nfor i in range(10_000):\n    g = (a for a in g)\nlist(g)\n",
    )
    yield "maps_nest", "g = [1, 2]\nfor i in range(10_000):\n    g = map(lambda a: a, g)\nlist(g)\n"
    yield "zip_of_itself", "a = [1, 2]\nfor i in range(5_000):\n    a = zip(a, a)\nlist(a)\n"


def _tensors() -> Iterator[tuple[str, str]]:
    yield (
        "concatenate_grows",
        "y = x\nfor i in range(3000):\n    y = Concatenate()([y, y])\nModel(x, y)\n",
    )
    yield (
        "dense_net",
        "ys = [x]\nfor i in range(700):\n    ys.append(Dense(4)(Concatenate()(ys) if len(ys) > 1 else x))\nModel(x, ys[-1])\n",
    )
    yield (
        "nested_models",
        "m = Model(x, Dense(8)(x))\nfor i in range(200):\n    m = Model(x, m(m(x)))\nm.summary()\n",
    )
    yield (
        "models_double",
        "m = keras.Sequential([Input((8,)), Dense(8)])\nfor i in range(60):\n    m = keras.Sequential([m, m])\nm(x)\n",
    )
    yield "add_itself", "m = keras.Sequential()\nm.add(m)\nm.add(m)\nm(x)\n"
    yield (
        "model_of_itself",
        "m = Model(x, x)\nm = Model(m.inputs, m(m.outputs))\nm.layers.append(m)\nm(x)\n",
    )
    yield "wide_merge", "Add()([Dense(8)(x) for i in range(4000)])\n"
    yield (
        "many_dimensions",
        "keras.layers.Reshape([1] * 99_999)(Input((1,)))\nkeras.ops.reshape(Input((1,)), [1] * 99_999)\nInput([1] * 99_999)\n",
    )
    yield (
        "huge_dimensions",
        "y = Dense(10 ** 4000)(x)\nz = keras.layers.Reshape((10 ** 4000, -1))(y)\nkeras.layers.UpSampling1D(10 ** 12)(z)\nkeras.layers.RepeatVector(10 ** 15)(y)\n",
    )
    yield (
        "all_applications",
        "from keras import applications as a\n"
        + "".join(
            f"{n} = a.{n}(weights=None)\n"
            for n in (
                "DenseNet201",
                "NASNetLarge",
                "ResNet152",
                "InceptionResNetV2",
                "EfficientNetB7",
                "ConvNeXtXLarge",
            )
        ),
    )
    yield (
        "merges_of_unknown",
        "def f(a, b):\n    for i in range(3000):\n        a, b = Add()([a, b]), Concatenate()([a, b])\n    return Model(x, a)\n",
    )
    yield (
        "ops_of_unknown",
        "def f(a, b):\n    for i in range(1000):\n        a, b = a * b + a, keras.ops.concatenate([a, b])\n        a = a.reshape(b.shape[0] * a.shape[1], -1)\n    return a\n",
    )


WORST_PROGRAMS: dict[str, str] = {name: HEAD + text for name, text in _programs()}
LONG_PROGRAMS = tuple(name for name, _ in _long())
