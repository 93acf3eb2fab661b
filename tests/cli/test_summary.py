"""The summary command: tables without TensorFlow, lost shapes with their reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.command import in_a_process, kerasmergelint
from tests.cli.test_notebook import notebook

PROGRAM = """\
import keras
from keras import layers

print("loading")


def build(depth=2, width=8):
    inputs = x = keras.Input((width,))
    for _ in range(depth):
        x = layers.Dense(4)(x)
    return keras.Model(inputs, x)


small = build(1)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "net.py").write_text(PROGRAM)
    return tmp_path


def test_every_model_that_the_file_builds(folder: Path) -> None:
    done = kerasmergelint("summary", "net.py", cwd=folder)
    assert done.returncode == 0 and not done.stderr
    assert "loading" not in done.stdout  # nothing is run
    lines = done.stdout.splitlines()
    assert lines[0] == 'Model: "functional"'
    assert lines[1].split("  ")[0] == "Layer (type)"
    assert [line.split() for line in lines[3:5]] == [
        ["input_layer", "(InputLayer)", "(None,", "8)", "0"],
        ["dense", "(Dense)", "(None,", "4)", "36"],
    ]
    assert lines[6] == " Total params: 36"


def test_the_value_of_an_expression(folder: Path) -> None:
    done = kerasmergelint("summary", "net.py::build(depth=3, width=16)", cwd=folder)
    assert done.stdout.count("Model:") == 1
    assert done.stdout.count("(Dense)") == 3
    assert "(None, 16)" in done.stdout


def test_a_line_says_where_a_shape_was_lost_and_why(folder: Path) -> None:
    (folder / "lost.py").write_text(
        "import keras\nfrom keras import layers\nfrom somewhere import mystery\n"
        "x = keras.Input((8,))\n"
        "y = mystery(x)\n"
        "z = layers.Dense(3)(y)\n"
        "model = keras.Model(x, z)\n"
    )
    done = kerasmergelint("summary", "lost.py", cwd=folder)
    [lost] = [line for line in done.stdout.splitlines() if "lost" in line]
    assert lost.strip().startswith("Shape lost at dense (Dense), line 6: somewhere.mystery")


def test_without_a_model_the_calls_are_shown(folder: Path) -> None:
    (folder / "own.py").write_text(
        "import keras\nfrom keras import layers\n\n\nclass Net(keras.Model):\n"
        "    def __init__(self):\n        super().__init__()\n        self.head = layers.Dense(3)\n\n"
        "    def call(self, x):\n        return self.head(x)\n\n\n"
        "y = Net()(keras.Input((8,)))\n"
    )
    done = kerasmergelint("summary", "own.py", cwd=folder)
    lines = [line.split("  ")[0] + line[-12:] for line in done.stdout.splitlines()]
    assert lines[0].startswith("Calls on tensors")
    assert "Net (line 14)   (None, 3)" in lines
    assert done.stdout.endswith("No model is built here.\n")


def test_what_is_broken_is_told(folder: Path) -> None:
    (folder / "broken.py").write_text(
        "import keras\nfrom keras import layers\n\n"
        "x = keras.Input((8,))\n"
        "y = layers.Add()([layers.Dense(3)(x), layers.Dense(5)(x)])\n"
    )
    done = kerasmergelint("summary", "broken.py", cwd=folder)
    assert "broken.py:5: KML111 Add: axis 1 differs: 3 and 5" in done.stdout


def test_colours_only_when_asked_or_on_a_terminal(folder: Path) -> None:
    assert "\x1b[" not in kerasmergelint("summary", "net.py", cwd=folder).stdout
    always = kerasmergelint("summary", "net.py", "--color", "always", cwd=folder).stdout
    assert "\x1b[" in always and "┃" in always


PARTS = """\
import keras
from keras import layers

SIZE = 3


def build(depth, width=SIZE):
    if depth > 9:
        raise ValueError("too deep")
    x = keras.Input((8,))
    return keras.Model(x, layers.Dense(width)(x))
"""

WITHOUT_A_MODEL = {
    "build()": "raises TypeError: build() gets no argument for `depth`",
    "build(1, 2, 3)": "raises TypeError: build() takes 2 positional arguments, not 3",
    "build(1, widht=2)": "raises TypeError: build() takes no argument `widht`",
    "build(widht=2)": "raises TypeError: build() takes no argument `widht`",
    "build(1, depth=2)": "raises TypeError: build() gets `depth` twice",
    "build(10)": "raises ValueError: too deep",
    "build(1 / 0)": "raises ZeroDivisionError",
    "build(1).nothing()": None,
    "build": "builds no model; to call it, write net.py::build()",
    "SIZE + 1": "builds no model",
    "{}['small']": "raises KeyError: 'small'",
}


@pytest.mark.parametrize(("expression", "words"), WITHOUT_A_MODEL.items())
@pytest.mark.parametrize("command", ["summary", "graph"])
def test_an_expression_that_builds_no_model(
    command: str, expression: str, words: str | None, folder: Path
) -> None:
    (folder / "net.py").write_text(PARTS)
    done = kerasmergelint(command, f"net.py::{expression}", cwd=folder)
    if words is None:
        assert (done.returncode, done.stderr) == (0, "")  # one was built before that
        return
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"kerasmergelint: net.py::{expression} {words}\n"


def test_a_program_that_ends_before_the_expression(folder: Path) -> None:
    (folder / "net.py").write_text(PARTS + "raise ImportError('no \x1b[31mGPU')\n")
    done = kerasmergelint("summary", "net.py::build(1)", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "kerasmergelint: net.py raises ImportError: no ␛[31mGPU, so build(1) was not evaluated\n"
    )
    done = kerasmergelint("summary", "net.py", cwd=folder)
    assert done.returncode == 0
    assert "The program raises ImportError: no ␛[31mGPU before its end." in done.stdout


def test_a_wrong_target(folder: Path) -> None:
    for target, words in [
        ("no.py", "no.py: not read: No such file"),
        ("net.py::build(", "is not a Python expression"),
    ]:
        done = kerasmergelint("summary", target, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr and "Traceback" not in done.stderr


def test_neither_tensorflow_nor_numpy_is_needed(folder: Path) -> None:
    blocked = folder / "blocked"
    for name in ("tensorflow", "keras", "tf_keras", "numpy"):
        (blocked / name).mkdir(parents=True)
        (blocked / name / "__init__.py").write_text("raise SystemExit('imported')\n")
    path = os.pathsep.join([str(blocked), os.environ.get("PYTHONPATH", "")])
    done = in_a_process("summary", "net.py", cwd=folder, PYTHONPATH=path)
    assert done.returncode == 0 and "Total params" in done.stdout


# The fields that docs/summary-json.md promises.
FIELDS = {
    "version": int,
    "unread": type(None),
    "complete": bool,
    "calls": list,
    "models": list,
    "findings": list,
    "merges": list,
    "errors": list,
    "raised": type(None),
}
INNER = {
    "calls": {"file", "line", "layer", "inputs", "outputs"},
    "models": {"name", "inputs", "outputs", "parameters", "trainable_parameters"},
    "findings": {"code", "file", "line", "column", "message"},
    "merges": {"file", "line", "callee", "verdict", "reason"},
}


def test_the_json_has_the_documented_fields(folder: Path) -> None:
    (folder / "all.py").write_text(PROGRAM + "\n\ny = layers.add([small.input, small.output])\n")
    done = kerasmergelint("summary", "all.py", "--format", "json", cwd=folder)
    answer = json.loads(done.stdout)
    assert answer["version"] == 1
    assert {key: type(value) for key, value in answer.items()} == FIELDS
    for key, names in INNER.items():
        assert answer[key], key
        assert all(set(entry) == names for entry in answer[key]), key
    page = (Path(__file__).parents[2] / "docs" / "summary-json.md").read_text(encoding="utf-8")
    for name in {*FIELDS, *(name for names in INNER.values() for name in names)}:
        assert f"`{name}`" in page, name


def test_shapes_in_json(folder: Path) -> None:
    (folder / "shapes.py").write_text(
        "import keras\nfrom keras import layers\n\n\n"
        "def f(n, x):\n    return n\n\n\n"
        "a = keras.Input((None, 3))\n"
        "b = layers.concatenate([a, a])\n"
    )
    done = kerasmergelint("summary", "shapes.py", "--format", "json", cwd=folder)
    calls = json.loads(done.stdout)["calls"]
    assert [(call["layer"], call["line"], call["outputs"]) for call in calls] == [
        ("Input", 9, [[None, None, 3]]),
        ("Concatenate", 10, [[None, None, 6]]),
    ]


# -- targets ---------------------------------------------------------------------------------


def test_a_name_that_the_program_does_not_have(folder: Path) -> None:
    done = kerasmergelint("summary", "net.py::buidl(3)", cwd=folder)
    said = "kerasmergelint: net.py: the name 'buidl' is not defined; did you mean 'build'?\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_names_that_an_expression_binds_itself_are_no_slips(folder: Path) -> None:
    done = kerasmergelint("summary", "net.py::[build(width=n) for n in (2, 3)]", cwd=folder)
    assert done.returncode == 0 and done.stdout.count("Model:") == 2


def test_a_star_import_may_have_brought_the_name(folder: Path) -> None:
    (folder / "all.py").write_text("from elsewhere import *\n")
    done = kerasmergelint("summary", "all.py::build()", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr == "kerasmergelint: all.py::build() is not known: the name build is not known\n"
    )


def test_a_notebook_has_summaries(folder: Path) -> None:
    cells = (
        "from net import *\n%time\n",
        "inputs = keras.Input((8,))\nimport cfg\nflat = inputs[cfg.key]\n",
    )
    (folder / "net.ipynb").write_text(json.dumps(notebook(*cells, "keras.Model(inputs, flat)\n")))
    done = kerasmergelint("summary", "net.ipynb", cwd=folder)
    assert "Shape lost at indexing (indexing), cell 2, line 3: " in done.stdout
    assert "(None, 16)" in kerasmergelint("summary", "net.ipynb::build(1, 16)", cwd=folder).stdout


def test_what_is_broken_in_a_notebook_is_told_by_its_cells(folder: Path) -> None:
    cells = (
        "import keras\nfrom keras import layers\nx = keras.Input((8,))\n",
        "y = layers.Add()([layers.Dense(3)(x),\n    layers.Dense(5)(x)])\n",
    )
    (folder / "net.ipynb").write_text(json.dumps(notebook(*cells)))
    said = kerasmergelint("summary", "net.ipynb", cwd=folder).stdout
    assert "net.ipynb:cell 2:1: KML111 Add: axis 1 differs: 3 and 5" in said
    assert "from cell 2, line 2" in said and "line 4" not in said


@pytest.mark.parametrize("content", ['{"cells": 3', "[1, 2]", "{}"])
def test_a_notebook_that_is_none(content: str, folder: Path) -> None:
    (folder / "bad.ipynb").write_text(content)
    done = kerasmergelint("summary", "bad.ipynb", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "") and "bad.ipynb" in done.stderr


# -- broken models ---------------------------------------------------------------------------


def test_a_broken_model_is_shown_up_to_where_it_breaks(folder: Path) -> None:
    (folder / "broken.py").write_text(
        "import keras\nfrom keras import layers\n\ninputs = keras.Input((8,))\n"
        "a = layers.Dense(5, name='a')(inputs)\nb = layers.Dense(3, name='b')(a)\n"
        "c = layers.Add()([a, b])\nd = layers.Dense(2)(c)\nmodel = keras.Model(inputs, d)\n"
    )
    lines = kerasmergelint("summary", "broken.py", cwd=folder).stdout.splitlines()
    assert [line.split()[0] for line in lines[3:7]] == ["input_layer", "a", "b", "add"]
    assert lines[7].split()[0] == "dense"
    assert "broken: axis 1 differs: 5 and 3" in lines[6] and lines[6].endswith("a, b")
    assert lines[9] == " Total params: 63 up to where it breaks"


def test_an_application_opened_by_its_own_file_keeps_its_shapes(tmp_path: Path) -> None:
    """Keras's applications are programs, too, and their helpers stand in the file beside them."""
    package = tmp_path / "keras" / "src" / "applications"
    package.mkdir(parents=True)
    for folder in (package, package.parent, package.parent.parent):
        (folder / "__init__.py").write_text("")
    (package / "imagenet_utils.py").write_text(
        "from keras.src import activations\n"
        "def padding(x, size):\n"
        "    odd = x.shape[1] % 2\n"
        "    return ((size // 2 - 1 + odd, size // 2), (size // 2, size // 2))\n"
        "def activation(name):\n"
        "    found = activations.get(name)\n"
        "    if found not in {activations.get('softmax'), activations.get(None)}:\n"
        "        raise ValueError\n"
        "    return found\n"
    )
    (package / "net.py").write_text(
        "from keras.src import layers\n"
        "from keras.src.applications import imagenet_utils\n"
        "from keras.src.models import Functional\n"
        "def Net(classes=10):\n"
        "    x = inputs = layers.Input((32, 32, 3))\n"
        "    x = layers.ZeroPadding2D(imagenet_utils.padding(x, 3))(x)\n"
        "    x = layers.Flatten()(x)\n"
        "    x = layers.Dense(classes, activation=imagenet_utils.activation('softmax'))(x)\n"
        "    return Functional(inputs, x)\n"
    )
    done = kerasmergelint("summary", "keras/src/applications/net.py::Net()", cwd=tmp_path)
    assert "(None, 33, 34, 3)" in done.stdout and "lost" not in done.stdout
    assert "Total params: 33,670" in done.stdout
