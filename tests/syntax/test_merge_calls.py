"""The calls that look like merges, whether or not anything leads to them."""

from __future__ import annotations

from textwrap import dedent

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.findings import Places
from kerasmergelint.syntax.deep import run_deep
from kerasmergelint.syntax.merge_call import Evidence, MergeCall
from kerasmergelint.syntax.merge_calls import merge_calls
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.source import Span
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from tests.syntax.merge_spellings import SPELLINGS


def listed(text: str) -> list[MergeCall]:
    code = run_deep(lambda: parse(text, "file.py"))
    assert code is not None
    return list(merge_calls(code))


def found(text: str) -> list[tuple[str, int, int]]:
    """What names are sure of."""
    calls = [call for call in listed(text) if call.evidence is not Evidence.NONE]
    return [(call.name, call.span.line, call.span.column) for call in calls]


def left_open(text: str) -> list[str]:
    return [call.name for call in listed(text) if call.evidence is Evidence.NONE]


def marked(text: str) -> list[tuple[str, int]]:
    """The merges that the comments of an example tell of, each with its line."""
    return sorted(
        (name.strip(), number)
        for number, line in enumerate(text.splitlines(), 1)
        for name in line.partition("#: ")[2].split(",")
        if name
    )


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_merge_is_found_in_every_spelling(name: str) -> None:
    text = dedent(SPELLINGS[name])
    assert sorted((merge, line) for merge, line, _ in found(text)) == marked(text)


def test_layers_and_functions_in_the_order_of_the_text() -> None:
    text = (
        "from keras.layers import Add, add, concatenate as join\n"
        "import keras\n"
        "y = Add()([a, b])\n"
        "def f(x=add([a, b])):\n"
        "    é = 'ü', keras.layers.Concatenate(axis=1)([join([a, b]), c])\n"
        "    return layers.add([a, lambda: L.concatenate([b])])\n"
    )
    assert found(text) == [
        ("Add", 3, 4), ("Add", 4, 8), ("Concatenate", 5, 13), ("Concatenate", 5, 47), ("Add", 6, 11),
        ("Concatenate", 6, 34),
    ]  # fmt: skip


def test_what_only_has_the_name_is_none() -> None:
    assert found("import numpy\nnumpy.add(a, b)\nadd(a, b)\nAdd\nAdd()\nx.add(y)\n") == []
    assert found("from operator import add\nadd(a, b)\nfrom . import layers_\n") == []
    assert listed("x = 'Add()([a, b])'  # add\n") == []


def test_what_names_leave_open_is_listed_as_that() -> None:
    assert left_open("def f(x, y, join):\n    join([x, y])\n    return x + y\n") == ["join", "+"]
    assert left_open("from .parts import fuse\nfuse(a, b)\nfuse('a', 2)\n") == ["fuse"]
    assert left_open("import numpy as np\nnp.ones(3) * np.ones(3)\n") == ["*"]
    assert left_open("from keras import Model\nm = Model(a, b)\nm(x)\n") == ["m"]


def test_numbers_are_not_even_left_open() -> None:
    assert listed("n = 3\nfor i in range(n):\n    n += i * 2 + len(x)\n'a %s' % c\n") == []
    assert listed("def f(n: int, rate: float = 0.5):\n    return n * rate\n") == []
    assert listed("print(a.shape[0])\nrange(3)\nmax(1, 2)\nlogging.getLogger('x')\n") == []


def test_a_call_knows_where_it_ends() -> None:
    (call,) = listed("x = (Add(\n)([a,\n  b]))\n")
    assert call == MergeCall(Span(1, 5, 3, 5), "Add", Evidence.CALLEE)


def test_an_operator_stands_where_the_tracker_sees_it() -> None:
    text = "import keras\nx = keras.Input((3,))\ny = (x) + (\n  x * x)\ny += (x)\n"
    report = analyse(text, "file.py", Settings())
    places = Places(report)
    met = {places.span(merge.site) for merge in report.merges.values()}
    assert {call.span for call in listed(text)} == met and len(met) == 3


# -- files that libcst can not read, or not in time ------------------------------------------

_MERGES = (
    "from keras import layers, ops as o\nimport tensorflow as tf\n"
    "class A:\n    def f(self, x=tf.concat([a, b], 0)):\n"
    "        return layers.Add()([x, lambda y: o.add(x, y)])\n"
    "seen.add(1)\n"
)


@pytest.mark.parametrize(
    "rest",
    [
        'brackets = "' + "(" * 300 + '"\n',
        "def long(x):\n" + "    x = f(x, x, x)\n" * 3000,
    ],
    ids=["brackets", "one name"],
)
def test_then_the_words_of_a_call_tell(rest: str) -> None:
    assert found(_MERGES + rest) == [("tf.concat", 4, 18), ("Add", 5, 15), ("ops.add", 5, 42)]


def test_a_failure_of_libcst_is_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    from libcst.metadata import MetadataWrapper

    def fail(self: object, provider: object) -> None:
        raise KeyError("a bug of libcst")

    monkeypatch.setattr(MetadataWrapper, "resolve", fail)
    assert found(_MERGES) == [("tf.concat", 4, 18), ("Add", 5, 15), ("ops.add", 5, 42)]


# -- verdicts --------------------------------------------------------------------------------


def test_each_merge_gets_one_verdict_however_often_it_is_asked_for() -> None:
    text = (
        "import keras\nfrom keras.layers import Add, Dense\n"
        "x = keras.Input((3,))\ny = Add()([x, Dense(3)(x)])\n"
        "if False:\n    z = Add()([x, Dense(4)(x)])\n"
    )
    report = analyse(text, "file.py", Settings())
    assert [merge.verdict for merge in report.merges.values()] == [Verdict.SAFE]
    report.add_unreached()
    report.add_unreached()
    verdicts = [merge.verdict for merge in report.merges.values()]
    assert verdicts == [Verdict.SAFE, Verdict.UNKNOWN]


def test_each_run_of_the_file_counts_for_its_merges() -> None:
    """A condition that is not known makes two runs, each of which reaches merges of its own."""
    text = (
        "import keras, os\nfrom keras.layers import Add, Dense\n"
        "x = keras.Input((3,))\ny = Add()([x, Dense(3)(x)])\n"
        "if os.environ:\n    z = Add()([x, Dense(3)(y)])\n"
        "else:\n    z = Add()([x, Dense(4)(x)])\n"
    )
    report = analyse(text, "file.py", Settings())
    report.add_unreached()
    places = Places(report)
    told = [(places.in_main(m.site), places.span(m.site).line) for m in report.merges.values()]
    assert sorted(told) == [(True, 4), (True, 6), (True, 8)]
