"""What lies beside the programs of a project tells its Keras, where no list and no page does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerasmergelint.files import forget
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program.traces import is_python_2

# Keras 2.0 to 2.3 take the argument; no later one does.
NET = "from keras.layers import Dense, Input\nDense(3, init='normal')(Input((4,)))\n"
# Keras 2 gives a tensor of TensorFlow a shape; Keras 3 refuses the function.
NEWER = (
    "import tensorflow as tf\nfrom tensorflow.keras import layers\n"
    "tf.nn.relu(layers.Dense(4)(layers.Input((3,))))\n"
)
SAVED = '{"class_name": "Sequential", "config": [], "keras_version": "%s", "backend": "tensorflow"}'

IN_HDF5 = "HDF\0keras_version\0\0\x10\0%s\0\0\0\0\0\0\0%s\0\0\0"


def _notebook(output: str = "", python: str = "3.12.1", code: str = "import keras") -> str:
    cell = {"cell_type": "code", "source": code, "outputs": [{"text": [output]}]}
    return json.dumps({"cells": [cell], "metadata": {"language_info": {"version": python}}})


def codes(root: Path, others: dict[str, str], text: str = NET, name: str = "net.py") -> list[str]:
    (root / ".git").mkdir()
    for other, content in {**others, name: text}.items():
        (root / other).parent.mkdir(parents=True, exist_ok=True)
        (root / other).write_text(content)
    return [finding.code for finding in check_source(text, str(root / name), Settings())]


EARLY = {
    "a notebook that was run": {"try.ipynb": _notebook("Using TensorFlow backend.\n")},
    "it, and another one that tells less": {
        "a.ipynb": _notebook(python="3.5.3"),
        "b.ipynb": _notebook("Using TensorFlow backend.\n", python="3.5.3"),
    },
    "a model that was saved": {"weights/net.json": SAVED % "1.2.0"},
    "a model in YAML": {"net.yaml": "class_name: Sequential\nkeras_version: 2.0.8\n"},
    "a model in HDF5": {"weights.h5": IN_HDF5 % ("\5", "2.1.2")},
    "one that was written as JSON twice": {"net.json": json.dumps(SAVED % "2.1.6")},
    "what CI installs": {".travis.yml": "install:\n  - pip install keras==2.1.2\n"},
    "a workflow": {
        ".github/workflows/a.yml": "      run: pip install -q tensorflow==1.13.1 pytest\n"
    },
    "a script": {"setup.sh": "#!/bin/bash\npip install 'keras==2.1.2'\n"},
    "a Makefile": {"Makefile": "install:\n\tpip3 install tensorflow==1.9\n"},
    "an environment of tox": {"tox.ini": "[testenv]\ndeps =\n    keras==2.2.4\n    pytest\n"},
    "a comment": {"train.py": "# keras 2.2.4\nimport keras\n"},
    "a text at the top": {"train.py": '"""Trains.\n\nkeras==2.2.4\n"""\nimport keras\n'},
    "an article": {"blog/install.md": "My machine:\n\n- Ubuntu 14.10\n- Keras 1.1.0\n"},
    "a program for Python 2": {"run.py": "import keras\nprint 'loss', 3\n"},
}


@pytest.mark.parametrize("others", EARLY.values(), ids=EARLY.keys())
def test_what_is_left_of_early_releases(others: dict[str, str], tmp_path: Path) -> None:
    assert codes(tmp_path, others) == []


LATER = {
    "nothing": {},
    "what later releases left": {"net.json": SAVED % "2.8.0"},
    "early and later ones": {"a.json": SAVED % "1.2.0", "b.json": SAVED % "2.8.0"},
    "what the Keras of TensorFlow left": {"net.json": SAVED % "2.2.4-tf"},
    "early ones, and a later one that a cell prints": {
        "a.json": SAVED % "1.2.0",
        "b.ipynb": _notebook("2.4.1", code="import tensorflow as tf\ntf.__version__"),
    },
    "a list of today beside them": {"requirements.txt": "keras==2.12\n", "a.json": SAVED % "1.2.0"},
    "a program for Keras 3": {"net.json": SAVED % "1.2.0", "new.py": "import keras.ops\n"},
    "an article about others": {"blog/others.md": "Keras 1.1.0 was released in 2016.\n"},
    "what the Keras of TensorFlow left in HDF5": {"net.h5": IN_HDF5 % ("\b", "2.2.4-tf")},
    "a file in HDF5 that is no model": {"net.h5": "\5\0\0\0\0\0\0\x002.1.2\0"},
    "data": {"data.json": '{"version": "1.2.0"}'},
    "another program for Python 2": {"data.py": "print 'rows', 3\n"},
}


@pytest.mark.parametrize("others", LATER.values(), ids=LATER.keys())
def test_what_does_not_tell_an_early_release(others: dict[str, str], tmp_path: Path) -> None:
    assert codes(tmp_path, others) == ["KML306"]


OF_KERAS_2 = {
    "a notebook on an old Python": {"try.ipynb": _notebook(python="3.7.3")},
    "a model that was saved": {"net.json": SAVED % "2.8.0"},
    "an early release of Keras": {"net.json": SAVED % "1.2.0"},
    "a comment with slashes": {
        "search.py": "# pip install keras-tuner  /  python 3.8.8  / tensorflow 2.4.1\nimport keras\n"
    },
}


@pytest.mark.parametrize("others", OF_KERAS_2.values(), ids=OF_KERAS_2.keys())
def test_what_is_left_of_keras_2(others: dict[str, str], tmp_path: Path) -> None:
    assert codes(tmp_path, others, NEWER) == []


@pytest.mark.parametrize(
    "notebook", [_notebook(), _notebook(python="3.7.3", code="import pandas"), "{"]
)
def test_notebooks_that_do_not_tell(notebook: str, tmp_path: Path) -> None:
    assert codes(tmp_path, {"try.ipynb": notebook}, NEWER) == ["KML406"]


def test_a_notebook_that_does_not_name_its_python(tmp_path: Path) -> None:
    text = json.dumps({"cells": [{"cell_type": "code", "source": NEWER}]})
    others = {"old.ipynb": _notebook(python="3.7.3")}
    assert codes(tmp_path, others, text, "net.ipynb") == []


def test_a_warning_about_arguments_of_keras_1(tmp_path: Path) -> None:
    warning = "UserWarning: Update your `Dense` call to the Keras 2 API: `Dense(3, ...)`"
    text = _notebook(warning, code=NET)
    assert codes(tmp_path, {}, text, "net.ipynb") == []


@pytest.mark.parametrize("module", ["utils.training_utils", "legacy", "backend.tensorflow_backend"])
def test_modules_that_no_later_release_has(module: str, tmp_path: Path) -> None:
    assert codes(tmp_path, {}, f"import keras.{module}\n{NET}") == []


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("print 'loss'", True), ("if x:\n    print x, y\n", True), ("print('loss', loss)", False),
        ("'''\nprint what it does\n'''", False), ("def f(:\nprint 3", False),
    ],
)  # fmt: skip
def test_the_statement_of_python_2(code: str, wanted: bool) -> None:
    assert is_python_2(code) == wanted


def test_its_neighbours_are_read_in_a_large_project(tmp_path: Path) -> None:
    """A notebook that imports a file counts, however much lies in folders further out."""
    net = (
        "import keras\n\n\ndef net(width=3):\n"
        "    return keras.layers.Add()([keras.Input((width,)), keras.Input((4,))])\n"
    )
    (tmp_path / ".git").mkdir()
    for number in range(301):
        (tmp_path / f"lesson_{number}.py").write_text("")
    own = tmp_path / "week" / "faces"
    own.mkdir(parents=True)
    assert [one.line for one in check_source(net, str(own / "net.py"), Settings())] == [5]
    forget()
    (own / "use.ipynb").write_text(_notebook(code="from net import net\nnet(width=4)\n"))
    assert check_source(net, str(own / "net.py"), Settings()) == []


def test_an_old_and_a_new_notebook_may_mean_any(tmp_path: Path) -> None:
    others = {"old.ipynb": _notebook(python="3.7.3"), "new.ipynb": _notebook(python="3.12.3")}
    assert codes(tmp_path, others, NEWER) == ["KML406"]
