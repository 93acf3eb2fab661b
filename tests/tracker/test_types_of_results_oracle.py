"""The types of what functions and layers give: a program that uses them as they are is not refused."""

from __future__ import annotations

import os

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

PREPARED = """
import numpy as np
import tensorflow as tf
{keras}

labels = np.array([1, 2, 3])
whole = tf.ones((2, 4, 3), "int32")
bytes_ = np.ones((2, 4, 4, 3), "uint8")
"""
IMPORTS = {"2": "import tf_keras as keras", "3": "import keras"}
EITHER = [
    "keras.utils.to_categorical(labels, 10)",
    "keras.utils.to_categorical(tf.constant([1, 2]), 10)",
    "keras.utils.pad_sequences([[1, 2], [3]], 4, dtype='float32')",
    "keras.utils.pad_sequences([[1, 2], [3]], 4, dtype=np.int64)",
    "keras.utils.pad_sequences([[1, 2], [3]], 4)",
    "np.random.randint(0, 9, 3, dtype='uint8')",
    "np.random.randint(0, 9, 3)",
    "np.random.default_rng().random(3, 'float32')",
    "np.percentile(np.ones(3, 'float32'), [25, 75])",
    "np.quantile(np.ones(3, 'float32'), 0.5, keepdims=True)",
    "keras.layers.Add()([whole, whole])",
    "keras.layers.Concatenate()([whole, whole])",
    "keras.layers.RepeatVector(3)(labels[:, None])",
    "keras.layers.UpSampling2D()(bytes_)",
    "keras.layers.ZeroPadding2D()(bytes_)",
    "keras.layers.MaxPooling1D()(whole)",
    "keras.layers.TimeDistributed(keras.layers.Flatten())(whole)",
    "keras.layers.Dense(3)(whole)",
    "keras.layers.Embedding(9, 3)(labels)",
]
ONLY = {
    "2": [
        "keras.utils.to_categorical(labels, 10, dtype='int32')",
        "keras.backend.arange(4.0)",
        "keras.backend.arange(4)",
        "keras.backend.arange(4, dtype='float32')",
    ],
    "3": [
        "keras.layers.Dropout(0.5)(whole)",
        "keras.layers.ReLU()(whole)",
        "keras.layers.Rescaling(1 / 255)(bytes_)",
        "keras.layers.GlobalMaxPooling1D()(whole)",
    ],
}
RESULTS = [(major, text) for major in IMPORTS for text in [*EITHER, *ONLY[major]]]
TYPES = ["float32", "float64", "int32", "int64", "uint8"]
USED = "\n\ndef used_{dtype}():\n    return tf.convert_to_tensor({text}) + tf.constant([0], '{dtype}')\n"


def refused(major: str, text: str) -> set[str]:
    """The types with which a result is found not to mix."""
    program = PREPARED.format(keras=IMPORTS[major]) + "".join(
        USED.format(dtype=dtype, text=text) for dtype in TYPES
    )
    lines = program.splitlines()
    found = check_source(program, "program.py", Settings())
    assert all(finding.code == "KML131" for finding in found)
    return {lines[finding.line - 1].split("'")[-2] for finding in found}


@pytest.mark.oracle
@pytest.mark.parametrize(("major", "text"), RESULTS)
def test_no_result_is_refused_its_own_type(major: str, text: str) -> None:
    tf = pytest.importorskip("tensorflow")
    pytest.importorskip("tf_keras")
    program: dict[str, object] = {}
    exec(PREPARED.format(keras=IMPORTS[major]), program)
    real = tf.convert_to_tensor(eval(text, program)).dtype.name
    assert real not in refused(major, text)


@pytest.mark.parametrize("major", IMPORTS)
def test_those_that_are_known_are_refused_others(major: str) -> None:
    usual = {"2": "float32", "3": "float64"}[major]
    assert refused(major, EITHER[0]) == {*TYPES} - {usual}
    assert refused(major, "keras.layers.Dense(3)(whole)") == {*TYPES} - {"float32"}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_symbolic_integers_become_floats(dtype: str) -> None:
    """Keras 3 declares floats for them, whatever comes of them when the model runs."""
    program = (
        "import tensorflow as tf\nfrom keras import Input, layers\n\n"
        "x = layers.Dropout(0.5)(Input((4,), dtype='int32'))\n"
        f"layers.Lambda(lambda y: y + tf.constant([0], '{dtype}'))(x)\n"
    )
    codes = [finding.code for finding in check_source(program, "program.py", Settings())]
    assert codes == ([] if dtype == "float32" else ["KML141"])
