"""What a program defines for itself and never comes to, because it ends before."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import sys
from keras import Input, layers


def merge():
    return layers.Add()([Input((4,)), Input((5,))])


class Net:
    def build(self):
        return layers.Add()([Input((4,)), Input((5,))])


{end}
{use}
"""


def codes(end: str, use: str) -> list[str]:
    program = PROGRAM.format(end=end, use=use)
    return [one.code for one in check_source(program, "program.py", Settings())]


@pytest.mark.parametrize(
    "end", ["sys.exit()", "exit()", "raise SystemExit", "raise ValueError('later')"]
)
def test_a_program_that_ends_always(end: str) -> None:
    assert codes(end, "merge()\nNet().build()") == []
    assert codes(f"def main():\n    {end}\n    merge()\n\nmain()", "Net().build()") == []


def test_one_that_may_end() -> None:
    assert codes("if len(sys.argv) < 2:\n    sys.exit()", "merge()\nNet().build()") == [
        "KML111",
        "KML111",
    ]


def test_what_others_may_call() -> None:
    assert codes("if __name__ == '__main__':\n    sys.exit()", "") == ["KML111", "KML111"]
