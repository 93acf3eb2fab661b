"""Every merge of a file has a verdict: safe only if proved on all paths, unknown with a reason."""

from __future__ import annotations

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import Report, analyse

_START = "import keras\nfrom keras import Input, layers\n"


def verdicts(program: str) -> list[tuple[str, Verdict, str]]:
    report: Report = analyse(_START + program, "program.py", Settings())
    report.add_unreached()
    return [(m.callee, m.verdict, m.reason) for m in report.merges.values()]


def test_safe_and_broken() -> None:
    program = """
a, b = Input((3,)), Input((5,))
layers.Concatenate()([a, b])
layers.Add()([a, b])
"""
    (first, second) = verdicts(program)
    assert first[:2] == ("Concatenate", Verdict.SAFE)
    assert second[:2] == ("Add", Verdict.BROKEN)


def test_unknown_says_why() -> None:
    program = """
import joblib
a = layers.Dense(3)(joblib.load("inputs"))
layers.Add()([a, joblib.load("more")])
"""
    ((_, verdict, reason),) = verdicts(program)
    assert verdict is Verdict.UNKNOWN
    assert "joblib.load" in reason


def test_a_merge_that_no_path_reaches_is_unknown() -> None:
    program = """
def build(x):
    raise NotImplementedError
    return layers.Add()([x, x])
"""
    assert verdicts(program) == [
        ("Add", Verdict.UNKNOWN, "no path that was followed leads here"),
    ]


def test_the_method_of_a_set_is_no_merge() -> None:
    assert verdicts("def f(seen, x):\n    return 1\n    seen.add(x)\n") == []


def test_nothing_is_safe_while_paths_are_left_out() -> None:
    questions = "".join(f"    if flags[{n}]:\n        n += {n}\n" for n in range(60))
    program = f"""
def build(flags):
    n = 0
{questions}    x = layers.Dense(4)(Input((3,)))
    return layers.Add()([x, layers.Dense(4)(x)])
"""
    ((_, verdict, reason),) = verdicts(program)
    assert verdict is Verdict.UNKNOWN
    assert "not all" in reason
