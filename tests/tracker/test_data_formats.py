"""Files that count on the channels coming first, though they do not set that.

What fails in that format as well is a finding of its own; all else has one cause, and is told once.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

# name: (the file, what is found in it)
FILES = {
    "a shape with the channels first": (
        "def model():\n    return Sequential([Conv2D(8, 3, input_shape=(3, 224, 224)), MaxPooling2D()])",
        ["KML302"],
    ),
    "channels that have a name": (
        "def model(channels=1):\n    x = Input((channels, 28, 28))\n    return MaxPooling2D()(x)",
        ["KML302"],
    ),
    "sizes of data": (
        "import numpy as np\ndef model(X):\n    input_shape = (1, X.shape[2], X.shape[3])\n"
        "    return Sequential([Conv2D(8, (200, 1), input_shape=input_shape)])\n"
        "model(np.zeros((4, 1, 200, 911)))",
        ["KML302"],
    ),
    "sizes of an object": (
        "class Net:\n    def __init__(self):\n        self.channels, self.rows = 3, 64\n"
        "    def model(self):\n        x = Input((self.channels, self.rows, self.rows))\n"
        "        return MaxPooling2D(4)(x)\n"
        "Net().model()",
        ["KML302"],
    ),
    "the format in some layers": (
        "def model():\n    x = MaxPooling2D()(Input((2, 8, 12)))\n"
        "    y = MaxPooling2D(data_format='channels_first')(Input((2, 8, 12)))\n"
        "    return Concatenate(axis=1)([x, y])",
        ["KML101"],
    ),
    "what fails either way": (
        "def model():\n    x = Input((3, 224, 224))\n    y = Input((3, 224, 225))\n"
        "    return Concatenate(axis=1)([x, y])",
        ["KML101"],
    ),
    "the channels last": (
        "def model():\n    x = Input((1, 28, 28))\n    y = Input((224, 224, 3))\n"
        "    return MaxPooling2D(225)(y)",
        ["KML302"],
    ),
    "a file that makes the setting": (
        "keras.backend.set_image_data_format('channels_last')\nMaxPooling2D()(Input((1, 28, 28)))",
        ["KML302"],
    ),
}


IMPORTS = (
    "import tf_keras as keras\nfrom tf_keras import Input, Model, Sequential\n"
    "from tf_keras.layers import Add, Concatenate, Conv2D, MaxPooling2D, UpSampling2D\n"
)
THREE_MODELS = (
    IMPORTS + "def one():\n    return MaxPooling2D()(Input((1, 28, 28)))\n"
    "def other():\n    return MaxPooling2D()(Input((1, 20, 20)))\n"
    "def third():\n    return MaxPooling2D()(Input((1, 32, 32)))\n"
)


@pytest.mark.parametrize(("program", "codes"), FILES.values(), ids=FILES)
def test_what_is_found(program: str, codes: list[str]) -> None:
    found = check_source(IMPORTS + program, "program.py", Settings())
    assert [finding.code for finding in found] == codes


def test_what_the_setting_alone_decides_is_one_finding() -> None:
    (finding,) = check_source(THREE_MODELS, "program.py", Settings())
    assert finding.line == 5
    assert "written for the setting channels_first, and 2 more findings follow" in finding.message


def test_all_are_listed_where_their_code_is_enabled() -> None:
    found = check_source(THREE_MODELS, "program.py", Settings(enabled=("KML302",)))
    assert [finding.line for finding in found] == [5, 7, 9]


def test_a_merge_that_is_only_fragile_with_the_channels_last_shows_no_setting() -> None:
    program = (
        f"{IMPORTS}shapes = dict(input_shape=(3, 32, 32))\nx = Input((4, None, 16))\n"
        "y = UpSampling2D((1, 2))(MaxPooling2D((1, 2))(x))\nmodel = Model(x, Add()([x, y]))\n"
    )
    assert check_source(program, "program.py", Settings(enabled=("KML2",))) == []


def test_another_file_of_the_project_may_set_it(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text("K.set_image_data_format('channels_first')\nimport net\n")
    path = tmp_path / "net.py"
    path.write_text(THREE_MODELS)
    assert check_source(THREE_MODELS, str(path), Settings()) == []


def test_a_notebook_of_the_project_may_set_it(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    lines = ["from net import *\n", "K.set_image_data_format('channels_first')\n"]
    cell = {"cell_type": "code", "source": lines}
    (tmp_path / "train.ipynb").write_text(json.dumps({"cells": [cell]}))
    path = tmp_path / "parts" / "models" / "net.py"
    path.parent.mkdir(parents=True)
    path.write_text(THREE_MODELS)
    assert check_source(THREE_MODELS, str(path), Settings()) == []
