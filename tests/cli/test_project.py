"""Verdicts across a project: a merge is judged where it stands, by the calls of all files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import kerasmergelint

BLOCKS = """\
from keras import layers

def residual(x, filters):
    y = layers.Conv2D(filters, 3, padding="same")(x)
    return layers.Add()([x, y])

def lonely(x, units):
    return layers.Add()([x, layers.Dense(units)(x)])

class Gate(layers.Layer):
    def call(self, inputs):
        features, gate = inputs
        return features * gate
"""
MODEL = """\
from keras import Input, Model
from nets.blocks import Gate, residual

def build():
    x = Input((32, 32, 16))
    y = residual(x, 16)
    return Model(x, Gate()([y, y]))

build()
"""
CELLS = [
    "from keras import Input\n",
    "from nets.blocks import residual\n",
    "residual(Input((8, 8, 4)), 4)\n",
]


def notebook(cells: list[str]) -> str:
    made = [
        {"cell_type": "code", "source": [cell], "metadata": {}, "outputs": [], "execution_count": 1}
        for cell in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "pyproject.toml": "[project]\nname = 'nets'\n",
        "nets/blocks.py": BLOCKS,
        "train/model.py": MODEL,
        "notebooks/try.ipynb": notebook(CELLS),
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def verdicts(folder: Path, *arguments: str) -> dict[int, tuple[str, list[str]]]:
    """By the line in ``blocks.py``: the verdict, and the calls that it rests on."""
    done = kerasmergelint("check", "--verdicts", "--format", "json", *arguments, cwd=folder)
    merges: list[Any] = json.loads(done.stdout)["merges"]
    return {
        merge["line"]: (
            merge["verdict"],
            [
                f"{call['file']}:{call.get('cell_line', call['line'])}"
                for call in merge["called_from"]
            ],
        )
        for merge in merges
        if merge["file"] == "nets/blocks.py"
    }


def test_a_block_is_judged_by_the_calls_of_other_files(folder: Path) -> None:
    assert verdicts(folder, "--no-cache", ".") == {
        5: ("safe", ["notebooks/try.ipynb:1", "train/model.py:6"]),
        8: ("conditional", []),
        13: ("safe", ["train/model.py:7"]),
    }
    assert verdicts(folder, "--no-cache", "nets") == {
        5: ("conditional", []),
        8: ("conditional", []),
        13: ("conditional", []),
    }


def test_the_calls_are_told_to_people(folder: Path) -> None:
    done = kerasmergelint("check", "--no-cache", "--verdicts", ".", cwd=folder)
    assert (
        "nets/blocks.py:5:12: Add: safe (called from notebooks/try.ipynb:cell 3:1, train/model.py:6)\n"
        in done.stdout
    )


def test_neither_order_nor_processes_nor_the_cache_matter(folder: Path, tmp_path: Path) -> None:
    for number in range(20):  # enough for processes
        (folder / "train" / f"more_{number}.py").write_text(MODEL)
    whole = verdicts(folder, "--no-cache", ".")
    assert len(whole[5][1]) == 22
    assert verdicts(folder, "--no-cache", "train", "notebooks", "nets") == whole
    assert verdicts(folder, "--no-cache", "--jobs", "2", ".") == whole
    cache = ("--cache-dir", str(tmp_path / "cache"))
    assert verdicts(folder, *cache, ".") == whole
    assert verdicts(folder, *cache, ".") == whole


def test_a_cached_block_gets_the_verdict_of_a_changed_caller(folder: Path, tmp_path: Path) -> None:
    cache = ("--cache-dir", str(tmp_path / "cache"))
    assert verdicts(folder, *cache, ".")[5][0] == "safe"
    (folder / "train" / "model.py").write_text(MODEL.replace("residual(x, 16)", "residual(x, 8)"))
    assert verdicts(folder, *cache, ".")[5] == (
        "broken", ["notebooks/try.ipynb:1", "train/model.py:6"],
    )  # fmt: skip
    (folder / "train" / "model.py").unlink()
    assert verdicts(folder, *cache, ".")[5] == ("safe", ["notebooks/try.ipynb:1"])
    assert verdicts(folder, *cache, ".")[13][0] == "conditional"


def test_a_caller_that_passes_its_own_parameters_on_decides_nothing(folder: Path) -> None:
    more = "from nets.blocks import residual\n\ndef build(x, n):\n    return residual(x, n)\n"
    (folder / "train" / "more.py").write_text(more)
    assert verdicts(folder, "--no-cache", ".")[5][0] == "conditional"
    more += "\nfrom keras import Input\n\nbuild(Input((9, 9, 3)), 3)\n"
    (folder / "train" / "more.py").write_text(more)
    assert verdicts(folder, "--no-cache", ".")[5][0] == "safe"


def test_a_caller_that_is_called_from_a_third_file_is_no_entry(folder: Path) -> None:
    more = "from nets.blocks import residual\n\ndef build(x, n):\n    return residual(x, n)\n"
    (folder / "nets" / "more.py").write_text(more)
    (folder / "run.py").write_text(
        "from keras import Input\nfrom nets.more import build\n\nbuild(Input((9, 9, 3)), 3)\n"
    )
    assert verdicts(folder, "--no-cache", ".")[5] == (
        "safe", ["notebooks/try.ipynb:1", "run.py:4", "train/model.py:6"],
    )  # fmt: skip


def test_a_function_around_the_block_that_nobody_calls_counts(folder: Path) -> None:
    more = BLOCKS + "\ndef stem(x, n):\n    return residual(x, n)\n"
    (folder / "nets" / "blocks.py").write_text(more)
    assert verdicts(folder, "--no-cache", ".")[5][0] == "conditional"


def test_a_caller_that_was_not_followed_to_its_end_vouches_for_nothing(folder: Path) -> None:
    slow = "".join(f"    n = n + {number}\n" for number in range(60))
    more = MODEL + f"\ndef long(n):\n{slow}\n" + "long(1)\n" * 2_000
    (folder / "train" / "model.py").write_text(more)
    assert verdicts(folder, "--no-cache", ".")[5][0] == "conditional"


def test_each_of_two_operators_in_a_row_has_its_own_verdict(tmp_path: Path) -> None:
    """Both begin in the same column; what they combine is known by the other file only."""
    (tmp_path / "blocks.py").write_text(
        "from keras import layers\ndef block(x, y, z):\n    return x + y + z\n"
        "def twice(x):\n    return layers.Add()([x, x])\n"
    )
    (tmp_path / "model.py").write_text(
        "from keras import Input\nfrom blocks import block\n"
        "block(Input((3,)), Input((3,)), Input((5,)))\n"
    )
    done = kerasmergelint("check", "--verdicts", "--format", "json", ".", cwd=tmp_path)
    merges = [merge for merge in json.loads(done.stdout)["merges"] if merge["line"] == 3]
    assert [merge["column"] for merge in merges] == [11, 11]
    assert [merge["verdict"] for merge in merges] == ["safe", "broken"]
    assert all(merge["called_from"] == [{"file": "model.py", "line": 3}] for merge in merges)


def test_what_a_caller_leaves_open_is_answered_by_the_function_itself(tmp_path: Path) -> None:
    """The call reaches `area` through another function, and says nothing about the sizes."""
    (tmp_path / "boxes.py").write_text(
        "import tensorflow as tf\n"
        "def area(one, other):\n"
        "    return tf.nn.relu(one) - tf.nn.relu(other)\n"
        "def overlap(ends, rest):\n"
        "    return area(ends[..., :2], rest)\n"
    )
    (tmp_path / "model.py").write_text(
        "import json\nfrom boxes import overlap\n"
        "def build(path):\n"
        "    ends, rest = json.load(path)\n"
        "    return overlap(ends, rest)\n"
    )
    done = kerasmergelint("check", "--verdicts", "--format", "json", ".", cwd=tmp_path)
    (merge,) = json.loads(done.stdout)["merges"]
    assert merge["verdict"] == "conditional"
    assert merge["called_from"] != []


def test_an_operator_on_two_parameters_names_the_call_that_makes_it_safe(tmp_path: Path) -> None:
    """The other loss asks for the same sizes before."""
    (tmp_path / "losses.py").write_text(
        "import tensorflow as tf\n"
        "class Focal(tf.keras.losses.Loss):\n"
        "    def call(self, y_true, y_pred):\n"
        "        y_pred = tf.clip_by_value(y_pred, 0.1, 0.9)\n"
        "        return tf.reduce_mean(-0.25 * y_true * tf.math.log(y_pred), axis=(1, 2, 3))\n"
        "class Dice(tf.keras.losses.Loss):\n"
        "    def call(self, y_true, y_pred):\n"
        "        common = tf.reduce_sum(y_true * y_pred, axis=(1, 2))\n"
        "        return tf.reduce_mean(common, axis=-1)\n"
    )
    (tmp_path / "train.py").write_text(
        "import tensorflow as tf\nfrom losses import Dice, Focal\n"
        "class Both(tf.keras.losses.Loss):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.focal = Focal(reduction='none')\n"
        "        self.dice = Dice(reduction='none')\n"
        "    def call(self, y_true, y_pred):\n"
        "        return self.focal(y_true, y_pred) + self.dice(y_true, y_pred)\n"
    )
    done = kerasmergelint("check", "--verdicts", "--format", "json", ".", cwd=tmp_path)
    found = {(one["file"], one["line"]): one for one in json.loads(done.stdout)["merges"]}
    merge = found["losses.py", 8]
    assert merge["verdict"] == "safe"
    assert merge["called_from"] == [{"file": "train.py", "line": 9}]


def test_what_two_calls_ask_differently_is_answered_by_the_function_for_both(
    tmp_path: Path,
) -> None:
    """By one call the last size is 3, by the other it is 4; for the function it is `units`."""
    (tmp_path / "net.py").write_text(
        "from tensorflow.keras import layers\n"
        "def build(read, units=3):\n"
        "    skip = read('skip')\n"
        "    x = layers.Dense(units)(read('x'))\n"
        "    return layers.Add()([x, skip])\n"
    )
    (tmp_path / "main.py").write_text(
        "import json\nfrom net import build\nbuild(json.load, 3)\nbuild(json.load, 4)\n"
    )
    done = kerasmergelint("check", "--verdicts", "--format", "json", ".", cwd=tmp_path)
    (merge,) = json.loads(done.stdout)["merges"]
    assert merge["verdict"] == "conditional"
    assert merge["condition"].startswith("units = 3 and ")
    assert "x and skip have as many axes as each other" in merge["condition"]
    assert "(skip[-1] = 3 or 1)" in merge["condition"]


def test_names_that_a_star_import_brings_from_another_file_are_known(tmp_path: Path) -> None:
    (tmp_path / "common.py").write_text("import tensorflow as tf\n")
    (tmp_path / "net.py").write_text(
        "import keras\nfrom common import *\n"
        "def both(pair):\n    left, right = pair\n    return tf.concat([left, right], axis=1)\n"
    )
    done = kerasmergelint("check", "--verdicts", "--format", "json", "net.py", cwd=tmp_path)
    (merge,) = json.loads(done.stdout)["merges"]
    assert merge["verdict"] == "conditional"
