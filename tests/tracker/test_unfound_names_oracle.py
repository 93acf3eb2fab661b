"""Texts by which Keras finds no activation, loss or optimizer in a program; and names that it adds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kerasmergelint.keras_api.versions import KerasVersion
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from tests.oracle import keras_of

HEAD = "import keras\nimport numpy as np\nfrom keras import layers\n"
MODEL = "model = keras.Sequential([keras.Input((3,)), layers.Dense(2)])\n"
FIT = "model.fit(np.zeros((4, 3)), np.zeros((4, 2)), verbose=0)\n"
WRONG = "layers.Dense(2, activation='rellu')\n"


def codes(program: str, version: KerasVersion = KerasVersion.V3, path: str = "/p.py") -> list[str]:
    found = check_source(HEAD + program, path, Settings(keras_version=str(version.major)))
    return [finding.code for finding in found]


PROGRAMS = [
    WRONG, "layers.Dense(2, activation='relu')\n", "keras.activations.get('Relu')\n",
    "keras.activations.get('relu')\n", "keras.losses.get('mean_square_error')\n", "keras.losses.get('mse')\n",
    "keras.initializers.get('xavier')\n", "keras.optimizers.get('adaam')\n", "keras.optimizers.get('Adam')\n",
    MODEL + "model.compile('adamm', 'mse')\n", MODEL + "model.compile('ADAM', 'mse')\n",
    MODEL + "model.compile('adam', 'mean_square_error')\n" + FIT,
    MODEL + "model.compile('adam', 'mean_squared_error')\n" + FIT,
    MODEL + "model.compile('adam', 'mse', metrics=['mae', 'acuracy'])\n" + FIT,
    MODEL + "model.compile('adam', 'mse', metrics=['mae', 'accuracy'])\n" + FIT,
    MODEL + "model.compile('adam', 'mse', metrics=[['acc', 'AUC']])\n" + FIT,
    MODEL + "model.compile('adam', ['binary_cross_entropy'])\n" + FIT,
    MODEL + "model.compile('adam', 'mean_square_error')\nmodel.predict(np.zeros((4, 3)), verbose=0)\n",
]  # fmt: skip


@pytest.mark.oracle
@pytest.mark.parametrize("version", [KerasVersion.V2, KerasVersion.V3], ids=lambda v: v.name)
@pytest.mark.parametrize("program", PROGRAMS)
def test_programs(program: str, version: KerasVersion) -> None:
    keras = keras_of(version)
    names: dict[str, Any] = {"keras": keras, "layers": keras.layers}
    names["np"] = pytest.importorskip("numpy")
    try:
        exec(program, names)
        raises = False
    except (ValueError, TypeError):
        raises = True
    assert bool(codes(program, version)) == raises


@pytest.mark.parametrize("before", [
    "keras.utils.get_custom_objects()['rellu'] = keras.activations.relu\n",
    "@keras.saving.register_keras_serializable()\ndef rellu(x):\n    return x\n",
    "keras.activations.rellu = keras.activations.relu\n",
    "import my_activations\n", "import efficientnet.keras\n", "from .activations import rellu\n",
    "def build():\n    with keras.utils.custom_object_scope({'rellu': abs}):\n        return layers\n",
])  # fmt: skip
def test_names_that_the_program_may_add(before: str) -> None:
    assert not codes(before + WRONG)


@pytest.mark.parametrize("before", ["import os, yaml\n", "import sklearn.metrics as m\n"])
def test_packages_that_add_none(before: str) -> None:
    assert codes(before + WRONG) == ["KML306"]


def test_what_follows_a_name_of_the_program_is_checked() -> None:
    """The layer is made: what does not fit afterwards is found."""
    registers = "keras.utils.get_custom_objects()['rellu'] = keras.activations.relu\n"
    wrong = "x = layers.Dense(2, activation='rellu')(keras.Input((3,)))\n"
    merged = "layers.Add()([x, keras.Input((3,))])\n"
    assert codes(registers + wrong + merged) == ["KML111"]


def test_nothing_is_found_behind_an_activation_that_nobody_adds() -> None:
    """Another program may add it: it is no finding, and what comes after it is not judged."""
    merged = "layers.Dense(2, activation='my_own')\nlayers.Add()([keras.Input((3,)), keras.Input((5,))])\n"
    registers = "keras.utils.get_custom_objects()['my_own'] = keras.activations.relu\n"
    assert not codes(merged)
    assert codes(registers + merged) == ["KML111"]
    assert codes(merged.replace("my_own", "relu")) == ["KML111"]


@pytest.mark.parametrize(("other", "found"), [
    ("from keras.utils import get_custom_objects\nget_custom_objects()['rellu'] = abs\n", []),
    ("from net import build\nbuild()\n", ["KML306"]),
])  # fmt: skip
def test_another_file_of_the_project_may_add_them(
    tmp_path: Path, other: str, found: list[str]
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "train.py").write_text(f"import keras\n{other}")
    net = "def build():\n    return layers.Dense(2, activation='rellu')\n"
    (tmp_path / "net.py").write_text(HEAD + net)
    assert codes(net, path=str(tmp_path / "net.py")) == found


@pytest.mark.parametrize("program", [
    "def build(activation):\n    return layers.Dense(3, activation=activation)\n",
    "import os\nlayers.Dense(3, activation=os.environ['ACT'])\n",
    MODEL + "model.compile('adam', loss=open('loss').read())\n" + FIT,
    "def train(model, loss, **more):\n    model.compile(loss=loss, **more)\n    model.fit([1], [2])\n",
    "layers.Dense(3, activation='my_activation')\n",
    "class Own(keras.Model):\n    def train_step(self, data):\n        return {}\n"
    "model = Own()\nmodel.compile('adam', 'mean_square_error')\nmodel.fit(np.zeros((4, 3)))\n",
])  # fmt: skip
def test_what_is_not_known_is_not_reported(program: str) -> None:
    assert not codes(program)
