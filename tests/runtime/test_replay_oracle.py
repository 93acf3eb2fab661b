"""Replay against the real Keras, of both versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import Broken, LayerCall, Problem, ProblemKind
from kerasmergelint.options import Settings
from kerasmergelint.runtime.confirm import Confirmer, Judged, Options
from kerasmergelint.runtime.verdict import Confirmation
from kerasmergelint.tracker.keras.memo import Memo
from tests.runtime.programs import CLASS_TOKEN, KERAS, judged

pytestmark = pytest.mark.oracle

KERAS_2 = "import tf_keras as keras\nfrom tf_keras import layers\nimport tensorflow as tf\n"
BOTH = pytest.mark.parametrize("head", [KERAS, KERAS_2], ids=["keras 3", "keras 2"])


@pytest.fixture(scope="module")
def confirmer() -> Iterator[Confirmer]:
    with Confirmer(Settings(), Options()) as made:
        yield made


@pytest.fixture(scope="module")
def allowing() -> Iterator[Confirmer]:
    with Confirmer(Settings(), Options(allow_user_code=True)) as made:
        yield made


def the_one(confirmer: Confirmer, text: str, folder: Path) -> Judged:
    found = judged(confirmer, text, str(folder / "program.py"))
    assert len(found) == 1, [item.finding.text for item in found]
    return found[0]


PROGRAMS = {
    "element-wise": "x = keras.Input((8,))\nlayers.Add()([layers.Dense(3)(x), layers.Dense(4)(x)])\n",
    "concatenation": (
        "x = keras.Input((8, 8, 3))\nlayers.Concatenate()([x, layers.Conv2D(4, 3, strides=2)(x)])\n"
    ),
    "dot": "a, b = keras.Input((4, 5)), keras.Input((6, 7))\nlayers.Dot(axes=(2, 1))([a, b])\n",
    "operator": "a, b = keras.Input((4,)), keras.Input((5,))\nc = a + b\n",
    "rank": "layers.LSTM(4)(keras.Input((8,)))\n",
    "reshape": "layers.Reshape((5, 5))(keras.Input((24,)))\n",
    "negative": "layers.Conv2D(4, 9)(keras.Input((8, 8, 3)))\n",
    "pinned": "d = layers.Dense(4)\nd(keras.Input((8,)))\nd(keras.Input((9,)))\n",
    "one operand": "layers.Add()(keras.Input((8,)))\n",
    "sequential": (
        "s = keras.Sequential([layers.Dense(4), layers.Dense(5)])\n"
        "x = keras.Input((8,))\nlayers.Add()([s(x), x])\n"
    ),
    "model in a model": (
        "i = keras.Input((8,))\nm = keras.Model(i, [layers.Dense(3)(i), layers.Dense(4)(i)])\n"
        "a, b = m(keras.Input((8,)))\nlayers.Add()([a, b])\n"
    ),
    "wrapped": (
        "x = keras.Input((6, 8))\n"
        "y = layers.TimeDistributed(layers.Dense(5))(x)\n"
        "z = layers.Bidirectional(layers.LSTM(4, return_sequences=True))(x)\n"
        "layers.Add()([y, z])\n"
    ),
    "application": (
        "net = keras.applications.MobileNetV2(include_top=False, input_shape=(64, 64, 3))\n"
        "skip = net.get_layer('block_6_expand_relu').output\n"
        "layers.Concatenate()([layers.UpSampling2D(2)(net.output), skip])\n"
    ),
    "disconnected": "a, b = keras.Input((4,)), keras.Input((4,))\n"
    "keras.Model(a, layers.Add()([a, b]))\n",
    "constructor": "layers.Dense()\n",
    "not known": "def f(x):\n    return layers.Add()([layers.Dense(5)(x), layers.Dense(6)(x)])\n",
    "symbol": (
        "def f(n):\n    a = keras.Input((n * 2, 8))\n"
        "    return layers.Concatenate()([a, keras.Input((n * 2 + 1, 8))])\n"
    ),
    "own layer before": (
        "class Own(layers.Layer):\n    def call(self, x):\n        return x * 2\n"
        "x = keras.Input((8,))\nlayers.Add()([Own()(x), layers.Dense(4)(x)])\n"
    ),
    "inside of an own layer": (
        "class Own(layers.Layer):\n"
        "    def __init__(self):\n        super().__init__()\n        self.d = layers.Dense(5)\n"
        "    def call(self, x):\n        return x + self.d(x)\n"
        "Own()(keras.Input((8,)))\n"
    ),
    "a weight and the input in call": CLASS_TOKEN,
    "reserved": (
        "class Own(layers.Layer):\n    def __init__(self):\n        super().__init__()\n"
        "        self.losses = []\nOwn()\n"
    ),
}


@BOTH
@pytest.mark.parametrize("name", PROGRAMS)
def test_confirmed(confirmer: Confirmer, tmp_path: Path, head: str, name: str) -> None:
    verdict = the_one(confirmer, head + PROGRAMS[name], tmp_path).verdict
    assert verdict.confirmation is Confirmation.CONFIRMED, verdict
    assert verdict.exception
    assert not any("the linter" in note for note in verdict.notes)


def test_the_message_is_that_of_keras(confirmer: Confirmer, tmp_path: Path) -> None:
    verdict = the_one(confirmer, KERAS + PROGRAMS["element-wise"], tmp_path).verdict
    assert verdict.exception == "ValueError"
    assert verdict.message == "Inputs have incompatible shapes. Received shapes (3,) and (4,)"


def test_what_we_are_wrong_about_is_refuted(
    confirmer: Confirmer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = LayerType.call

    def lie(self: LayerType, call: LayerCall) -> Any:
        if self.name == "Add":
            raise Broken(Problem(ProblemKind.BROADCAST, "ValueError", "a lie", (0, 1)))
        return honest(self, call)

    monkeypatch.setattr(LayerType, "call", lie)
    # Forget the honest answers.
    monkeypatch.setattr("kerasmergelint.tracker.keras.layers._CALLED", Memo())
    text = KERAS + "x = keras.Input((8,))\nlayers.Add()([x, layers.Dense(8)(x)])\n"
    verdict = the_one(confirmer, text, tmp_path).verdict
    assert verdict.text == "refuted: TensorFlow builds it"


def test_a_wrong_shape_on_the_way_is_told(
    confirmer: Confirmer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kerasmergelint.keras_api.protocol import Outcome, TensorSpec
    from kerasmergelint.shapes import Shape

    honest = LayerType.call

    def lie(self: LayerType, call: LayerCall) -> Any:
        if self.name == "Dense":
            return Outcome(TensorSpec(Shape((None, 7)), "float32"))
        return honest(self, call)

    monkeypatch.setattr(LayerType, "call", lie)
    # Forget the honest answers.
    monkeypatch.setattr("kerasmergelint.tracker.keras.layers._CALLED", Memo())
    text = KERAS + "x = keras.Input((8,))\nlayers.Add()([x, layers.Dense(8)(x)])\n"
    verdict = the_one(confirmer, text, tmp_path).verdict
    assert verdict.confirmation is Confirmation.REFUTED
    assert verdict.notes == ("Dense at line 4 gave (None, 8), the linter says (None, 7)",)


def test_a_hazard_is_confirmed_by_the_shapes(confirmer: Confirmer, tmp_path: Path) -> None:
    text = KERAS + "a, b = keras.Input((8, 1)), keras.Input((1, 5))\nlayers.Add()([a, b])\n"
    verdict = the_one(confirmer, text, tmp_path).verdict
    assert verdict.text == "confirmed: the shapes at run time are (None, 8, 1), (None, 1, 5)"


OWN = (
    "print('the program runs')\nraise SystemExit\n"
    "WIDTH = 5\n"
    "def widened(x):\n    return layers.Dense(WIDTH)(x)\n"
    "class Own(layers.Layer):\n"
    "    def __init__(self, more=0):\n        super().__init__()\n"
    "        self.inner = layers.Dense(WIDTH + more)\n"
    "    def call(self, x):\n        return self.inner(x)\n"
    "    def compute_output_shape(self, shape):\n        return (*shape[:-1], 6)\n"
)


def test_classes_run_only_when_allowed(
    confirmer: Confirmer, allowing: Confirmer, tmp_path: Path
) -> None:
    text = KERAS + OWN.partition("raise SystemExit\n")[2]
    text += "x = keras.Input((8,))\nlayers.Add()([Own(more=1)(x), x])\n"
    careful = the_one(confirmer, text, tmp_path).verdict
    assert careful.confirmation is Confirmation.CONFIRMED
    assert "stood in for the output of Own" in careful.notes[0]
    allowed = the_one(allowing, text, tmp_path).verdict
    assert allowed.confirmation is Confirmation.CONFIRMED
    assert allowed.notes == ()


def test_of_the_program_only_the_class_runs(allowing: Confirmer, tmp_path: Path) -> None:
    told = tmp_path / "told"
    text = KERAS + OWN.partition("raise SystemExit\n")[2]
    text += (
        f"open({str(told)!r}, 'w').close()\nx = keras.Input((8,))\nlayers.Add()([Own(1)(x), x])\n"
    )
    verdict = the_one(allowing, text, tmp_path).verdict
    assert verdict.confirmation is Confirmation.CONFIRMED
    assert not told.exists()


def test_a_class_that_crashes_costs_one_finding(allowing: Confirmer, tmp_path: Path) -> None:
    text = KERAS + (
        "import ctypes\n"
        "class Own(layers.Layer):\n"
        "    def __init__(self):\n        super().__init__()\n"
        "    def build(self, shape):\n        ctypes.string_at(0)\n"
        "    def call(self, x):\n        return x\n"
        "x = keras.Input((8,))\n"
        "layers.Add()([Own()(x), layers.Dense(3)(x)])\n"
        "layers.Add()([layers.Dense(4)(x), layers.Dense(3)(x)])\n"
    )
    found = judged(allowing, text, str(tmp_path / "program.py"))
    texts = [item.verdict.text for item in found]
    assert texts[0] == "not reached: it was killed by a segmentation fault"
    assert texts[1].startswith("confirmed: ")
