"""A merge behind a failure works where that is mended; findings never rest on what a mended call gives."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.contracts.met import is_behind_failure
from kerasmergelint.tracker.program.merge_keys import key_of
from kerasmergelint.tracker.program.reaching import Contributions
from kerasmergelint.tracker.program.report import Report, Watch

_START = """import keras
import tensorflow as tf
from keras import Input, layers
a, b = Input((8, 8, 3)), Input((8, 9, 3))
"""


def watched(program: str, watch: Watch = Watch.MERGES) -> Report:
    report = analyse(_START + program, "program.py", Settings(), watch=watch)
    report.add_unreached()
    assert not report.errors
    return report


def last_of(program: str) -> tuple[Verdict, str]:
    *_, merge = watched(program).merges.values()
    return merge.verdict, merge.reason


_FAILURES = {
    "sizes differ at one axis": "x = layers.Concatenate()([a, b])",
    "sizes differ at two axes": "x = layers.Add()([a, Input((7, 9, 3))])",
    "a size becomes negative": "x = layers.Conv2D(4, 9)(a)",
    "wrong rank": "x = layers.Conv2D(4, 3)(Input((8, 3)))",
    "capitals": "x = layers.UpSampling2D(interpolation='CUBIC')(a)",
    "no such argument": "x = layers.Conv2D(4, 3, filter_size=3)(a)",
    "raw TensorFlow": "x = tf.slice(a, [0, 0, 0, 0], [1, 4, 4, 3])",
    "an operator": "x = layers.Dense(4)(a + b)",
}


@pytest.mark.parametrize("failure", _FAILURES.values(), ids=_FAILURES)
def test_a_merge_works_once_the_failure_before_it_is_mended(failure: str) -> None:
    program = f"{failure}\nlayers.Add()([layers.Dense(4)(x), layers.Dense(4)(x)])\n"
    assert last_of(program) == (Verdict.CONDITIONAL, "line 5 is mended")


def test_what_fits_is_kept_of_the_sizes() -> None:
    """Rows and channels of the first merge are known, so that this one fits whatever the columns."""
    program = """
x = layers.Concatenate()([a, b])
layers.Add()([layers.GlobalAveragePooling2D()(x), layers.Dense(6)(Input((2,)))])
"""
    assert last_of(program) == (Verdict.CONDITIONAL, "line 6 is mended")


def test_a_size_that_did_not_fit_stays_open() -> None:
    program = "x = layers.Concatenate()([a, b])\nlayers.Concatenate()([x, a])\n"
    verdict, condition = last_of(program)
    assert verdict is Verdict.CONDITIONAL
    assert condition == "line 5 is mended and x[2] = 8"


def test_the_condition_names_the_lines_that_fail() -> None:
    failing = "x = layers.Conv2D(4, 9)(a)\n"
    *_, merge = watched(f"{failing * 2}layers.Add()([x, x])\n").merges.values()
    assert merge.reason == "line 5 and line 6 are mended"
    *_, merge = watched(f"{failing * 5}layers.Add()([x, x])\n").merges.values()
    assert merge.reason == "line 5, line 6, line 7 and 2 more are mended"


def test_what_python_does_not_reach_is_followed_as_well() -> None:
    program = """
n = Input((None, 4)).shape[1] * 2
layers.Add()([a, layers.Conv2D(3, 1)(a)])
"""
    assert last_of(program) == (Verdict.CONDITIONAL, "line 6 is mended")


def test_the_failure_may_be_in_a_function() -> None:
    program = """
def block(x):
    x = layers.UpSampling2D(interpolation="CUBIC")(x)
    return layers.Add()([x, layers.Conv2D(3, 1)(x)])

y = block(a)
"""
    assert last_of(program) == (Verdict.CONDITIONAL, "line 7 is mended")


def test_a_merge_that_rests_on_no_failure_is_safe() -> None:
    program = "layers.Concatenate()([a, b])\nlayers.Add()([a, layers.Conv2D(3, 1)(a)])\n"
    assert last_of(program) == (Verdict.SAFE, "")


@pytest.mark.parametrize("watch", [Watch.NOTHING, Watch.MERGES, Watch.CONTRACTS])
def test_no_finding_rests_on_what_a_mended_call_gives(watch: Watch) -> None:
    """A mended first line would have six channels, with which the second could not be added."""
    program = """
x = layers.Concatenate()([a, b])
layers.Add()([layers.GlobalAveragePooling2D()(x), layers.Dense(5)(Input((2,)))])

def helper(x):
    return layers.Add()([x, layers.Conv2D(8, 3)(Input((8, 8, 3)))])

helper(layers.Conv2D(4, 9)(a))
"""
    found = [event.callee for event in watched(program, watch).events]
    assert found == ["Concatenate", "Conv2D"]


@pytest.mark.parametrize("wrapper", ["TimeDistributed", "Bidirectional", "SpectralNormalization"])
def test_a_wrapper_around_what_failed_fails_no_more(wrapper: str) -> None:
    """Keras gets no further than the inner layer: that no model ends in a layer is not told as well."""
    program = f"x = layers.{wrapper}(layers.Dense(None)(a))\nkeras.Model(a, x)\n"
    assert [event.callee for event in watched(program, Watch.NOTHING).events] == ["Dense"]


def test_what_is_behind_a_failure_is_judged_by_the_run_of_its_own_file() -> None:
    """A file that imports this one tells nothing of it: the failure is not told there either."""
    program = "x = layers.MaxPooling2D(2, padding='none')(a)\nlayers.Concatenate()(x)\n"
    (merge,) = watched(program).merges.values()
    assert is_behind_failure(merge)
    told = Contributions()
    told.add(None, {key_of(merge): merge}, [merge], home="train.py")
    assert told.found == []
    told.add(None, {key_of(merge): merge}, [merge], home="program.py")
    assert [one.merge for one in told.found] == [merge]


_MISTAKES = {
    "a name that is not bound": "x = missing(a)",
    "the wrong number of arguments": "def one(): return 1\nx = one(2)",
    "an index out of range": "x = [a, b][2]",
    "an attribute that a class does not have": "class Own: pass\nx = Own().made(a)",
}


@pytest.mark.parametrize("mistake", _MISTAKES.values(), ids=_MISTAKES)
def test_a_merge_behind_a_mistake_works_once_that_is_mended(mistake: str) -> None:
    line = 5 + mistake.count("\n")
    program = f"{mistake}\nlayers.Add()([layers.Dense(4)(a), layers.Dense(4)(a)])\n"
    assert last_of(program) == (Verdict.CONDITIONAL, f"line {line} is mended")


_MEANT = {
    "raise": "raise ValueError('no model here')",
    "a call that raises": "def stop():\n    raise ValueError\nstop()",
    "assert": "assert a.shape[1] == 9",
    "exit": "import sys\nsys.exit()",
}


@pytest.mark.parametrize("end", _MEANT.values(), ids=_MEANT)
def test_nothing_goes_on_where_the_program_means_to_end(end: str) -> None:
    program = f"{end}\nlayers.Add()([layers.Dense(4)(a), layers.Dense(4)(a)])\n"
    assert last_of(program)[0] is Verdict.UNKNOWN


def test_a_mistake_that_the_program_catches_is_none() -> None:
    program = """
def built():
    x = missing(a)
    return layers.Add()([layers.Dense(4)(x), layers.Dense(5)(x)])
try:
    y = built()
except NameError:
    y = layers.Add()([layers.Dense(4)(a), layers.Dense(4)(a)])
"""
    (handler,) = [m for m in watched(program).merges.values() if m.verdict is Verdict.SAFE]
    assert handler.callee == "Add"
