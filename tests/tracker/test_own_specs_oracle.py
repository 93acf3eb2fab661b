"""``input_spec`` of the program's own layers: found wrong exactly where Keras refuses the call."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

START = """
import numpy as np
import KERAS as keras
from KERAS import layers, Input

InputSpec = layers.InputSpec
two = Input((4,))
three = Input((5, 4))
whole = Input((4,), dtype="int32")


class Own(layers.Layer):
    def __init__(self, spec=None, later=None):
        super().__init__()
        self.later = later
        if spec is not None:
            self.input_spec = spec

    def build(self, shape):
        if self.later is not None:
            self.input_spec = self.later(shape)
        self.built = True

    def call(self, x, y=None):
        return x


class Plain(layers.Layer):
    def call(self, x):
        return x


class Of(Plain):
    input_spec = InputSpec(ndim=3)


class Asking(Plain):
    @property
    def input_spec(self):
        return InputSpec(min_ndim=3)


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.input_spec = InputSpec(ndim=3)

    def call(self, x):
        return x


class Within(layers.Layer):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, x):
        return self.inner(x)


def twice(layer, first, second):
    layer(first)
    return layer(second)


"""
CALLS = (
    "Own(InputSpec(ndim=3))(two)",
    "Own(InputSpec(ndim=2))(two)",
    "Own(InputSpec(ndim=3))(x=two)",
    "Own(InputSpec(min_ndim=3))(two)",
    "Own(InputSpec(min_ndim=2))(three)",
    "Own(InputSpec(max_ndim=2))(three)",
    "Own(InputSpec(max_ndim=3))(three)",
    "Of()(two)",
    "Of()(three)",
    "Asking()(two)",
    "Asking()(three)",
    "Net()(two)",
    "Net()(three)",
    "Within(Of())(two)",
    "Within(Of())(three)",
    "Own([InputSpec(ndim=2), InputSpec(ndim=3)])([two, two])",
    "Own([InputSpec(ndim=2), InputSpec(ndim=3)])([two, three])",
    "Own((InputSpec(ndim=2), InputSpec(ndim=3)))([two, two])",
    "Own([None, InputSpec(ndim=3)])([two, two])",
    "Own([InputSpec(ndim=2), InputSpec(ndim=3)])(two)",
    "Own(InputSpec(ndim=2))([two, two])",
    "Own(InputSpec(ndim=2))(two, two)",
    "Own(InputSpec(ndim=2))([two])",
    "Own([])(two)",
    "Own(InputSpec('int32'))(two)",
    "Own(InputSpec('int32'))(whole)",
    "Own(InputSpec(dtype='float32'))(whole)",
    "Own(InputSpec(dtype='float32'))(two)",
    "Own(InputSpec(axes={-1: 5}))(two)",
    "Own(InputSpec(axes={-1: 4}))(two)",
    "Own(InputSpec(axes={1: None}))(two)",
    "Own(InputSpec(axes={3: 5}))(two)",
    "Own(InputSpec(axes={1: 5}))(Input((None,)))",
    "Own(InputSpec(min_ndim=2, axes={-1: 5}))(two)",
    "Own(InputSpec(shape=(None, 5)))(two)",
    "Own(InputSpec(shape=[None, 4]))(two)",
    "Own(InputSpec(shape=(None, 4)))(three)",
    "Own(InputSpec(shape=(None, 4, 1), allow_last_axis_squeeze=True))(two)",
    "Own(InputSpec(ndim=2, axes={2: 3}))",
    "Own(InputSpec(max_ndim=2, axes={2: 3}))",
    "Own(InputSpec(max_ndim=3, axes={2: 3}))",
    "Own(later=lambda s: InputSpec(ndim=3))(two)",
    "Own(later=lambda s: InputSpec(ndim=len(s)))(two)",
    "twice(Own(later=lambda s: InputSpec(axes={-1: s[-1]})), two, Input((7,)))",
    "twice(Own(later=lambda s: InputSpec(axes={-1: s[-1]})), two, Input((4,)))",
    "twice(Own(later=lambda s: InputSpec(shape=s)), two, Input((7,)))",
    "twice(Own(InputSpec(axes={-1: 4})), two, Input((7,)))",
    "twice(Own(InputSpec(ndim=2)), np.ones((2, 4), 'float32'), np.ones((2, 4, 1), 'float32'))",
    "Own(InputSpec(ndim=3))(np.ones((2, 4), 'float32'))",
    "Within(Own(later=lambda s: InputSpec(ndim=3)))(two)",
)  # fmt: skip
MODULES = {"keras": "3", "tf_keras": "2"}


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("call", CALLS)
def test_like_keras(call: str, module: str) -> None:
    pytest.importorskip(module)
    source = START.replace("KERAS", module) + "made = " + call + "\n"
    raised = None
    try:
        exec(compile(source, "program.py", "exec"), {"__name__": "program"})
    except Exception as error:
        raised = type(error).__name__
    found = check_source(source, "program.py", Settings(keras_version=MODULES[module]))
    assert bool(found) == (raised is not None), (found, raised)
