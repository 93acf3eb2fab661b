"""Methods that nothing in the file calls are entered on an object whose other methods may have run."""

from __future__ import annotations

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

CALLBACK = """
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
"""


def codes(body: str) -> list[str]:
    found = check_source(CALLBACK.format(body=body), "callback.py", Settings())
    return [finding.code for finding in found]


def test_what_the_constructor_leaves_none_may_be_set() -> None:
    assert codes("return self.start * 0.5") == []


def test_what_the_constructor_leaves_empty_may_be_filled() -> None:
    assert codes("return tf.keras.layers.Add()(self.kept)") == []


def test_what_the_method_itself_sets_is_known() -> None:
    assert codes("self.start = None; return tf.ones((2,)) * self.start") == ["KML131"]


def function(body: str) -> list[str]:
    start = "from keras import layers\n\n\ndef merged(x, skip):\n"
    found = check_source(start + body, "function.py", Settings())
    return [finding.code for finding in found]


def test_nobody_is_known_to_pass_none_for_what_has_no_default() -> None:
    assert function("    known = skip is None\n    return layers.Add()([x, skip]), known\n") == []
    assert function("    return layers.Add()([x, None])\n") == ["KML104"]


def test_whoever_passes_names_passes_the_one_that_is_needed() -> None:
    body = "    inputs = {'all': layers.Dense(3)}\n"
    body += "    if 'ids' in x.input:\n        inputs['ids'] = layers.Dense(3)\n"
    body += "    if 'mask' in x.input:\n        inputs['mask'] = layers.Dense(3)\n"
    assert function(body + "    return inputs['ids'](skip)\n") == []
    assert function(body + "    return inputs['idx'](skip)\n") == ["KML309"]


def test_methods_are_entered_with_their_object_only() -> None:
    source = (
        "from keras.layers import Dense, Layer\n\n\nclass Units(Layer):\n"
        "    def __init__(self, units=None, **kwargs):\n"
        "        self.units = units\n        super().__init__(**kwargs)\n\n"
        "    def build(self, input_shape):\n"
        "        if self.units is None:\n            self.units = input_shape[0][-1]\n"
        "        self.dense = Dense(self.units)\n"
    )
    assert check_source(source, "units.py", Settings()) == []


def test_what_is_assigned_to_an_unknown_object_is_read_again() -> None:
    body = "    if x.size is None:\n        x.size = 4\n    return layers.Dense(x.size)\n"
    assert function(body) == []


BASE = """
import numpy as np
from keras import Input, layers


class Pictures:
    def __init__(self):
        self.images = np.zeros(0)
        self.channels = 3

    def image(self):
        return Input((32, 32, self.channels))

    def summary(self):
        print(self.images.shape[1])
        return layers.Add()([Input((32, 32, 3)), Input((32, 32, 7))])

    def merged(self):
        return layers.Add()([self.image(), layers.Conv2D(2, 1)(self.image())])


{derived}
"""
DERIVED = """
class Sprites(Pictures):
    def __init__(self):
        super().__init__()
        self.{} = 2
"""


def test_what_a_derived_class_sets_is_not_final_in_the_base() -> None:
    def found(derived: str) -> list[str]:
        program = BASE.format(derived=derived)
        return [finding.code for finding in check_source(program, "base.py", Settings())]

    # In both, the array of no items may be another by then.
    assert found(DERIVED.format("channels")) == ["KML111"]
    assert found(DERIVED.format("other")) == ["KML111", "KML111"]


SAVED = """
from keras import Input, Model, Sequential, layers


class Saved(Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)
        self.stack = Sequential([layers.Dense(3)])

    def end(self):
        {}
"""


def test_layers_may_have_been_called_before_a_method() -> None:
    for end in ("self.input", "self.dense.output", "self.stack.output"):
        assert check_source(SAVED.format(f"return {end}"), "saved.py", Settings()) == []
    found = check_source(SAVED.format("return layers.Dense(3).output"), "saved.py", Settings())
    assert [finding.code for finding in found] == ["KML408"]
    found = check_source(SAVED.format("pass") + "Saved().dense.output\n", "saved.py", Settings())
    assert [finding.code for finding in found] == ["KML408"]
