"""What holds in only one version of Keras is not a fact unless something says which one is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.keras_api.versions import V3
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program import version

# Keras 3 believes what compute_output_shape says: a nest of shapes here, by mistake.  Keras 2 runs call.
LAYERS = """
{first}
from keras.layers import Layer
class Kept(Layer):
    def call(self, x):
        return x * 2.0
    def compute_output_shape(self, shape):
        return (shape,) + (4,)
"""
PROGRAM = """
from keras import Input
from keras.layers import Add
x = Input((4, 4))
Add()([x, Kept()(x)])
"""


@pytest.fixture(autouse=True)
def no_keras_beside_the_linter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "installed", lambda files: None)


def _codes(program: str, path: Path) -> list[str]:
    path.write_text(program)
    return [finding.code for finding in check_source(program, str(path), Settings())]


@pytest.mark.parametrize(
    ("first", "codes"),
    [("import tf_keras", []), ("", []), ("import keras.ops", ["KML104"])],
)
def test_what_only_keras_3_believes_is_no_fact_where_nobody_says_it(
    tmp_path: Path, first: str, codes: list[str]
) -> None:
    program = LAYERS.format(first=first) + PROGRAM
    assert _codes(program, tmp_path / "program.py") == codes


@pytest.mark.parametrize(
    ("first", "codes"), [("from keras.engine import InputSpec", []), ("", ["KML104"])]
)
def test_what_its_modules_can_not_do_with_the_keras_beside_the_linter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, codes: list[str]
) -> None:
    monkeypatch.setattr(version, "installed", lambda files: V3)
    (tmp_path / "own.py").write_text(LAYERS.format(first=first))
    assert _codes("from own import Kept\n" + PROGRAM, tmp_path / "program.py") == codes


@pytest.mark.parametrize(("ordering", "codes"), [("th", []), ("tf", ["KML302"])])
def test_the_older_name_of_the_data_format(tmp_path: Path, ordering: str, codes: list[str]) -> None:
    program = f"""
from keras import backend as K
from keras.layers import Input
from keras.layers.pooling import MaxPooling2D
K.set_image_dim_ordering("{ordering}")
MaxPooling2D()(Input((1, 28, 28)))
"""
    assert _codes(program, tmp_path / "program.py") == codes


def test_an_input_of_a_tensor_needs_no_data(tmp_path: Path) -> None:
    program = """
import numpy as np
from keras import backend as K
from keras.layers import Add, Input
from keras.models import Model
noise, images = Input(tensor=K.random_normal((10, 4))), Input((4,))
Model([noise, images], Add()([noise, images])).predict(np.ones((10, 4)))
"""
    assert _codes(program, tmp_path / "program.py") == []


# Keras 2 has `input_shape` as a property; the copy of it inside TensorFlow is there beside Keras 3 as well.
BESIDE_THE_COPY = """
from tensorflow.keras import layers
{first}
class Flatten(layers.Layer):
    def build(self, shape):
        self.input_shape = shape
    def call(self, x):
        return x
Flatten()(layers.Input((4,)))
"""


@pytest.mark.parametrize(
    ("first", "codes"),
    [("from tensorflow.python.keras import initializers", []), ("import tf_keras", ["KML405"])],
)
def test_the_frozen_copy_inside_tensorflow_says_nothing_of_the_keras_beside_it(
    tmp_path: Path, first: str, codes: list[str]
) -> None:
    program = BESIDE_THE_COPY.format(first=first)
    assert _codes(program, tmp_path / "program.py") == codes
