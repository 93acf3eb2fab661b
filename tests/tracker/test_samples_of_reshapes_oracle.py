"""Where a size is halved, -1 in a reshape stands for the samples only if nothing is left over."""

from __future__ import annotations

import os
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse, evaluate
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

BODIES = {
    "a half beside another": """
        y = tf.reshape(x, [-1, h, w, 2, c // 2])
        return tf.concat([y[:, :, :, 0], x[..., : c // 2]], axis=-1)
""",
    "two halves": """
        y = tf.reshape(x, [-1, h, w, c // 2, 2])
        return tf.reshape(y, [-1, h, w, c // 2, 2])[..., 0, 0] + x[..., 0]
""",
}
LAYER = """
import tensorflow as tf
from tensorflow import keras
class Part(keras.layers.Layer):
    def call(self, x):
        _, h, w, c = x.shape
"""


@pytest.mark.oracle
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_is_merged_with_other_samples_needs_the_number_of_elements(body: str) -> None:
    pytest.importorskip("tensorflow")
    report = analyse(LAYER + body, "program.py", Settings(keras_version="3"), watch=Watch.CONTRACTS)
    (merge,) = report.merges.values()
    assert merge.verdict is Verdict.CONDITIONAL
    assert "x[-1] is even" in merge.reason
    (contract,) = report.contracts
    assert "x[-1] is even" in contract.condition
    for channels in (2, 3, 4, 5, 6):
        assert works(body, channels) is (channels % 2 == 0)


REPLACED = """
import tensorflow as tf
from tensorflow import keras

def mixed(x, width):
    _, h, w, c = x.shape
    y = keras.layers.Dense(width)(tf.reshape(x, (-1, h * w, c)))
    return x + tf.reshape(y, (-1, h, w, c))
"""


@pytest.mark.oracle
def test_a_size_in_the_place_of_another_is_as_large() -> None:
    tf = pytest.importorskip("tensorflow")
    report = analyse(REPLACED, "program.py", Settings(), watch=Watch.MERGES)
    (merge,) = report.merges.values()
    assert merge.reason == "x[-1] = width and x is of float32"
    names: dict[str, Any] = {}
    exec(REPLACED, names)
    assert names["mixed"](tf.ones((3, 2, 2, 8)), 8).shape == (3, 2, 2, 8)
    with pytest.raises(tf.errors.InvalidArgumentError):
        names["mixed"](tf.ones((3, 2, 2, 8)), 16)


SPLIT = """
import tensorflow as tf
from tensorflow import keras

class Heads(keras.layers.Layer):
    def __init__(self, width, heads):
        super().__init__()
        self.dense, self.heads, self.width = keras.layers.Dense(width), heads, width

    def call(self, x):
        _, _, c = x.shape
        samples = tf.shape(x)[0]
        y = tf.reshape(self.dense(x), (samples, -1, self.heads, self.width // self.heads))
        return tf.reshape(y, (samples, -1, self.width)) + self.dense(x)
"""


@pytest.mark.oracle
def test_beside_the_samples_it_is_the_size_that_is_left() -> None:
    tf = pytest.importorskip("tensorflow")
    report = analyse(SPLIT, "program.py", Settings(), watch=Watch.MERGES)
    (merge,) = report.merges.values()
    assert merge.reason == "heads*(width//heads) = width"
    names: dict[str, Any] = {}
    exec(SPLIT, names)
    assert names["Heads"](8, 4)(tf.ones((3, 5, 8))).shape == (3, 5, 8)
    with pytest.raises(tf.errors.InvalidArgumentError):
        names["Heads"](10, 3)(tf.ones((3, 5, 8)))


def works(body: str, channels: int) -> bool:
    """Whether it works for as many samples as make any reshape work."""
    import tensorflow as tf

    names: dict[str, object] = {}
    exec(LAYER + body, names)
    part = names["Part"]
    assert isinstance(part, type)
    try:
        part()(tf.ones((channels - 1, 2, 2, channels)))
    except (ValueError, tf.errors.InvalidArgumentError):
        return False
    return True


def test_a_merge_of_windows_alone_needs_nothing() -> None:
    """Here -1 stands for the windows, however many there are."""
    body = "        y = tf.reshape(x, [-1, 7 * c])\n        return y + y\n"
    report = analyse(LAYER + body, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    (merge,) = report.merges.values()
    assert not merge.needs


KNOWN = """
import tensorflow as tf
from tensorflow import keras

class Heads(keras.layers.Layer):
    def call(self, x):
        y = tf.reshape(x, (tf.shape(x)[0], -1, 2, 16))
        return tf.transpose(y, perm=[0, 2, 1, 3])

heads = Heads()(keras.Input((17, 32)))
"""


@pytest.mark.oracle
def test_beside_the_samples_a_known_size_is_open_while_tensorflow_traces() -> None:
    pytest.importorskip("tensorflow")
    report = evaluate(KNOWN, "program.py", Settings())
    names: dict[str, Any] = {}
    exec(KNOWN, names)
    assert names["heads"].shape == (None, 2, None, 16)
    assert report.calls[-1].outputs == (Shape((None, 2, None, 16)),)
