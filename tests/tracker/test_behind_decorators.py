"""What stands in functions behind decorators of other libraries, and what calls of them give."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

HEAD = """
import keras
import numpy as np
from keras.layers import Add, Dense
"""
FAILS = "Add()([keras.Input((3,)), keras.Input((4,))])"
ROUTE = """
from flask import Flask

app = Flask(__name__)
model = keras.Sequential([keras.Input((8,)), Dense(3)])

@app.route("/predict", methods=["POST"])
def predict():
    return str(model.predict(np.zeros((1, 9))))
"""
CACHED = """
import streamlit as st

@st.cache_resource{call}
def load():
    return keras.Sequential([keras.Input((8,)), Dense(3)])

load().predict(np.zeros((2, 9)))
"""
METHOD = f"""
from absl.testing import parameterized

class Test(parameterized.TestCase):
    @parameterized.named_parameters(("a", 3), ("b", 4))
    def test_sum(self, units):
        {FAILS}
"""


def lines(program: str) -> list[int]:
    return [found.line for found in check_source(program, "net.py", Settings())]


@pytest.mark.parametrize(
    "program",
    [ROUTE, CACHED.format(call=""), CACHED.format(call="(show_spinner=False)"), METHOD],
    ids=["route", "cached", "cached with options", "test"],
)
def test_it_is_followed(program: str) -> None:
    program = HEAD + program
    assert lines(program) == [program.count("\n")]


@pytest.mark.parametrize(
    "decorator",
    [
        "@pytest.mark.xfail(raises=ValueError)",
        "@pytest.mark.skip",
        "@unittest.expectedFailure",
        "@raises(ValueError)",
        "@mock.patch('keras.layers.Add')",
    ],
)
def test_what_is_not_meant_to_work_is_left_alone(decorator: str) -> None:
    head = (
        HEAD
        + "import pytest\nimport unittest\nfrom unittest import mock\nfrom server import app, raises\n"
    )
    program = head + f"{decorator}\ndef test_sum(_=None):\n    {FAILS}\n"
    assert lines(program) == []
    assert lines(program.replace(decorator, "@app.route('/')")) == [program.count("\n")]


def test_who_decorates_may_give_other_values_than_the_defaults() -> None:
    program = HEAD + (
        "import gin\n\n"
        "@gin.configurable\n"
        "def build(units=5):\n"
        "    return Add()([keras.Input((units,)), keras.Input((4,))])\n"
    )
    assert lines(program) == []
    assert lines(program.replace("@gin.configurable", "")) == [program.count("\n")]
