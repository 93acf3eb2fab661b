"""What only the program itself would call is no finding where Python has raised before."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_PARTS = """
import argparse
from keras import Input, layers

def build():
    return layers.Add()([Input((3,)), Input((4,))])

class Trainer:
    def __init__(self, args):
        self.args = args

    def build(self):
        return layers.Add()([Input((3,)), Input((4,))])

def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", default="images")
    return parser.parse_args()

def run(args):
    print({reads})
    build()
    Trainer(args).build()
"""
_RUNS = "\nif __name__ == '__main__':\n    run(parse())\n"


def lines(text: str) -> list[int]:
    return [finding.line for finding in check_source(text, "train.py", Settings())]


@pytest.mark.parametrize("reads", ["args.width", "[][0]", "undefined"])
def test_a_program_that_python_stops_does_not_come_to_what_follows(reads: str) -> None:
    assert lines(_PARTS.replace("{reads}", reads) + _RUNS) == []


def test_one_that_goes_on_does() -> None:
    assert lines(_PARTS.replace("{reads}", "args.folder") + _RUNS) == [6, 13]


def test_functions_that_nothing_calls_are_for_others() -> None:
    assert lines(_PARTS.replace("{reads}", "args.width")) == [6, 13]
    others = "\nclass Own(Trainer):\n    pass\n\nbuilders = [build]\n"
    assert lines(_PARTS.replace("{reads}", "args.width") + others + _RUNS) == [6, 13]


def test_a_function_beside_a_failure_that_is_told_is_told_as_well() -> None:
    program = _PARTS.replace("{reads}", "layers.Add()([Input((3,)), Input((5,))])")
    assert lines(program + _RUNS) == [6, 13, 21]
