"""What stands in a cell of a table, or in an array of which no type is known, may be any object."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

START = """
import numpy as np
import pandas as pd
import keras

table = pd.read_csv("stories.csv")
table["numbers"] = [[1, 2], [3]]
made = pd.DataFrame({"text": ["one", "other"]})
"""
USES = [
    "table['numbers'][0][0]",
    "table['text'][0][0]",
    "table.text[0].lower()[0]",
    "[text[0] for text in table['text']]",
    "made['text'][0][0]",
    "np.array(table['numbers'][0][0])[None, None]",
]


@pytest.mark.parametrize("use", USES)
def test_a_cell_may_be_taken_apart(use: str) -> None:
    assert check_source(f"{START}print({use})\n", "program.py", Settings()) == []


def test_a_number_may_not() -> None:
    source = f"{START}print(np.random.rand(3)[0][0])\n"
    assert [one.code for one in check_source(source, "program.py", Settings())] == ["KML131"]
