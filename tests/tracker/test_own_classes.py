"""A class that a program wrote is not Keras's, whatever it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

IMPORTS = "import keras\nfrom keras import layers\nfrom keras.layers import *\n"

# Where Keras's own layer gives the finding, an own one that does something else gives none.
PROGRAMS = {
    "KML205": (
        """
class Add(layers.Layer):
    def call(self, inputs):
        a, b = inputs
        return keras.ops.mean(a, axis=(1, 2), keepdims=True) + b
""",
        """
x = keras.Input((None, None, 3))
p = layers.Conv2D(3, 3, strides=2, padding="same")(x)
keras.Model(x, Add()([layers.UpSampling2D(2)(p), x]))
""",
    ),
    "KML207": (
        """
class Dot(layers.Layer):
    def __init__(self, axes):
        super().__init__()

    def call(self, inputs):
        return keras.ops.mean(inputs[0], axis=(1, 2), keepdims=True)
""",
        """
a, b = keras.Input((1, 4)), keras.Input((1, 4))
keras.Model([a, b], Dot(2)([a, b]))
""",
    ),
    "KML208": (
        """
class Softmax(layers.Layer):
    def call(self, inputs):
        return inputs / 2
""",
        """
x = keras.Input((24, 3))
layers.Multiply()([x, Softmax()(layers.Dense(1)(x))])
""",
    ),
}


def codes(program: str) -> list[str]:
    return [
        finding.code for finding in check_source(program, "model.py", Settings(enabled=("KML2",)))
    ]


@pytest.mark.parametrize("code", PROGRAMS)
def test_of_keras(code: str) -> None:
    _, use = PROGRAMS[code]
    assert code in codes(IMPORTS + use)


@pytest.mark.parametrize("code", PROGRAMS)
def test_of_the_program(code: str) -> None:
    own, use = PROGRAMS[code]
    assert code not in codes(IMPORTS + own + use)


CELL = """
class LSTMCell(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.state_size = units

    def call(self, inputs, states):
        return inputs, states
"""
LOOP = """
x = keras.Input((7, 4))
y = layers.RNN(LSTMCell(4), return_state=True)(x)
layers.Add()([y[-1], keras.Input((5,))])
len(y) == 3 or layers.Concatenate(axis=9)([x, x])
"""


def test_a_cell_of_keras_has_two_states() -> None:
    assert codes(IMPORTS + LOOP) == ["KML111"]


def test_a_cell_of_the_program_has_those_that_it_says() -> None:
    assert codes(IMPORTS + CELL + LOOP) == ["KML111", "KML103"]


OWN_CALL = """
class Reshape(layers.Reshape):
    def call(self, inputs):
        return keras.ops.reshape(inputs, self.target_shape)
"""


@pytest.mark.parametrize(("own", "found"), [("", ["KML303"]), (OWN_CALL, [])])
def test_a_call_by_its_full_name_is_that_of_the_class(own: str, found: list[str]) -> None:
    use = "import numpy as np\nReshape((28, 30, 1)).__call__(np.zeros((840, 1)))\n"
    assert codes(IMPORTS + own + use) == found


PIPELINE = "class Pipeline:\n    steps = ()\n"
STAR = "from keras.layers import *\n"


@pytest.mark.parametrize(("keras_version", "found"), [("2", []), ("3.0", []), ("3.15", ["KML306"])])
def test_a_star_takes_no_name_for_what_only_other_versions_have(
    keras_version: str, found: list[str], tmp_path: Path
) -> None:
    (tmp_path / "steps.py").write_text(PIPELINE)
    (tmp_path / "net.py").write_text(STAR)
    settings = Settings(keras_version=keras_version)
    for imports in (PIPELINE + STAR, "from steps import *\nfrom net import *\n"):
        program = f"import keras\n{imports}Pipeline()\n"
        findings = check_source(program, str(tmp_path / "drive.py"), settings)
        assert [finding.code for finding in findings] == found


BUILT_ONCE = """
class Scale(layers.Layer):
    def __init__(self):
        super().__init__()
        self.scale = None

    def build(self, input_shape):
        if self.built:
            return
        self.scale = self.add_weight(shape=(input_shape[-1],))
        super().build(input_shape)

    def call(self, inputs):
        return inputs * self.scale


x = keras.Input((8,))
"""


@pytest.mark.parametrize(
    "before", ["scale = Scale()\n", "scale = Scale()\nscale.build((None, 8))\n"]
)
def test_a_layer_is_built_when_its_build_has_run(before: str) -> None:
    use = "layers.Add()([scale(x), keras.Input((9,))])\n"
    assert codes(IMPORTS + BUILT_ONCE + before + use) == ["KML111"]


def test_what_is_built_is_not_built_again() -> None:
    use = "scale = Scale()\nscale.build((None, 7))\nscale(x)\n"
    assert codes(IMPORTS + BUILT_ONCE + use) == ["KML141"]


RETURNS_A_MODEL = """
class Net(keras.Model):
    def build(self, input_shape):
        inputs = keras.Input(input_shape)
        return keras.Model(inputs, layers.Dense(4)(inputs))


net = Net().build((8,))
if net is None:
    net = layers.Dense(5)
layers.Add()([net(keras.Input((8,))), keras.Input((5,))])
"""


def test_what_build_gives_back_is_lost_in_keras_3() -> None:
    assert codes(IMPORTS + RETURNS_A_MODEL) == []
    found = check_source(IMPORTS + RETURNS_A_MODEL, "model.py", Settings(keras_version="2"))
    assert [finding.code for finding in found] == ["KML111"]
