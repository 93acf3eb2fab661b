"""The layer rules against the real layers: shapes, dtypes, refusals, weights, second calls.

``KML_DRAWS`` says how often each layer is drawn (8 times by default, which is a smoke test; 200 is the full
run), ``KML_KERAS`` which versions (``2``, ``3``, or both).  ``KML_DRAWS_LOG`` names a file that gets a line
of JSON for each layer, with the figures.  ``KML_SEED``, a number, draws something else than always.
How many draws may go without an answer says ``allowed_silence.py``.
SpectralNormalization of Keras 2 only works in a process with ``TF_USE_LEGACY_KERAS=1``.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from typing import Any

import pytest

from kerasmergelint.keras_api.protocol import KerasVersion, TensorSpec
from kerasmergelint.shapes import UNKNOWN, OpenShape, symbol
from tests.draws import each_draw
from tests.keras_api import allowed_silence
from tests.keras_api.layer_answers import Answers, ask_keras, ask_us, differences, in_full
from tests.keras_api.layer_draws import CASES, V2, V3, Call, Draw, Sub, T, draws
from tests.oracle import Raised, Unsure
from tests.silence import Tally

pytestmark = pytest.mark.oracle
DRAWS = int(os.environ.get("KML_DRAWS", "8"))
LEGACY = os.environ.get("TF_USE_LEGACY_KERAS") == "1"

ONLY = os.environ.get("KML_KERAS", "23")
ROWS = [
    (title, version)
    for title, case in CASES.items()
    for version in case.versions
    if str(int(version)) in ONLY
]


@pytest.mark.parametrize(("title", "version"), ROWS, ids=[f"{t}-{v.name}" for t, v in ROWS])
def test_layer(title: str, version: KerasVersion) -> None:
    if title == "SpectralNormalization" and version is V2 and not LEGACY:
        pytest.skip("asks tf.keras for its InputSpec, which is Keras 3's here")
    tally = Tally(f"{title}, Keras {int(version)}")
    seen: Counter[str] = Counter()

    def compare(draw: Draw) -> None:
        theirs, ours = ask_keras(draw, version), ask_us(draw, version)
        assert not differences(ours, theirs), f"{version.name} {draw}\n{ours}\n{theirs}"
        tally.note(draw, silent=not in_full(ours, theirs))
        seen["raised"] += isinstance(theirs.first, Raised)
        seen["second calls"] += theirs.second is not None
        for variant in range(3):
            dice = random.Random(f"{variant} {draw}")
            blurred = ask_with_less_known(draw, version, theirs, dice)
            seen["said with less known"] += not isinstance(blurred.first, Unsure)

    each_draw(draws(title), DRAWS, tally.title, compare)
    allowed = allowed_silence.of_layer(title, version)
    tally.hold(allowed, **seen)
    assert seen["said with less known"] or allowed.reason, "what is hidden hides everything"


def test_silence_is_allowed_only_where_it_is_asked() -> None:
    asked = {(title, version) for title, case in CASES.items() for version in case.versions}
    assert set(allowed_silence.LAYERS) <= asked


# -- with less known ------------------------------------------------------------------------


def ask_with_less_known(
    draw: Draw, version: KerasVersion, theirs: Answers, dice: random.Random
) -> Answers:
    """Take away what is known, here and there: what we still say, which must be true."""
    values: dict[str, int] = {}

    def hidden(dim: Any) -> Any:
        kind = dice.random()
        if dim is None or kind < 0.1:
            return UNKNOWN if kind < 0.2 else dim
        if kind < 0.4 and isinstance(dim, int) and dim > 0:  # -1 is no size
            name = f"d{len(values)}"
            values[name] = dim
            return symbol(name)
        return dim

    def blur(leaf: Any) -> Any:
        if isinstance(leaf, T):
            if dice.random() < 0.1:
                cut = dice.randint(0, len(leaf.dims))
                tail = tuple(map(hidden, leaf.dims[cut:]))
                return TensorSpec(
                    OpenShape(tail, dice.randint(len(tail), len(leaf.dims))), leaf.dtype
                )
            return T(tuple(map(hidden, leaf.dims)), leaf.dtype)
        if isinstance(leaf, (Sub, TensorSpec)):
            return leaf
        if isinstance(leaf, int) and not isinstance(leaf, bool):
            return hidden(leaf)
        return UNKNOWN if dice.random() < 0.1 else leaf

    ours = ask_us(draw, version, blur)
    wrong = differences(ours, theirs, values)
    assert not wrong, f"{version.name} {draw}\nwith {values}\n{ours}\n{theirs}"
    return ours


# -- what went wrong once -------------------------------------------------------------------

IMAGES = T((None, 8, 8, 6))
REGRESSIONS = [
    Draw("Dense", {"units": 1}, Call(T((None, 5, 5))), Call(T((None, 5, None)))),
    Draw("Dense", {"units": 3}, Call(T((3, 9, 8))), Call(T((3, 9, 8, 3)))),
    Draw("Embedding", {"input_dim": 0, "output_dim": 0}, Call(T((None, 12), "int64"))),
    Draw("Conv2D", {"kernel_size": 2.5, "filters": 1}, Call(IMAGES)),
    Draw("Conv2D", {"kernel_size": 3, "filters": 4.0}, Call(IMAGES)),
    Draw("Conv2D", {"kernel_size": (3.0, 3), "filters": 4}, Call(IMAGES)),
    Draw("Conv2D", {"kernel_size": 3, "filters": 4, "strides": (2.0, 2.0)}, Call(IMAGES)),
    Draw("Conv2D", {"kernel_size": 3, "filters": 4, "groups": 2.0}, Call(IMAGES)),
    Draw("Conv2DTranspose", {"kernel_size": 3, "filters": 4, "strides": (2.0, 2)}, Call(IMAGES)),
    Draw("DepthwiseConv2D", {"kernel_size": 3, "depth_multiplier": 2.0}, Call(IMAGES)),
    Draw("MaxPooling2D", {"pool_size": (2.0, 2)}, Call(IMAGES)),
    Draw("UpSampling2D", {"size": (2.0, 2)}, Call(IMAGES)),
    Draw("UpSampling1D", {"size": 2.0}, Call(T((None, 8, 6)))),
    Draw("GroupNormalization", {"groups": 2.0}, Call(IMAGES)),
    Draw("LSTM", {"units": 4.0}, Call(T((None, 8, 6)))),
    Draw("Masking", {}, Call([T((None, 3, 4)), T((None, 3, 4))])),
    Draw("Conv3DTranspose", {"filters": 2, "kernel_size": 3, "dilation_rate": 2},
         Call(T((None, 3, 8, 8, 8)))),
    Draw("Dense", {"units": 3}, Call(T((None, 12, 8, 4))), Call(T((None, 12, 8)))),
    Draw("UnitNormalization", {}, Call([T((None, 4)), T((None, 4))])),
    Draw("UnitNormalization", {"axis": [-2, 0]}, Call(T((3, None, 1))), Call(T((3, None)))),
    Draw("AdaptiveMaxPooling2D", {"output_size": 0}, Call(T((None, 1, 6, None)))),
    Draw("DepthwiseConv1D", {"kernel_size": 3}, Call(T((None, 3, 4))), Call(T((None, 3, None)))),
    Draw("ConvLSTM2D", {"filters": 4, "kernel_size": 3}, Call(T((None, 9, 12, 9, 6))),
         Call(T((None, 9, 12, 9, 6, 6)))),
    Draw("TimeDistributed", {"layer": Sub("LSTM", {"units": 3, "return_state": True})},
         Call(T((None, 16, 8, 4)))),
    Draw("ConvLSTM1D", {"filters": 0, "kernel_size": 1}, Call(T((None, 1, 1, 1)))),
    Draw("Hashing", {"num_bins": 6, "dtype": "float64"}, Call(T((3, 6), "int64"))),
    Draw("HashedCrossing", {"num_bins": 2, "output_mode": "one_hot"},
         Call([T((2, 1), "int64"), T((2, 1), "int64")])),
    Draw("TimeDistributed", {"layer": Sub("ReLU")}, Call([T((None, 3, 3, 3)), T((None, 3, 3, 3))])),
    Draw("Normalization", {"axis": (0, 0), "mean": 0.5, "variance": 1.0}, Call(T((3, 8, 8)))),
    Draw("Reshape", {"target_shape": (-1,)}, Call([T((2, 3)), T((2, 3))])),
    Draw("StringLookup", {"vocabulary": ["a", "b", "c"], "mask_token": "a"},
         Call(T((None, None), "string"))),
    Draw("Conv2DTranspose", {"filters": 4, "kernel_size": 4, "strides": (2, 2), "output_padding": 2},
         Call(IMAGES)),
    Draw("Conv2DTranspose", {"filters": 4, "kernel_size": 3, "dilation_rate": (2, 1)}, Call(IMAGES)),
    Draw("Conv3DTranspose", {"filters": 6, "kernel_size": "ab"}, Call(T((None, 9, 8, 8, 8)))),
    Draw("DepthwiseConv1D", {"kernel_size": 3, "strides": 2, "dilation_rate": 2, "padding": "same"},
         Call(T((None, 4, 4)))),
    Draw("SeparableConv2D", {"filters": 4, "kernel_size": 4, "dilation_rate": [1, 2]},
         Call(T((None, None, 9, 1)))),
    Draw("DepthwiseConv2D", {"kernel_size": 2}, Call(IMAGES), Call(T((None, 8, 8, 8, 6)))),
    Draw("AveragePooling1D", {}, Call(T((3, 4, 4)))),
    Draw("GlobalMaxPooling1D", {}, Call(T((3, 1, None))), Call(T((3, 1, None, 5)))),
    Draw("UpSampling2D", {}, Call(T((3, 2, None, 2)))),
    Draw("UpSampling3D", {}, Call(T((None, 4, 4, 4)))),
    Draw("Permute", {"dims": (1, 2.0)}, Call(T((None, 9, 2)))),
    Draw("Reshape", {"target_shape": (-1, -1)}, Call(T((None, None, None)))),
    Draw("Reshape", {"target_shape": ()}, Call(T((3, 4, None)))),
    Draw("RepeatVector", {"n": -1}, Call(T((None, 8)))),
    Draw("ZeroPadding3D", {"padding": ((3, 0), (2, 2), (0, 2.5))}, Call(T((2, 8, 5, 4, 9)))),
    Draw("Cropping3D", {"cropping": 4}, Call(T((2, 8, 8, 8, 1)))),
    Draw("LSTM", {"units": 4}, Call(T((2, 5, 5))), Call(T((2, 5, 1)))),
    Draw("GRU", {"units": 4}, Call(T((None, 12, 3))), Call(T((None, 12, 8)))),
    Draw("ConvLSTM3D", {"filters": 6, "kernel_size": [1, 4, 1], "dilation_rate": (1, 2, 1)},
         Call(T((3, None, None, 1, 5, 4)))),
    Draw("LayerNormalization", {"axis": (0, 0), "scale": False, "center": False},
         Call(T((None, 8, 3)))),
    Draw("BatchNormalization", {"axis": 2}, Call(IMAGES)),
    Draw("BatchNormalization", {"axis": [2]}, Call(IMAGES), Call(T((None, 8, None, 6)))),
    Draw("Normalization", {"axis": (2, 2)}, Call(T((None, 6, 6)))),
    Draw("Normalization", {}, Call(T((None, 4, 1))), Call(T((None, 4)))),
    Draw("PReLU", {}, Call(T((None, 5, 2))), Call(T((None, 5, 3)))),
    Draw("Softmax", {"axis": -4}, Call(T((None, 2, None)))),
    Draw("Dropout", {"rate": "a"}, Call(T((3, 12, 3)))),
    Draw("EinsumDense", {"equation": "...x,xy->...y", "output_shape": 4}, Call(T((None, 2, 3, 5)))),
    Draw("EinsumDense", {"equation": "abc,cd->abd", "output_shape": (None, 4)},
         Call(T((None, 12, 1, 8)))),
    Draw("TimeDistributed", {"layer": Sub("MaxPooling2D")}, Call(T((None, 12, 9, 6)))),
    Draw("Bidirectional", {"layer": Sub("LSTM", {"units": 4}), "merge_mode": "concat",
                           "backward_layer": Sub("LSTM", {"units": 6, "go_backwards": True})},
         Call(T((None, 5, 3)))),
    Draw("AdditiveAttention", {}, Call([T((None, 1, 4)), T((None, 9, 3)), T((None, 9, 4))])),
    Draw("Dot", {"axes": 0}, Call([T((None,)), T((None,))])),
    Draw("Concatenate", {"axis": -4}, Call([T((None, 1, 2, 2)), T((None, 1, 2, 2))]),
         Call([T((None, 3)), T((None, 3))])),
    Draw("Concatenate", {"axis": -1}, Call([T((None, 3), "float16"), T((None, 3), "int32")])),
    Draw("Add", {}, Call([T((None, 3), "int32"), T((None, 3), "int32")])),
    Draw("HashedCrossing", {"num_bins": 6}, Call([T((2, 1), "string"), T((2, 1), "string")])),
    Draw("Rescaling", {"scale": (1.0, 2.0)}, Call(T((None, 8, 8, 3)))),
    Draw("Rescaling", {"scale": 0.5}, Call([T((None, None, None, None)), T((None, 4, None, None))])),
    *(Draw(name, {"filters": 2, "kernel_size": 3}, Call(T((None, 8, 8, 3), "uint8")))
      for name in ("Conv2D", "SeparableConv2D", "Conv2DTranspose")),
    Draw("MaxPooling2D", {}, Call(T((None, 8, 8, 3), "uint8"))),
    Draw("AveragePooling2D", {}, Call(T((None, 8, 8, 3), "int32"))),
    Draw("MaxPooling3D", {"dtype": "float64"}, Call(T((None, 4, 4, 4, 1)))),
    Draw("GlobalAveragePooling2D", {}, Call(T((None, 8, 8, 3), "int32"))),
    Draw("UpSampling2D", {"interpolation": "bilinear"}, Call(T((None, 2, 2, 3), "int32"))),
    Draw("UpSampling2D", {}, Call(T((None, 2, 2, 3), "uint8"))),
    Draw("ReLU", {"negative_slope": 0.1}, Call(T((None, 3), "int32"))),
    Draw("ReLU", {"negative_slope": 0.1, "max_value": 6.0}, Call(T((None, 3), "int32"))),
    Draw("Activation", {"activation": "relu"}, Call(T((None, 3), "int32"))),
    Draw("Activation", {"activation": "leaky_relu"}, Call(T((None, 3), "int32"))),
    Draw("Activation", {"activation": "tanh"}, Call(T((None, 3), "int32"))),
    Draw("LSTM", {"units": 2}, Call(T((None, 4, 3), "int32"))),
    Draw("LSTMCell", {"units": 1, "dtype": "float16"},
         Call(T((None, 1)), {"states": [T((None, 1)), T((None, 1))]})),
    Draw("Bidirectional", {"layer": Sub("LSTM", {"units": 1}), "dtype": "float16"},
         Call(T((None, None, 1)))),
    Draw("TimeDistributed", {"layer": Sub("TimeDistributed", {"layer": Sub("Dense", {"units": 2})})},
         Call(T((None, None, None, 1))), Call(T((None, None, None, 1, None)))),
    Draw("HashedCrossing", {"num_bins": 1}, Call([T((2,), "string"), T((2,), "string")])),
    Draw("RandomTranslation", {"height_factor": 0.2, "width_factor": None}, Call(IMAGES)),
    Draw("Reshape", {"target_shape": (-2, 4)}, Call(T((None, 2, 2)))),
    Draw("Normalization", {"mean": 0.5, "variance": [1.0] * 8, "axis": None},
         Call(T((None, None, None)))),
    Draw("ZeroPadding2D", {"padding": ((0, 0), (0, 2.5))}, Call(T((None, None, None, None)))),
    Draw("Cropping2D", {"cropping": ((0, 0), (0, 2.5))}, Call(T((None, None, None, None)))),
    Draw("Cropping2D", {"cropping": ((0, 0), (0, 2.0))}, Call(T((None, None, 8, None)))),
    Draw("ZeroPadding1D", {"padding": (0, 2.5)}, Call(T((None, 8, 3)))),
    Draw("ZeroPadding1D", {"padding": (0, 2.5)}, Call(T((None, None, 3)))),
    Draw("LeakyReLU", {"negative_slope": -1.0}, Call(T((None, None, None)))),
    Draw("MelSpectrogram", {"sequence_stride": 0}, Call(T((None, None)))),
    Draw("MelSpectrogram", {"sequence_stride": 0}, Call(T((None, 64)))),
    Draw("Conv2DTranspose", {"filters": None, "kernel_size": 1}, Call(T((None, None, None, 1)))),
    Draw("TextVectorization", {"output_mode": "one_hot"}, Call(T((None, None), "string"))),
    Draw("StringLookup", {"vocabulary": ["a", "b", "c"], "mask_token": "a", "num_oov_indices": 0},
         Call(T((None, None), "string"))),
    *(Draw("MelSpectrogram", {name: value}, Call(T((None, time))))
      for name in ("fft_length", "num_mel_bins", "sequence_stride")
      for value in (0, -1, None) for time in (None, 64)),
    Draw("GaussianNoise", {"stddev": None}, Call(T((None, 3)))),
    Draw("Equalization", {"value_range": None}, Call(IMAGES)),
    Draw("AugMix", {"value_range": None}, Call(IMAGES)),
    Draw("RandAugment", {"value_range": None}, Call(IMAGES)),
    Draw("RandomGrayscale", {}, Call([IMAGES, IMAGES])),
    Draw("RandomZoom", {"height_factor": -1}, Call(IMAGES)),
    Draw("RandomTranslation", {"height_factor": (0, 2), "width_factor": 0.1}, Call(IMAGES)),
    Draw("RandomRotation", {"factor": ()}, Call(IMAGES)),
    Draw("IntegerLookup", {"vocabulary": [10, 20], "dtype": "float16"}, Call(T((None, 3), "int64"))),
    Draw("IntegerLookup", {"vocabulary": [7], "dtype": "mixed_float16"}, Call(T((None, 3), "int64"))),
    Draw("ConvLSTM2D", {"filters": 1, "kernel_size": 1, "stateful": True},
         Call(T((2, 3, None, 4, 1)))),
    Draw("ConvLSTM2D", {"filters": 1, "kernel_size": 1, "stateful": True},
         Call(T((2, None, 1, 1, 1))), Call(T((None, None, None, 1, 1)))),
    Draw("Average", {}, Call([T((None,)), T((None,))]), Call([T((2,)), T((2, None))])),
    Draw("Maximum", {}, Call([T((2, 3)), T((2, 4, 3))]), Call([T((2,)), T((2, 4))])),
    Draw("Add", {}, Call([T((2, 3)), T((2, 3))]), Call([T((1, 3)), T((4, 3))])),
    Draw("Conv3D", {"filters": 1, "kernel_size": (1, 1, 2), "dilation_rate": 2},
         Call(T((None, None, None, 2, 1)))),
    Draw("Discretization", {"dtype": "mixed_float16", "num_bins": 3}, Call(T((None, None)))),
    Draw("Discretization", {"dtype": "uint8", "num_bins": 3}, Call(T((None, None)))),
    *(Draw("TextVectorization", {"vocabulary": ["a", "b", "c"], "output_mode": mode, "split": split},
           Call(T((2, 1), "string")))
      for mode in ("multi_hot", "one_hot", "int") for split in ("whitespace", "character")),
    Draw("SpectralNormalization",
         {"layer": Sub("Conv1DTranspose", {"filters": 4, "kernel_size": 2})}, Call(T((None, 1)))),
    Draw("SpectralNormalization", {"layer": Sub("Dense", {"units": 4})}, Call(T((3,)))),
    Draw("SpectralNormalization",
         {"layer": Sub("Conv2D", {"filters": 4, "kernel_size": 2})}, Call(T((3, 4, 4)))),
    Draw("LayerNormalization", {"axis": -3}, Call(T((3, 3, 3, 4))), Call(T((3, 3)))),
    Draw("LayerNormalization", {"axis": 3}, Call(T((3, 3, 3, 4))), Call(T((3, 3)))),
    Draw("LeakyReLU", {"alpha": None}, Call(T((None, 3)))),
    Draw("StringLookup", {"vocabulary": ["a"], "mask_token": "a", "num_oov_indices": 0},
         Call(T((None, 3), "string"))),
]  # fmt: skip


# Of these we say nothing since, or not everything: by name, as often as they stand above.
LEFT_OPEN = {
    V3: "ConvLSTM2D LayerNormalization Masking MelSpectrogram MelSpectrogram MelSpectrogram "
    "MelSpectrogram MelSpectrogram MelSpectrogram Rescaling SpectralNormalization "
    "SpectralNormalization TextVectorization TimeDistributed TimeDistributed TimeDistributed "
    "UnitNormalization",
    V2: "BatchNormalization Concatenate ConvLSTM2D ConvLSTM2D Dense GlobalMaxPooling1D "
    "LayerNormalization Masking "
    "Normalization RandomRotation RandomTranslation RandomTranslation RandomZoom Rescaling Rescaling "
    "Reshape TimeDistributed TimeDistributed TimeDistributed UnitNormalization",
}


@pytest.mark.parametrize("version", [V3, V2], ids=["V3", "V2"])
@pytest.mark.parametrize("draw", REGRESSIONS, ids=lambda draw: f"{draw.name}")
def test_what_went_wrong_once(draw: Draw, version: KerasVersion) -> None:
    if version not in CASES[draw.name].versions:
        pytest.skip("only the other version has it")
    if draw.name == "SpectralNormalization" and version is V2 and not LEGACY:
        pytest.skip("asks tf.keras for its InputSpec, which is Keras 3's here")
    ours, theirs = ask_us(draw, version), ask_keras(draw, version)
    assert not differences(ours, theirs), f"{ours}\n{theirs}"


@pytest.mark.parametrize("version", [V3, V2], ids=["V3", "V2"])
def test_what_went_wrong_once_is_answered(version: KerasVersion) -> None:
    drawn = [draw for draw in REGRESSIONS if version in CASES[draw.name].versions]
    silent = [draw.name for draw in drawn if not in_full(ask_us(draw, version))]
    assert sorted(silent) == LEFT_OPEN[version].split()


def test_an_axis_that_is_not_known_refuses_nothing() -> None:
    """Keras builds weights of size 1 for axes that are shared; which they are, we do not know here."""
    shared = {"shared_axes": [symbol("d"), 2]}
    draw = Draw("PReLU", shared, Call(T((None, 1, 3))), Call(T((None, 3, 3))))
    assert not isinstance(ask_us(draw, V3).second, Raised)
