"""Shapes that the user declares: they count where nothing else is known."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

HEAD = "import keras\nimport numpy as np\nfrom keras import layers\n\n"


def codes(text: str, **shapes: str) -> list[str]:
    found = check_source(HEAD + text, "net.py", Settings(declared=shapes, enabled=("KML900",)))
    return [finding.code for finding in found]


LOADED = (
    "x_train = np.load('x.npy')\n"
    "x = keras.Input(x_train.shape[1:])\n"
    "y = layers.Add()([layers.Dense(5)(layers.Flatten()(x)), layers.Flatten()(x)])\n"
)


def test_data_that_is_loaded() -> None:
    assert codes(LOADED) == []
    assert codes(LOADED, x_train="(None, 2, 2)") == ["KML111"]
    assert codes(LOADED, x_train="(60000, 2, 2)") == ["KML111"]
    assert codes(LOADED, x_train="(None, 5)") == []
    assert codes(LOADED, other="(None, 2, 2)") == []


def test_what_is_unpacked() -> None:
    text = LOADED.replace("x_train = ", "(x_train, y_train), _ = ")
    assert codes(text, x_train="(None, 2, 2)") == ["KML111"]


PARAMETERS = "def f(left, right):\n    return layers.Add()([left, right])\n"


@pytest.mark.parametrize(("left", "right", "found"), [
    ("(None, 8)", "(None, 3)", ["KML111"]),
    ("(None, 8)", "(None, 8)", []),
    ("(None, n)", "(None, n)", []),
    ("(None, n)", "(None, m)", []),
    ("(None, 8)", "(None, ?)", []),
    ("(None, 8)", "(None, None)", []),
])  # fmt: skip
def test_parameters(left: str, right: str, found: list[str]) -> None:
    assert codes(PARAMETERS) == []
    assert codes(PARAMETERS, left=left, right=right) == found


def test_what_is_known_is_not_overruled() -> None:
    text = (
        "a = keras.Input((8,))\nb = keras.Input((3,))\n"
        "def f(left, right=a):\n    return layers.Add()([left, right])\n"
        "y = f(a, a)\n"
    )
    assert codes(text, left="(None, 3)", right="(None, 3)", a="(None, 3)") == []


@pytest.mark.parametrize(("left", "right", "found"), [
    ("'(None, 8)'", "'(None, 3)'", ["KML111"]),
    ("'(None, 8)'", "'(None, 8)'", []),
    ("'(None, 8'", "'(None, 3)'", []),
    ("'Tensor'", "'(None, 3)'", []),
    ("Float[Array, 'batch 8']", "Float32[Array, 'batch 3']", ["KML111"]),
    ("jt.Float[jt.Array, 'batch n=8']", "jt.Shaped[jt.Array, 'batch 3']", ["KML111"]),
    ("Float[Array, 'batch n']", "Float[Array, 'batch m']", []),
    ("Float[Array, 'batch _ 8']", "Float[Array, 'batch 4 3']", ["KML111"]),
    ("Float[Array, '*batch 8']", "Float[Array, '*batch 3']", []),
    ("Float[Array, '... 8']", "Float[Array, '#b n+1']", []),
    ("Annotated[Array, 'batch 8']", "Annotated[Array, 'batch 3']", []),
    ("Float[Array, 8]", "Float[8, 'a', 'b 3']", []),
])  # fmt: skip
def test_annotations(left: str, right: str, found: list[str]) -> None:
    text = PARAMETERS.replace("left, right):", f"left: {left}, right: {right}):")
    assert codes(text) == found


def test_settings_are_stronger_than_annotations() -> None:
    text = PARAMETERS.replace("(left,", "(left: '(None, 3)',")
    assert codes(text, left="(None, 8)", right="(None, 8)") == []
    assert codes(text, right="(None, 8)") == ["KML111"]
