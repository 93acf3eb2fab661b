"""The calls that look like merges, whether or not anything leads to them."""

from __future__ import annotations

from kerasmergelint.options import Settings
from kerasmergelint.rules.findings import Places
from kerasmergelint.syntax.deep import run_deep
from kerasmergelint.syntax.merge_calls import merge_calls
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.source import Span
from kerasmergelint.syntax.unread import Unread
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse

CLASSES, FUNCTIONS = {"Add", "Concatenate"}, {"add", "concatenate"}


def found(text: str) -> list[tuple[str, int, int]]:
    code = run_deep(lambda: parse(text, "file.py"))
    assert not isinstance(code, Unread)
    calls = merge_calls(code, CLASSES, FUNCTIONS)
    return [(name, span.line, span.column) for span, name in calls]


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
        ("Add", 3, 4), ("add", 4, 8), ("Concatenate", 5, 13), ("join", 5, 47), ("add", 6, 11),
        ("concatenate", 6, 34),
    ]  # fmt: skip


def test_what_only_has_the_name_is_none() -> None:
    assert found("import numpy\nnumpy.add(a, b)\nadd(a, b)\nAdd\nAdd()\nx.add(y)\n") == []
    assert found("from operator import add\nadd(a, b)\nfrom . import layers_\n") == []
    assert found("x = 'Add()([a, b])'  # add\n") == []


def test_a_call_knows_where_it_ends() -> None:
    code = run_deep(lambda: parse("x = (Add(\n)([a,\n  b]))\n", "file.py"))
    assert not isinstance(code, Unread)
    assert merge_calls(code, CLASSES, FUNCTIONS) == [(Span(1, 5, 3, 5), "Add")]


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
