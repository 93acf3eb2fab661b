# ruff: noqa: E501  # a program a line
"""Files that nobody would write: as large, as deep and as branching as a file can be, each of its kind.

Unlike :mod:`.worst_programs`, which goes for the evaluator, these go for everything before and after it:
the gate, the parser, the lowering, the list of all merges, and the words about them.
"""

from __future__ import annotations

from collections.abc import Iterator

HEAD = "import keras\nfrom keras import layers\nimport numpy as np\nx = keras.Input((8, 8, 3))\n"
_KERAS = "y = layers.Add()([x, x])\n"


def _programs() -> Iterator[tuple[str, str]]:
    yield from _literals()
    yield from _chains()
    yield from _lines()
    yield from _depth()
    yield from _paths()
    yield from _definitions()
    yield from _text()
    yield from _shapes()
    yield from _numbers()
    yield from _configurations()
    yield from _failures()


def _literals() -> Iterator[tuple[str, str]]:
    million = 1_000_000
    yield "list_of_a_million", "a = [" + "1," * million + "]\n"
    yield "list_of_a_million_on_lines", "a = [\n" + "1,\n" * million + "]\n"
    yield "tuple_of_strings", "a = (" + "'ab'," * 200_000 + ")\n"
    yield "set_of_numbers", "a = {" + ",".join(map(str, range(125_000))) + "}\n"
    yield "dict_of_dicts", "a = {" + "".join(f"{i}: {{'a': {i}}}," for i in range(45_000)) + "}\n"
    yield "list_of_lists", "a = [" + "[1,[2,[3]]]," * 60_000 + "]\n"
    yield "list_of_negatives", "a = [" + "-1," * 600_000 + "]\n"
    yield "list_of_floats", "a = np.array([" + "0.123456," * 100_000 + "])\n"
    yield "list_of_names", "a = [" + "x," * 200_000 + "]\n"
    yield "list_of_calls", "a = [" + "f()," * 120_000 + "]\n"
    yield "list_of_layers", "a = [" + "layers.Dense(3)," * 30_000 + "]\n"
    yield "list_of_lambdas", "a = [" + "lambda: 0," * 60_000 + "]\n"
    yield "list_of_stars", "b = [1]\na = [" + "*b," * 120_000 + "]\n"
    yield "merge_of_many_literally", "layers.Add()([" + "x," * 120_000 + "])\n"
    yield "merge_of_many_numbers", "layers.Concatenate()([x, " + "1," * 120_000 + "])\n"
    yield (
        "dict_of_layers",
        "a = {" + "".join(f"'k{i}': layers.Dense({i + 1})," for i in range(20_000)) + "}\n",
    )
    yield "bytes_literal", "a = b'" + r"\x00" * 200_000 + "'\n"
    yield "one_long_number", "a = 1" + "0" * 1_900_000 + "\n"


def _chains() -> Iterator[tuple[str, str]]:
    yield "reshapes_in_a_chain", "a = np.zeros((3,))\na = a" + ".reshape(3)" * 10_000 + "\n"
    yield "arrays_in_lines", "a = np.zeros((3,))\n" + "a = np.concatenate([a, a])\n" * 15_000
    yield (
        "arrays_that_differ",
        "a = np.zeros((3,))\n" + "".join(f"a{i} = np.concatenate([a, a])\n" for i in range(15_000)),
    )
    yield "sums_of_arrays", "a = np.zeros((3,))\na = " + "+".join(["a"] * 50_000) + "\n"
    yield "chains_in_lines", ("a = x" + ".reshape(3)" * 390 + "\n") * 25
    yield "a_chain_in_lines", "a = (x" + "\n.reshape(3)" * 9_000 + ")\n"
    yield "a_sum_in_lines", "a = (x" + "\n+ x" * 12_000 + ")\n"
    yield "tensors_in_a_chain", "y = x" + ".reshape((8, 8, 3))" * 10_000 + "\n"
    yield "operators_on_tensors", "y = x\n" + "y = y + x * y - x\n" * 10_000
    yield "slices_of_tensors", "y = x\n" + "y = y[:, 0:8]\n" * 15_000
    yield "comparisons_in_a_chain", "a = " + "<".join(map(str, range(60_000))) + "\n"
    yield "attributes_in_a_chain", "a = x" + ".shape" * 100_000 + "\n"
    yield "subscripts_in_a_chain", "a = x" + "[0]" * 60_000 + "\n"
    yield "calls_in_a_chain", "a = x" + "()" * 120_000 + "\n"
    yield "or_in_a_chain", "a = " + " or ".join(["x"] * 100_000) + "\n"
    yield "or_of_calls", "import b\na = " + " or ".join(["b.f()"] * 30_000) + "\n"
    yield (
        "and_of_attributes",
        "def f(k):\n    return " + " and ".join(f"k.a{i}" for i in range(30_000)) + "\n",
    )
    yield "not_in_a_chain", "a = " + "not " * 100_000 + "x\n"
    yield "ternaries_in_a_chain", "a = " + "1 if b else " * 30_000 + "2\n"
    yield "assignments_in_a_chain", "a = " * 100_000 + "x\n"
    yield "strings_side_by_side", "a = (" + "'a' " * 150_000 + ")\n"
    yield "format_calls", "a = 'a'" + ".format(1)" * 30_000 + "\n"


def _lines() -> Iterator[tuple[str, str]]:
    yield "fifty_thousand_lines", "y = x\n" + "y = layers.Dense(3)(y)\n" * 50_000
    yield "thousands_of_layers", "y = x\n" + "y = layers.Dense(3)(y)\n" * 24_000
    yield "thousands_of_merges", "y = x\n" + "y = layers.Add()([y, x])\n" * 17_000
    yield "thousands_of_numbers", "".join(f"a{i} = {i}\n" for i in range(25_000))
    yield (
        "thousands_of_functions",
        "".join(f"def f{i}(x):\n    return layers.Add()([x, x])\n" for i in range(12_500)),
    )
    yield (
        "thousands_of_calls",
        "def f(x):\n    return layers.Add()([x, x])\n" + "f(x)\n" * 60_000,
    )
    yield (
        "functions_with_unknown_merges",
        "".join(
            f"def f{i}(a, b):\n    return layers.Concatenate()([a, b + {i}])\n"
            for i in range(10_000)
        ),
    )
    yield "imports", "".join(f"import a{i}\n" for i in range(45_000)) + _KERAS
    yield (
        "imports_of_names",
        "from keras.layers import (" + ",".join(f"Dense as D{i}" for i in range(30_000)) + ")\n",
    )
    yield "stars", "from keras.layers import *\n" * 30_000 + _KERAS
    yield "empty_lines", "\n" * 1_900_000 + _KERAS
    yield "comments", "# layers.Add()([x, y]) noqa\n" * 30_000 + _KERAS
    yield "semicolons", "y = x;" * 60_000 + "\n"
    yield "continuations", "y = x + \\\n" * 50_000 + "x\n"
    yield "form_feeds", "\f\n" * 120_000 + _KERAS
    yield (
        "walruses",
        "".join(f"if (a{i} := {i}): y = layers.Dense(a{i} + 1)(x)\n" for i in range(12_000)),
    )
    yield "loops_of_a_billion", "for i in range(10 ** 9):\n    x = layers.Dense(3)(x)\n" * 5_000
    yield "stars_in_calls", "def f(*a, **k): return f(*a, *a, **k)\nf(*[x] * 9)\n" * 3_000
    yield "null_bytes", "a = '\0'\n" * 9_000 + _KERAS
    yield "dels", "a = 1\n" + "del a\na = 1\n" * 30_000


def _depth() -> Iterator[tuple[str, str]]:
    yield "brackets_199", "a = " + "[" * 199 + "]" * 199 + "\n"
    yield "brackets_a_million", "a = " + "[" * 900_000 + "]" * 900_000 + "\n"
    yield "brackets_unclosed", "a = " + "([{" * 150_000 + "\n"
    yield "brackets_199_again", ("a = " + "(" * 199 + "1" + ")" * 199 + "\n") * 4_000
    yield (
        "blocks_99",
        "".join(" " * d + "for i in range(9):\n" for d in range(19))
        + " " * 19
        + "y = layers.Dense(3)(x)\n",
    )
    yield (
        "with_in_with",
        "".join(" " * d + f"with open('{d}') as f{d}:\n" for d in range(19)) + " " * 19 + _KERAS,
    )
    yield (
        "functions_in_functions",
        "".join(" " * d + f"def f{d}(a):\n" for d in range(98))
        + " " * 98
        + "return layers.Add()([a, x])\n"
        + "".join(" " * d + f"f{d}(x)\n" for d in reversed(range(98))),
    )
    yield (
        "comprehension_of_many_fors",
        "a = [layers.Dense(1)(x) " + "for i in range(9) " * 3_000 + "]\n",
    )
    yield "comprehension_of_many_ifs", "a = [i for i in range(9) " + "if i " * 30_000 + "]\n"
    yield (
        "enormous_comprehension",
        "a = [a * b for a in range(3000) for b in range(3000)]\nkeras.Input((len(a),))\n",
    )
    yield (
        "comprehensions_of_layers",
        "a = [layers.Add()([layers.Dense(i + 1)(x), layers.Dense(j + 1)(x)]) for i in range(300) for j in range(300)]\n",
    )
    yield (
        "calls_in_calls_in_lines",
        ("y = " + "layers.Dense(3)(" * 190 + "x" + ")" * 190 + "\n") * 36,
    )
    yield "calls_in_calls", "y = " + "layers.Dense(3)(" * 190 + "x" + ")" * 190 + "\n"
    yield "lambdas_in_lambdas", "f = " + "lambda a: " * 9_000 + "a\n"
    yield (
        "decorators",
        "def d(f): return f\n" + "@d\n" * 30_000 + "def g(): return layers.Add()([x, x])\ng()\n",
    )
    yield (
        "decorators_that_wrap",
        "def d(f):\n    def g(*a): return layers.Add()([f(*a), x])\n    return g\n"
        + "@d\n" * 500
        + "def h(a): return a\nh(x)\n",
    )
    yield "f_strings_in_f_strings", "a = 1\nb = f'{f\"{a}\"}'\n" * 15_000
    yield "f_string_of_many_parts", "a = f'" + "{x}" * 50_000 + "'\n"
    yield "f_string_of_formats", "a = f'{1:{2}{3}}'\n" * 15_000
    yield "starred_targets", "a, *b = x\n" * 30_000


def _paths() -> Iterator[tuple[str, str]]:
    branch = (
        "if b.c({}):\n    y = layers.Dense({} + 1)(y)\nelse:\n    y = layers.Conv2D({} + 1, 1)(y)\n"
    )
    yield (
        "paths_of_2_to_2000",
        "import b\ny = x\n" + "".join(branch.format(i, i, i) for i in range(2_000)),
    )
    yield (
        "paths_that_merge",
        "import b\ny = x\n"
        + "".join(
            f"if b.c{i}: y = layers.Dense({i + 1})(x)\ny = layers.Add()([y, x])\n"
            for i in range(1_000)
        ),
    )
    yield (
        "paths_in_a_function",
        "def f(y, *b):\n"
        + "".join(
            f"    if b[{i}]: y = layers.Dense({i + 1})(y)\n    y = layers.Add()([y, x])\n"
            for i in range(1_000)
        )
        + "    return y\n",
    )
    yield (
        "paths_of_parameters",
        "".join(
            f"def f{i}(a, b=None, c=True, d=False, e=0):\n    y = x\n"
            + "".join(
                f"    if {n}: y = layers.Dense({m + 1})(y)\n" for m, n in enumerate("abcde" * 4)
            )
            + "    return layers.Add()([y, x])\n"
            for i in range(60)
        ),
    )
    yield (
        "elifs",
        "import b\nif b.c: pass\n"
        + "".join(f"elif b.c{i}: y = layers.Dense({i + 1})(x)\n" for i in range(900)),
    )
    yield (
        "tries",
        "import b\ny = x\n"
        + "try:\n    y = b.f(y)\nexcept ValueError:\n    y = layers.Dense(3)(x)\n" * 2_000,
    )
    yield (
        "matches",
        "import b\nmatch b.c:\n"
        + "".join(f"    case {i}: y = layers.Dense({i + 1})(x)\n" for i in range(5_000)),
    )
    yield (
        "loops_over_unknown",
        "import b\ny = x\n" + "for i in b.c():\n    y = layers.Dense(i)(y)\n" * 3_000,
    )
    yield (
        "whiles",
        "import b\ny = x\n"
        + "while b.c():\n    y = layers.Add()([y, layers.Dense(b.d)(x)])\n" * 3_000,
    )
    yield (
        "asserts",
        "import b\n" + "".join(f"assert b.c{i} == {i}\n" for i in range(15_000)) + _KERAS,
    )


def _definitions() -> Iterator[tuple[str, str]]:
    yield (
        "recursion_of_a_thousand",
        "".join(
            f"def f{i}(a): return layers.Add()([f{(i + 1) % 1000}(a), a])\n" for i in range(1_000)
        )
        + "f0(x)\n",
    )
    yield (
        "recursion_that_doubles",
        "def f(a, n): return layers.Add()([f(a, n - 1), f(a, n - 1)]) if n else a\nf(x, 60)\n",
    )
    yield (
        "classes",
        "".join(
            f"class L{i}(layers.Layer):\n    def call(self, a): return layers.Add()([a, a])\n"
            for i in range(6_000)
        ),
    )
    yield (
        "classes_in_a_line",
        "class L0(layers.Layer): pass\n"
        + "".join(
            f"class L{i + 1}(L{i}):\n    def call(self, a): return super().call(a)\n"
            for i in range(3_000)
        )
        + "L3000()(x)\n",
    )
    yield (
        "classes_of_many_bases",
        "".join(f"class A{i}: pass\n" for i in range(3_000))
        + "class B("
        + ",".join(f"A{i}" for i in range(3_000))
        + "): pass\nB()\n",
    )
    yield (
        "methods",
        "class L(layers.Layer):\n"
        + "".join(
            f"    def m{i}(self, a): return layers.Add()([a, self.m{i + 1}(a)])\n"
            for i in range(9_000)
        )
        + "L().m0(x)\n",
    )
    yield (
        "parameters_by_default",
        "def f("
        + ",".join(f"a{i}=layers.Dense({i + 1})" for i in range(15_000))
        + "): return layers.Add()([a0(x), a1(x)])\nf()\n",
    )
    yield (
        "arguments_by_name",
        "def f(**k): return k\nf(" + ",".join(f"a{i}={i}" for i in range(30_000)) + ")\n",
    )
    yield (
        "globals_declared",
        "def f():\n    global " + ",".join(f"a{i}" for i in range(30_000)) + "\nf()\n" + _KERAS,
    )
    yield (
        "annotations",
        "".join(f"a{i}: 'list[tuple[int, {i}]]' = {i}\n" for i in range(20_000)) + _KERAS,
    )
    yield "models_in_models", "m = keras.Model(x, x)\n" + "m = keras.Model(x, m(x))\n" * 5_000
    yield "sequentials", "keras.Sequential([" + "layers.Dense(3)," * 25_000 + "])\n"


def _text() -> Iterator[tuple[str, str]]:
    yield "string_of_two_million", "a = '" + "a" * 1_900_000 + "'\n" + _KERAS
    yield "docstring", "'''\n" + "layers.Add()([x, y])\n" * 40_000 + "'''\n" + _KERAS
    yield "escapes", "a = '" + r"\N{BULLET}" * 75_000 + "'\n" + _KERAS
    yield "names_of_a_million", "a" * 900_000 + " = x\ny = " + "a" * 900_000 + "\n"
    yield (
        "names_that_normalize",
        "".join(f"ﬁ{i} = layers.Add()([x, x])\ny = fi{i}\n" for i in range(10_000)),
    )
    yield "names_right_to_left", "".join(f"\u05d0{i} = layers.Dense(3)(x)\n" for i in range(15_000))
    yield "combining_marks", "a = '" + "e\u0301\u0302" * 150_000 + "'\n" + _KERAS
    yield "surrogate_escapes", "a = '" + r"\ud800" * 100_000 + "'\nlayers.Dense(3, name=a)(x)\n"
    yield "emoji", "a = '" + "\U0001f600" * 200_000 + "'\n" + _KERAS
    yield (
        "bidirectional_marks",
        "".join(f"a{i} = 'a\u202e{i}\u2066'\n" for i in range(20_000)) + _KERAS,
    )
    yield (
        "long_layer_name",
        "layers.Add(name='"
        + "n" * 900_000
        + "')([x, layers.Dense(4, name='"
        + "m" * 900_000
        + "')(x)])\n",
    )
    yield "carriage_returns", ("y = x\r\n" + "z = y\r") * 30_000 + _KERAS
    yield "tabs", "\t" * 1_000_000 + "\n" + _KERAS
    yield "noqa_of_a_million", _KERAS[:-1] + "  # noqa: " + "KML101," * 135_000 + "\n"
    yield "encoding_declared", "# -*- coding: latin-1 -*-\n" * 30_000 + _KERAS


def _shapes() -> Iterator[tuple[str, str]]:
    yield "shape_of_a_million", "keras.Input((" + "1," * 900_000 + "))\n"
    yield "shape_of_unknowns", "import b\nkeras.Input((" + "b.c," * 100_000 + "))\n"
    yield (
        "sum_of_sizes",
        "import b\nn = " + "+".join(f"b.c{i}" for i in range(10_000)) + "\nlayers.Dense(n)(x)\n",
    )
    yield (
        "product_of_sizes",
        "def f("
        + ",".join(f"a{i}" for i in range(200))
        + "):\n    n = "
        + "*".join(f"(a{i} + {i})" for i in range(200))
        + "\n    return layers.Add()([layers.Dense(n)(x), layers.Dense(n + 1)(x)])\n",
    )
    yield (
        "divisions_of_sizes",
        "def f(n):\n"
        + "    n = (n + 1) // 2 + n // 3\n" * 2_000
        + "    return layers.Add()([layers.Dense(n)(x), x])\n",
    )
    yield "concatenations_that_double", "y = x\n" + "y = layers.Concatenate()([y, y])\n" * 5_000
    yield (
        "everything_with_everything",
        "ys = [layers.Dense(3)(x) for i in range(400)]\nzs = [layers.Add()([a, b]) for a in ys for b in ys]\n",
    )
    yield (
        "dense_blocks",
        "ys = [x]\nfor i in range(2000):\n    ys.append(layers.Conv2D(4, 1)(layers.Concatenate()(ys + [x])))\n",
    )
    yield (
        "one_merge_of_all",
        "ys = [layers.Dense(3)(x) for i in range(9000)]\nfor i in range(2, 9000):\n    layers.Add()(ys[:i])\n",
    )


def _numbers() -> Iterator[tuple[str, str]]:
    yield "tower_of_powers", "n = 10 ** 10 ** 6\nkeras.Input((n, n * n, n ** n))\n"
    yield "sizes_of_many_digits", "n = 7\n" + "n = n * n\nlayers.Dense(n)(x)\n" * 12_000
    yield (
        "string_of_a_billion",
        "a = 'a' * 10 ** 9\nb = [a] * 10 ** 9\nkeras.Input((len(a), len(b)))\n",
    )
    yield "strings_that_double", "a = 'ab'\n" + "a = a + a\nb = a.replace('a', a)\n" * 12_000
    yield (
        "strings_added_in_a_loop",
        "a = ''\nfor i in range(10 ** 6):\n    a += 'layer_%d' % i\n" * 900,
    )
    yield (
        "regexes_that_backtrack",
        "import re\na = 'a' * 5000 + 'b'\n"
        + "b = re.match('(a+)+$', a)\nif b: x = layers.Dense(3)(x)\n"
        + "re.sub('(a|a)*c', '', a)\nre.findall('(.*)*d', a)\n" * 4_000,
    )
    yield (
        "regexes_of_many_kinds",
        "import re\n" + "".join(f"re.match('(x+x+)+{i}', 'x' * {i + 30})\n" for i in range(6_000)),
    )


def _configurations() -> Iterator[tuple[str, str]]:
    yield (
        "configuration_of_dicts",
        "c = {"
        + "".join(
            f"'b{i}': {{'units': {i + 1}, 'name': 'n{i}', 'next': ['b{i + 1}']}},"
            for i in range(8_000)
        )
        + "}\nfor k, v in c.items():\n    x = layers.Dense(v['units'], name=v['name'])(x)\n",
    )
    yield (
        "match_with_thousands_of_patterns",
        "def f(k, *a):\n    match k:\n"
        + "".join(
            f"        case {{'a': {i}, 'b': [b, *c]}} | [{i}, b, *c] if b: return layers.Add()([a[0], a[{i}]])\n"
            for i in range(2_000)
        ),
    )
    yield (
        "list_that_holds_itself",
        "a = []\n"
        + "a.append(a)\nb = [a, *a]\nlayers.Add()(b)\nlayers.Concatenate()([x, a])\n" * 4_000,
    )
    yield (
        "lists_in_lists_in_a_loop",
        "a = [x]\nfor i in range(10 ** 5):\n    a = [a, a]\nlayers.Add()(a)\nb = str(a)\nc = a == [a, a]\n",
    )
    yield (
        "stars_of_stars",
        "a = [x, x]\n" + "a, *b = [*a, *a]\na = [*b, a]\n" * 900 + "layers.Add()(a)\n",
    )
    yield (
        "comprehensions_in_comprehensions",
        "a = " + "[" * 60 + "layers.Dense(i)(x)" + " for i in range(1, 9)]" * 60 + "\n",
    )
    yield (
        "f_strings_that_name_layers",
        "".join(
            f"x = layers.Dense(3, name=f'block{{{i}}}_{{x.shape}}_{{len(str({i})):>{{{i}}}}}')(x)\n"
            for i in range(4_000)
        ),
    )
    yield (
        "strings_put_together",
        "a = 'n'\n" + "a = a + '_' + str(1)\nx = layers.Dense(3, name=a)(x)\n" * 9_000,
    )
    yield (
        "dataclass_of_thousands",
        "from dataclasses import dataclass\n@dataclass\nclass C:\n"
        + "".join(f"    a{i}: int = {i}\n" for i in range(12_000))
        + "c = C()\nlayers.Add()([layers.Dense(c.a1)(x), layers.Dense(c.a11999)(x)])\n" * 20,
    )


def _failures() -> Iterator[tuple[str, str]]:
    """Findings take more: they are looked for under other assumptions, and have messages."""
    bad = "layers.Add()([x, layers.Dense({})(x)])\n"
    yield "thousands_of_findings", "".join(bad.format(i + 4) for i in range(8_000))
    yield (
        "findings_that_other_keras_may_not_have",
        "from keras import backend as K\nK.image_data_format() == 'channels_first'\n"
        "i = keras.Input((3, 224, 224), name='dim_ordering')\nlayers.Conv2D(3, 3, 3, data_format='channels_first')(i)\n"
        + "".join(f"try:\n    {bad.format(i + 4)}except ValueError: pass\n" for i in range(6_000)),
    )
    yield (
        "thousands_of_methods_that_fail",
        "class L(layers.Layer):\n"
        + "".join(
            f"    def m{i}(self, a): return layers.Add()([x, layers.Dense({i + 4})(x), a])\n"
            for i in range(5_000)
        ),
    )
    yield (
        "findings_behind_calls",
        "def f0(a, n): return layers.Add()([a, layers.Dense(n)(a)])\n"
        + "".join(f"def f{i + 1}(a, n): return f{i}(f{i}(a, n + 1), n)\n" for i in range(1_000))
        + "f1000(x, 5)\n",
    )
    yield (
        "findings_that_need_witnesses",
        "".join(
            f"def f{i}(a, b, n):\n    if n > {i}:\n        c = layers.Concatenate()([layers.Dense(n)(a), b])\n"
            f"        return layers.Add()([layers.Conv2D(n + 1, 3)(c), layers.Conv2D(n, 3)(c)])\n    return a\n"
            for i in range(1_500)
        ),
    )
    yield (
        "hierarchy_of_models",
        "class M0(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.d0 = layers.Dense(3)\n"
        "    def call(self, a): return self.d0(a)\n"
        + "".join(
            f"class M{i + 1}(M{i}):\n    def __init__(self):\n        super().__init__()\n        self.d{i + 1} = layers.Dense(3)\n"
            f"    def call(self, a): return layers.Add()([super().call(a), self.d{i + 1}(a)])\n"
            for i in range(500)
        )
        + "M500()(x)\n",
    )
    yield (
        "functions_that_call_each_other",
        "def f(a, n): return layers.Add()([g(a, n - 1), h(a, n - 2)])\n"
        "def g(a, n): return layers.Concatenate()([h(a, n), f(a, n - 1)]) if n else a\n"
        "def h(a, n): return g(f(a, n - 1), n) if n > 0 else f(a, n + 5)\nf(x, 30)\n" * 400,
    )


HOSTILE_PROGRAMS: dict[str, str] = {name: HEAD + text for name, text in _programs()}
