"""What other files of a project replace is not taken for what a file says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

DEFAULT = """
import keras


class Factory:
    def model(self, args={"shape": (1, 1)}):
        return keras.layers.Conv1D(8, 21)(keras.Input(args["shape"]))


def net(width=3, depth=2):
    return keras.layers.Add()([keras.Input((width,)), keras.Input((4,))])
"""
ATTRIBUTE = """
import keras


class Gan:
    def __init__(self):
        self.width = 3

    def build(self):
        return keras.layers.Conv1D(8, 5)(keras.Input((self.width, 1)))
"""
CHANNELS = """
import keras


def net():
    x = keras.layers.Conv2D(8, 3)(keras.Input((32, 32, 32)))
    return keras.layers.Add()([x, keras.Input((8, 30, 30))])
"""


def lines(program: str, other: str, folder: Path) -> list[int]:
    """Where findings are, in a file beside one that uses it."""
    (folder / "train.py").write_text(f"from net import Gan, net\n{other}")
    return [found.line for found in check_source(program, str(folder / "net.py"), Settings())]


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ("", [7, 11]),
        ("factory.model(args={'shape': (99, 1)})", [11]),
        ("factory.model({'shape': (99, 1)})\nnet(4)", []),
        ("net(width=size(')'), depth=1)", [7]),
        ("net(*sizes)", [7]),
        ("net(**sizes)", [7]),
        # Not every caller gives it.
        ("net(4)\nnet(depth=3)", [7, 11]),
        # The other file means a function of its own.
        ("def net(width):\n    return width\n\n\nnet(4)", [7, 11]),
        ("net(", [7, 11]),
    ],
)
def test_a_default_that_every_caller_replaces(
    other: str, wanted: list[int], tmp_path: Path
) -> None:
    assert lines(DEFAULT, other, tmp_path) == wanted


@pytest.mark.parametrize(("given", "wanted"), [("4", [7]), ("", [7, 11])])
def test_a_notebook_may_be_the_caller(given: str, wanted: list[int], tmp_path: Path) -> None:
    lines = ["%matplotlib inline\n", "from net import *\n", f"model = net({given})"]
    cells = [{"cell_type": "markdown", "source": "net()"}, {"cell_type": "code", "source": lines}]
    (tmp_path / "train.ipynb").write_text(json.dumps({"cells": cells}))
    found = check_source(DEFAULT, str(tmp_path / "net.py"), Settings())
    assert [finding.line for finding in found] == wanted


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ("gan = Gan()\ngan.width = 32\n", []),
        ("gan = Gan()\ngan.depth = 32\n", [10]),
        ("assert Gan().width == 32\n", [10]),
    ],
)
def test_an_attribute_that_another_file_sets(other: str, wanted: list[int], tmp_path: Path) -> None:
    assert lines(ATTRIBUTE, other, tmp_path) == wanted


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ("K.set_image_data_format('channels_first')\nnet()\n", []),
        ("K.set_image_data_format('channels_last')\nnet()\n", [7]),
        ("K.set_image_data_format('channels_first')\n", [7]),
    ],
)
def test_a_data_format_that_the_caller_sets(other: str, wanted: list[int], tmp_path: Path) -> None:
    assert lines(CHANNELS, other, tmp_path) == wanted


@pytest.mark.parametrize(
    ("package", "other", "wanted"),
    [
        ("from .unet import net\n", "from nets import net\nnet(4)\n", [7]),
        ("from .unet import *\n", "import nets\nnets.net(4)\n", [7]),
        # Files that have nothing to do with it.
        ("from .unet import net\n", "from other import net\nnet(4)\n", [7, 11]),
        ("", "from nets import net\nnet(4)\n", [7, 11]),
        ("from .unet import *\n", "import nets\nnet(4)\n", [7, 11]),
    ],
)
def test_a_package_passes_on_what_its_modules_define(
    package: str, other: str, wanted: list[int], tmp_path: Path
) -> None:
    (tmp_path / "nets").mkdir()
    (tmp_path / "nets" / "__init__.py").write_text(package)
    (tmp_path / "train.py").write_text(other)
    found = check_source(DEFAULT, str(tmp_path / "nets" / "unet.py"), Settings())
    assert [finding.line for finding in found] == wanted
