"""Loops with more rounds than can be paid for do not use up the budget."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.protocol import ProblemKind
from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse, evaluate
from kerasmergelint.tracker.program.report import Watch
from kerasmergelint.tracker.python.patience import Patience

_START = "import keras\nfrom keras import Input, layers\n"
_AFTER = "a, b = Input((3,)), Input((5,))\nlayers.Add()([a, a])\nlayers.Add()([a, b])\n"
_TRAINING = """
for epoch in range(100):
    total = 0
    for batch in range(1000):
        total += batch * 2
        if total > 10:
            total = 0
"""


@pytest.mark.parametrize("loop", [_TRAINING, "n = 1\nwhile n < 10**6:\n    n += 1\n"])
def test_what_stands_behind_a_long_loop_is_followed(loop: str) -> None:
    report = analyse(_START + loop + _AFTER, "train.py", Settings())
    assert report.complete
    assert [merge.verdict for merge in report.merges.values()] == [Verdict.SAFE, Verdict.BROKEN]
    assert len(report.events) == 1


def test_a_loop_that_can_be_paid_for_is_followed_round_by_round() -> None:
    report = evaluate("n = 0\nfor i in range(3000):\n    n += i\n", "sum.py", Settings())
    assert report.module is not None
    assert report.module.scope.variables["n"] == sum(range(3000))


def test_nothing_is_known_of_what_many_rounds_change() -> None:
    loop = "units = 1\nfor i in range(10 ** 5):\n    units = units % 7 + 1\n"
    merge = "x = layers.Dense(units)(Input((3,)))\nlayers.Add()([x, Input((4,))])\n"
    report = analyse(_START + loop + merge, "train.py", Settings())
    assert report.complete
    assert [merge.verdict for merge in report.merges.values()] == [Verdict.UNKNOWN]
    assert report.events == []


def test_the_cheapest_round_counts() -> None:
    budget = Budget(100)
    patience = Patience(budget, range(50))
    lasting = []
    for cost in (40, 1, 1, 1, 1):
        lasting.append(patience.lasts())
        budget.used += cost
    assert lasting == [True] * 5
    patience = Patience(budget, range(50))
    for _ in range(3):
        assert patience.lasts()
        budget.used += 2
    assert not patience.lasts()


def test_two_rounds_are_enough_where_the_rest_is_hopeless() -> None:
    budget = Budget(1_000)
    patience = Patience(budget, range(50))
    lasting = []
    for _ in range(3):
        lasting.append(patience.lasts())
        budget.used += 300
    assert lasting == [True, True, False]


def test_one_round_is_enough_if_all_was_run_before() -> None:
    budget = Budget(100)
    patience = Patience(budget, range(50), before=True)
    assert patience.lasts()
    budget.used += 5
    assert not patience.lasts()


_STEPS = "\n".join(f"    layers.Dense({n + 2})(x)" for n in range(30))
_NESTED = f"""
import keras
from keras import layers

def step(x):
{_STEPS}

def train(batches):
    x = keras.Input((8,))
    done = False
    for epoch in range(400):
        while True:
            for turn in range(5):
                try:
                    batch = next(batches)
                    step(x)
                except StopIteration:
                    done = True
                    break
            if done:
                break
    return layers.Add()([x, x])
"""


def test_what_stands_behind_nested_training_loops_is_followed() -> None:
    report = analyse(_NESTED, "train.py", Settings(), watch=Watch.MERGES)
    assert report.complete
    assert [merge.verdict for merge in report.merges.values()] == [Verdict.SAFE]


def test_what_stands_behind_an_endless_loop_is_never_reached() -> None:
    report = analyse(_START + "while True:\n    pass\n" + _AFTER, "serve.py", Settings())
    assert report.complete
    assert report.events == []


def test_rounds_of_a_loop_of_unknown_length_that_cost_much_are_few() -> None:
    rounds = "".join(f"    x = layers.Dense({n + 2})(x)\n" for n in range(20))
    loop = f"x = Input((3,))\nn = 9999\nwhile n > 1:\n    n = n - 1\n{rounds}"
    report = analyse(_START + loop + _AFTER, "train.py", Settings())
    assert report.complete
    assert report.interpreter is not None
    assert report.interpreter.budget.used < 40_000


CHEAP_LOOPS = {
    "halving": ("n = 2 ** 60\nwhile n > 9:\n    n = n // 2\n", 8),
    "counting": ("n = 0\nwhile n < 700:\n    n += 1\n", 700),
}


@pytest.mark.parametrize("name", CHEAP_LOOPS)
def test_cheap_rounds_are_followed(name: str) -> None:
    loop, units = CHEAP_LOOPS[name]
    merge = f"layers.Add()([layers.Dense(n)(Input((3,))), Input(({units + 1},))])\n"
    report = analyse(_START + loop + merge, "train.py", Settings())
    assert [merge.verdict for merge in report.merges.values()] == [Verdict.BROKEN]


ENDLESS = ["while True:", "while 1:", "for _ in itertools.count():", "for _ in forever():"]
_BEFORE = """
import itertools
import numpy as np

model = keras.Sequential([Input((8, 8)), layers.Flatten(), layers.Dense(3)])
images = np.zeros((50, 8, 8))

def forever():
    while True:
        yield None

def pick():
    {loop}
        answer = input()
        if answer.isdigit():
            {end}
    return None

model.predict(images[pick()][None])
"""


@pytest.mark.parametrize("loop", ENDLESS)
def test_an_endless_loop_ends_by_what_it_returns(loop: str) -> None:
    program = _BEFORE.format(loop=loop, end="return int(answer)")
    report = analyse(_START + program, "ask.py", Settings())
    assert report.complete
    assert report.events == []


@pytest.mark.parametrize("loop", ENDLESS)
def test_an_endless_loop_with_a_break_goes_on_behind_it(loop: str) -> None:
    program = _BEFORE.format(loop=loop, end="break")
    report = analyse(_START + program, "ask.py", Settings())
    assert [event.problem.kind for event in report.events] == [ProblemKind.DATA]


_LEAVING = """
class Menu:
    def __init__(self):
        self.width = None
        self.choose()
        self.layer = layers.Dense(self.width)

    def choose(self):
        {loop}
            answer = input()
            if answer == "small":
                self.width = 8
                {end}

layers.Dense(3)(Menu().layer(Input((3,))))
"""


_SET_BY_SEVERAL_ROUNDS = """
from survey import load

class Widths:
    def __init__(self):
        self.one = self.other = None
        for line in load():
            if line.startswith("one"):
                self.one = 8
            else:
                self.other = 8
        if self.one is None or self.other is None:
            layers.Add()([Input((3,)), Input((5,))])

Widths()
"""


def test_other_rounds_of_a_loop_may_set_attributes() -> None:
    report = analyse(_START + _SET_BY_SEVERAL_ROUNDS, "widths.py", Settings())
    assert report.events == []
    certain = _SET_BY_SEVERAL_ROUNDS.replace("self.other = 8", "pass")
    assert len(analyse(_START + certain, "widths.py", Settings()).events) == 1


@pytest.mark.parametrize("end", ["return", "break"])
@pytest.mark.parametrize("loop", ENDLESS[:2])
def test_an_endless_loop_is_left_with_what_the_last_round_set(loop: str, end: str) -> None:
    program = _LEAVING.format(loop=loop, end=end)
    report = analyse(_START + program, "menu.py", Settings())
    assert report.complete
    assert report.events == []
