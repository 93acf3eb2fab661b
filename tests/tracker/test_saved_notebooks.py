"""What was saved with a notebook tells which Keras ran it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kerasmergelint.keras_api.versions import V2, V3, Versions
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program.eras import Era
from kerasmergelint.tracker.program.saved import said_by

VERSION = "import tensorflow as tf\nprint(tf.__version__)"
HEAD = "Layer (type)         Output Shape         Param #   "


def _notebook(code: str = "", output: str = "", python: str = "3.12.1") -> bytes:
    lines = [f"{line}\n" for line in output.split("\n")]
    cell: dict[str, Any] = {
        "cell_type": "code",
        "source": code,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": lines}],
    }
    metadata = {"language_info": {"name": "python", "version": python}}
    return json.dumps({"cells": [cell], "metadata": metadata}).encode()


def _versions(notebook: bytes) -> Versions | None:
    said = said_by(notebook)
    return None if said is None else said.versions


@pytest.mark.parametrize("python", ["2.7.18", "3.6.9", "3.8.10"])
def test_no_tensorflow_for_an_old_python_has_keras_3(python: str) -> None:
    assert _versions(_notebook(python=python)) == V2


def test_no_keras_after_the_early_ones_runs_on_python_2() -> None:
    summary = f"{HEAD}\n======\ndense (Dense)"
    eras = {
        code: said.era
        for code in ("from keras.layers import Dense", "from tensorflow.keras.layers import Dense")
        if (said := said_by(_notebook(code, summary, python="2.7.12"))) is not None
    }
    assert list(eras.values()) == [Era.EARLY_2, Era.KNOWN]


@pytest.mark.parametrize("python", ["3.9.1", "3.10.2", "3.12.1", ""])
def test_a_later_python_says_nothing(python: str) -> None:
    assert _versions(_notebook(python=python)) is None


def test_the_version_that_a_cell_prints() -> None:
    assert _versions(_notebook(VERSION, "2.4.1")) == V2
    assert _versions(_notebook(f"{VERSION}; import keras", "TensorFlow 2.16.2")) == V3
    assert _versions(_notebook("import numpy as np\nnp.__version__", "1.19.5")) is None
    assert _versions(_notebook(f"{VERSION}\nprint(np.__version__)", "2.4.1\n1.19.5")) is None


def test_a_summary_as_keras_2_prints_it() -> None:
    assert _versions(_notebook("model.summary()", f"{HEAD}\n======\ndense (Dense)")) == V2
    assert _versions(_notebook("model.summary()", "┃ Layer (type) ┃ Output Shape ┃")) is None
    assert _versions(_notebook("model.summary()", "tf.nn.relu (TFOpLambda)  (None, 4)")) == V2


@pytest.mark.parametrize(
    "output",
    [
        "313/313 [==============================] - 2s 5ms/step - loss: 0.31",
        " 12/313 [>.............................] - ETA: 1s - loss: 2.3",
        "2023-01-09 13:16:38.40: I tensorflow/core/platform/cpu_feature_guard.cc:193] This TensorFlow",
        'File "/venv/lib/python3.9/site-packages/keras/src/engine/training.py", line 1338, in step',
    ],
)
def test_what_no_keras_3_prints(output: str) -> None:
    assert _versions(_notebook("model.fit(x, y)", output)) == V2


@pytest.mark.parametrize(
    "output",
    [
        "313/313 ━━━━━━━━━━━━━━━━━━━━ 2s 5ms/step - loss: 0.31",
        "model.zip  100%[===================>]  1.20M  - 3.1MB/s",
        "2024-05-09 13:16:38.40: I tensorflow/core/platform/cpu_feature_guard.cc:210] This TensorFlow",
        'File "/venv/lib/python3.9/site-packages/keras/src/trainers/trainer.py", line 338, in fit',
    ],
)
def test_what_any_keras_prints(output: str) -> None:
    assert _versions(_notebook("model.fit(x, y)", output)) is None


def test_the_lines_that_an_exception_came_through() -> None:
    cell = {
        "cell_type": "code",
        "source": "model.fit(x, y)",
        "outputs": [
            {
                "output_type": "error",
                "traceback": [
                    "\x1b[0;32m~/site-packages/keras/engine/training.py\x1b[0m in \x1b[0;36mfit"
                ],
            }
        ],
    }
    assert _versions(json.dumps({"cells": [cell]}).encode()) == V2


def test_the_backend_that_early_keras_2_tells() -> None:
    said = said_by(_notebook("import keras", "Using TensorFlow backend."))
    assert said is not None
    assert said.era is Era.EARLY_2


@pytest.mark.parametrize(
    ("layer", "era"),
    [
        ("convolution2d_1 (Convolution2D)  (None, 32, 62, 62)", Era.KERAS_1),
        ("batchnormalization_2 (BatchNorma (None, 8)", Era.KERAS_1),
        ("conv2d_1 (Conv2D)  (None, 62, 62, 32)", Era.EARLY_2),
    ],
)
def test_a_summary_as_keras_1_prints_it(layer: str, era: Era) -> None:
    said = said_by(_notebook("model.summary()", f"Using Theano backend.\n{HEAD}\n=====\n{layer}"))
    assert said is not None
    assert said.era is era


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"cells": [3, {"outputs": 4}]}', b"\xff"])
def test_what_is_no_notebook_says_nothing(content: bytes) -> None:
    assert said_by(content) is None


def test_it_counts_where_nothing_else_says_it(tmp_path: Any) -> None:
    code = (
        "import tensorflow as tf\nfrom tensorflow.keras import layers\n"
        "tf.nn.relu(layers.Dense(4)(layers.Input((3,))))\n"
    )

    def codes(name: str) -> list[str]:
        found = check_source(code, str(tmp_path / name), Settings())
        return [finding.code for finding in found]

    (tmp_path / "old.ipynb").write_bytes(_notebook(code, python="3.7.3"))
    (tmp_path / "new.ipynb").write_bytes(_notebook(code, python="3.12.3"))
    assert codes("old.ipynb") == []
    assert codes("new.ipynb") == ["KML406"]


def test_what_its_text_lists() -> None:
    notebook = json.loads(_notebook("import keras"))
    notebook["cells"].append({"cell_type": "markdown", "source": ["Needs:\n", "* Keras 2.2.4\n"]})
    said = said_by(json.dumps(notebook).encode())
    assert said is not None and said.era is Era.EARLY_2
    notebook["cells"][-1]["source"] = ["In Keras 2.2.4 this had another name.\n"]
    assert said_by(json.dumps(notebook).encode()) is None


RUN = "114/114 [==============================] - 26s 231ms/step - loss: 0.0459 - acc: 0.9855"


def test_the_accuracy_had_another_name_before_keras_2_3() -> None:
    compiled = "import keras\nmodel.compile(metrics=['{}'])"
    said = said_by(_notebook(compiled.format("accuracy"), RUN))
    assert said is not None
    assert said.era is Era.EARLY_2
    asked_for = said_by(_notebook(compiled.format("acc"), RUN))
    assert asked_for is not None
    assert asked_for.era is Era.KNOWN


@pytest.mark.parametrize(
    ("page", "wanted"), [("# Net\n", ["KML306"]), (f"# Net\n\n    {RUN}\n", [])]
)
def test_a_run_that_a_page_shows_counts(tmp_path: Any, page: str, wanted: list[str]) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text(page)
    program = tmp_path / "net.py"
    program.write_text(
        "from keras.layers import Dense, Input\n\nDense(output_dim=3)(Input((4,)))\n"
    )
    found = check_source(program.read_text(), str(program), Settings())
    assert [one.code for one in found] == wanted
