"""Which Keras a program means, and what follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.keras_api.versions import EVERY, V2, V3, Versions, known_as, since
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program import version
from kerasmergelint.tracker.program.version import settle

# Only since Keras 3.15 a window may not be larger than the input.
LARGE_WINDOW = """
import keras

x = keras.Input((4, 4, 3))
y = keras.layers.MaxPooling2D(7)(x)
"""
# Keras 3.14 makes an axis of size 1 of it, older ones keep all three.
KEPT = """
import keras

x = keras.Input((3, 4))
best = keras.ops.argmax(x, axis=-1, keepdims=True)
y = keras.layers.Concatenate(axis=1)([best, keras.Input((3, 5))])
"""
# Keras 3.3 takes more targets than outputs.
TWO_TARGETS = """
import keras
import numpy as np

model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.zeros((4, 3)), [np.zeros((4, 1)), np.zeros((4, 1))])
"""


@pytest.fixture(autouse=True)
def _nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "installed", lambda files: None)


def codes(text: str, path: Path, keras_version: str | None = None) -> list[str]:
    found = check_source(text, str(path / "net.py"), Settings(keras_version=keras_version))
    return [finding.code for finding in found]


@pytest.mark.parametrize(
    ("keras_version", "wanted"),
    [("3.15", ["KML302"]), ("3.99", ["KML302"]), ("3.14", []), ("3.0", []), ("3", []), (None, [])],
)
def test_a_refusal_counts_if_every_version_that_is_meant_refuses(
    keras_version: str | None, wanted: list[str], tmp_path: Path
) -> None:
    assert codes(LARGE_WINDOW, tmp_path, keras_version) == wanted


@pytest.mark.parametrize(
    ("keras_version", "wanted"), [("3.15", ["KML502"]), ("3.8", ["KML502"]), ("3.3", []), ("3", [])]
)
def test_targets_are_counted_where_every_version_that_is_meant_counts_them(
    keras_version: str, wanted: list[str], tmp_path: Path
) -> None:
    assert codes(TWO_TARGETS, tmp_path, keras_version) == wanted


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (LARGE_WINDOW, "from (None, 4, 4, 3) (since Keras 3.15): `x`"),
        (LARGE_WINDOW.replace("2D(7)", "2D(7, 1)"), "from (None, 4, 4, 3): `x`"),
        (
            LARGE_WINDOW.replace("MaxPooling2D(7)", "Conv2D(1, 5)"),
            "(None, 4, 4, 3) (since Keras 3.14): `x`",
        ),
    ],
)
def test_a_finding_of_some_versions_says_so(program: str, words: str, tmp_path: Path) -> None:
    (found,) = check_source(program, str(tmp_path / "net.py"), Settings(keras_version="3.15"))
    assert words in found.message


@pytest.mark.parametrize(
    ("pin", "wanted"),
    [
        ("keras==3.10.0", []),
        ("keras>=3.10", []),
        ("keras==3.15.*", ["KML302"]),
        ("keras<3", ["KML302"]),
    ],
)
def test_the_project_pins_the_minor_version(pin: str, wanted: list[str], tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(pin)
    assert codes(LARGE_WINDOW, tmp_path) == wanted


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("cookbook.yml", "name: cookbook\ndependencies:\n  - pip:\n    - keras==3.10.0\n", []),
        ("requirements-gpu.txt", "keras==3.10.0\n", []),
        ("compose.yml", "services:\n  train: python -c keras==3.10.0\n", ["KML302"]),
        ("notes.txt", "keras==3.10.0\n", ["KML302"]),
    ],
)
def test_requirements_have_many_names(
    name: str, text: str, wanted: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(version, "installed", lambda files: since("3.15"))
    (tmp_path / name).write_text(text)
    assert codes(LARGE_WINDOW, tmp_path) == wanted


def test_a_list_for_all_machines_counts_more_than_one_for_some(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("keras==3.15.0")
    (tmp_path / "requirements-old.txt").write_text("keras==3.10.0")
    assert codes(LARGE_WINDOW, tmp_path) == ["KML302"]


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ("from keras.initializers.initializers_v2 import Constant\n", []),
        ("import tensorflow as tf\n\ncell = tf.keras.layers.CuDNNLSTM(8)\n", []),
        ("from keras.layers import Dense\n", ["KML306"]),
    ],
)
def test_a_project_without_a_repository_is_read_as_far_as_its_files_reach(
    other: str, wanted: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in a folder beside it, under the same outermost folder with Python files in it."""
    monkeypatch.setattr(version, "installed", lambda files: since("3.15"))
    nets = tmp_path / "nets"
    for folder, text in ((tmp_path, ""), (nets, ""), (tmp_path / "blocks", other)):
        folder.mkdir(exist_ok=True)
        (folder / "parts.py").write_text(text)
    program = "from keras.layers import AveragePooling2D\n\npool = AveragePooling2D()\n"
    assert codes(program, nets) == wanted


@pytest.mark.parametrize(("scripts", "wanted"), [(3, []), (100, ["KML306"])])
def test_a_folder_with_heaps_of_scripts_says_nothing_about_a_program_below_it(
    scripts: int, wanted: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(version, "installed", lambda files: since("3.15"))
    for number in range(scripts):
        (tmp_path / f"script_{number}.py").write_text("from keras.engine import InputSpec\n")
    (tmp_path / "net").mkdir()
    program = "from keras.layers import AveragePooling2D\n\npool = AveragePooling2D()\n"
    assert codes(program, tmp_path / "net") == wanted


@pytest.mark.parametrize(
    ("keras_version", "wanted"), [("3.15", ["KML101"]), ("3.13", []), ("3", [])]
)
def test_where_versions_answer_differently_nothing_follows(
    keras_version: str, wanted: list[str], tmp_path: Path
) -> None:
    assert codes(KEPT, tmp_path, keras_version) == wanted


@pytest.mark.parametrize(
    ("text", "pin", "here", "wanted"),
    [
        ("import keras", None, None, EVERY),
        ("import keras", None, since("3.15"), since("3.15")),
        ("import keras", None, V2, V2),
        ("from keras import ops", None, V2, V3),
        ("import tf_keras", "keras>=3", since("3.15"), V2),
        ("import keras", "keras==3.10.0", since("3.15"), known_as("3.10")),
        ("import keras", "keras>=3.3", since("3.15"), since("3.15")),
        ("import keras", "keras<3", since("3.15"), V2),
        ("x = keras.layers.RMSNormalization()", None, None, since("3.9")),
        ("x = keras.layers.RMSNormalization()", "keras==3.5.0", V2, known_as("3.5") | since("3.9")),
    ],
)
def test_the_stronger_witness_is_believed(
    text: str,
    pin: str | None,
    here: Versions | None,
    wanted: Versions,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(version, "installed", lambda files: here)
    if pin is not None:
        (tmp_path / "requirements.txt").write_text(pin)
    assert settle(text, None, str(tmp_path / "net.py")).versions == wanted


def test_a_model_of_keras_3_asks_its_layers_for_shapes_only(tmp_path: Path) -> None:
    """A last axis of 1 may be left out, so that another size reaches layers that were built for 1."""
    program = """
from keras import Input, Model, layers

x = Input((6, 1))
inner = Model(x, layers.Dense(4)(x))
y = inner(Input((6, 4)))
z = layers.Dense(4)
z(x)
z(y)
"""
    assert codes(program, tmp_path, "3.15") == ["KML305"]


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("README.md", "It needs our [custom fork](https://github.com/somebody/keras).", []),
        ("requirements.txt", "numpy\ngit+https://github.com/somebody/keras.git@attention\n", []),
        ("setup.py", "dependency_links = ['https://github.com/a/keras/archive/master.zip']", []),
        ("README.md", "Install https://github.com/keras-team/keras first.", ["KML306"]),
        ("README.md", "Its custom layers: https://github.com/somebody/keras-layers", ["KML306"]),
        ("README.md", "Thanks to https://github.com/somebody/keras.", ["KML306"]),
    ],
)
@pytest.mark.parametrize(("module", "of_a_fork"), [("keras", True), ("tensorflow.keras", False)])
def test_a_fork_that_a_project_requires_may_have_anything(
    name: str, text: str, codes: list[str], module: str, tmp_path: Path, *, of_a_fork: bool
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / name).write_text(text)
    program = f"from {module} import layers\n\nnorm = layers.BatchNormalization(mode=0)\n"
    found = check_source(program, str(tmp_path / "net.py"), Settings())
    assert [finding.code for finding in found] == (codes if of_a_fork else ["KML306"])


def test_what_reads_keras_shape_itself_has_a_finding_there(tmp_path: Path) -> None:
    program = "from keras import Input\n\nwidth = Input((3,))._keras_shape[-1]\n"
    found = check_source(program, str(tmp_path / "net.py"), Settings())
    assert [finding.line for finding in found] == [3]


@pytest.mark.parametrize(
    ("size", "codes"),
    [
        ("tensor._keras_shape[-1]", []),
        ("tensor.shape[-1]", ["KML306"]),
        ("getattr(tensor, '_keras_shape', tensor.shape)[-1]", ["KML306"]),
    ],
)
def test_a_module_that_needs_keras_2_0_to_2_3_tells_it_for_those_beside_it(
    size: str, codes: list[str], tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "heads.py").write_text(f"import keras\n\n\ndef width(tensor):\n    return {size}\n")
    program = "from keras import layers\n\nnorm = layers.BatchNormalization(mode=0)\n"
    found = check_source(program, str(tmp_path / "net.py"), Settings())
    assert [finding.code for finding in found] == codes


# A name that no Keras 3 has tells of Keras 2 where later versions are meant to find it.
BY_VERSION = """
import tensorflow as tf
if tf.__version__.split(".")[1] <= "6":
    from tensorflow.keras.layers import LSTM, {before}
else:
    from tensorflow.keras.layers import LSTM, {later}

def cell():
    return LSTM(4, batch_input_shape=(2, 3, 4))
"""


@pytest.mark.parametrize(
    ("before", "later", "wanted"),
    [("GRU", "CuDNNLSTM", []), ("CuDNNLSTM", "GRU", ["KML306"]), ("GRU", "GRU", ["KML306"])],
)
@pytest.mark.parametrize("imported", [False, True])
def test_what_a_program_imports_for_later_versions_tells_which_it_means(
    before: str,
    later: str,
    wanted: list[str],
    imported: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(version, "installed", lambda files: V3)
    text = BY_VERSION.format(before=before, later=later)
    (tmp_path / "cells.py").write_text(text)
    program = "from cells import cell\ncell()" if imported else f"{text}\ncell()"
    assert codes(program, tmp_path) == wanted


# A model of Keras 2.0 to 2.3 called its layers without comparing sizes with what they were built for,
# and TensorFlow 1 did not know the size of what `Flatten` gave.
IN_A_MODEL = """
{first}
i = Input((8, 8, 3))
net = Model(i, Dense(5)(Flatten()(i)))
net(Input((9, 9, 3)))
"""
ALONE = """
{first}
dense = Dense(5)
dense(Input((8,)))
dense(Input((9,)))
"""
CONTRIB = """
from keras_contrib.layers import CRF
from keras.layers import Dense, Flatten, Input
from keras.models import Model
"""
LATER = """
from tf_keras.layers import Dense, Flatten, Input
from tf_keras.models import Model
"""


@pytest.mark.parametrize(
    ("program", "first", "wanted"),
    [(IN_A_MODEL, CONTRIB, []), (IN_A_MODEL, LATER, ["KML305"]), (ALONE, CONTRIB, ["KML305"])],
)
def test_a_model_of_keras_2_0_to_2_3_passed_over_what_its_layers_were_built_for(
    program: str, first: str, wanted: list[str], tmp_path: Path
) -> None:
    assert codes(program.format(first=first), tmp_path) == wanted
