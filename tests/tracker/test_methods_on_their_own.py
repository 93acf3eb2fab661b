"""Methods that nothing in the file calls are entered on an object whose other methods may have run."""

from __future__ import annotations

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

CALLBACK = '''
import tensorflow as tf


class Schedule(tf.keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.start = None
        self.kept = []

    def on_train_begin(self, logs=None):
        self.start = tf.identity(self.model.weights[0])
        self.kept.append(self.start)

    def on_epoch_begin(self, epoch, logs=None):
        {body}
'''


def codes(body: str) -> list[str]:
    found = check_source(CALLBACK.format(body=body), "callback.py", Settings())
    return [finding.code for finding in found]


def test_what_the_constructor_leaves_none_may_be_set() -> None:
    assert codes("return self.start * 0.5") == []


def test_what_the_constructor_leaves_empty_may_be_filled() -> None:
    assert codes("return tf.keras.layers.Add()(self.kept)") == []


def test_what_the_method_itself_sets_is_known() -> None:
    assert codes("self.start = None; return tf.ones((2,)) * self.start") == ["KML131"]
