"""What models of Keras 3 say to inputs of other shapes than they declare: the tracker and Keras agree."""

from __future__ import annotations

import itertools
import os

import pytest

from tests.some import some
from tests.tracker.result_shapes import by_keras, by_tracker

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

pytestmark = pytest.mark.oracle

HEAD = """
import keras
import numpy as np
from keras import Input, Model, Sequential, layers, ops
"""
MODELS = {
    "functional": "declared = Input({shape})\nmodel = Model(declared, layers.ReLU()(declared))\n",
    "sequential": "model = Sequential([Input({shape}), layers.ReLU()])\n",
    "deferred": "model = Sequential([layers.ReLU()])\nmodel(Input({shape}))\n",
}
INPUTS = {
    "symbolic": "result = model(Input({shape}))\n",
    "data": 'result = model(np.zeros((2, *{shape}), "float32"))\n',
}
DECLARED = ["(5,)", "(1,)", "(8, 3)", "(None, 3)", "(8, 1)", "(4, 8, 3)"]
GIVEN = ["(5,)", "(6,)", "(1,)", "(8,)", "(8, 3)", "(7, 3)", "(8, 1)", "(5, 1)", "(4, 8, 3)", "(8, 3, 2)",
         "(8, 3, 1)"]  # fmt: skip
PAIRS = list(itertools.product(DECLARED, GIVEN))


@pytest.mark.parametrize("given", INPUTS)
@pytest.mark.parametrize("kind", MODELS)
def test_every_pair_of_shapes(kind: str, given: str) -> None:
    for declared, shape in some(PAIRS):
        program = HEAD + MODELS[kind].format(shape=declared) + INPUTS[given].format(shape=shape)
        assert by_tracker(program) == by_keras(program), (declared, shape)


SURPLUS = """
from {library} import Input, Model, Sequential, layers

x, y = Input((5,)), Input((5,))
one, two = Model(x, layers.ReLU()(x)), Model([x, y], layers.Add()([x, y]))
row = Sequential([layers.Dense(2, input_shape=(5,))])
result = {call}
"""
CALLS = ["one([x, Input((6,))])", "two([x, y, Input((6,))])", "row((x, Input((6,))))", "two([x])"]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(("library", "version"), [("keras", "3"), ("tf_keras", "2")])
def test_keras_2_passes_over_symbolic_inputs_that_are_not_declared(
    library: str, version: str, call: str
) -> None:
    program = SURPLUS.format(library=library, call=call)
    assert by_tracker(program, version) == by_keras(program)


@pytest.mark.parametrize(("library", "version"), [("keras", "3"), ("tf_keras", "2")])
@pytest.mark.parametrize("start", ["layers.InputLayer()", "layers.InputLayer(4)", "Input()"])
def test_what_an_input_needs(library: str, version: str, start: str) -> None:
    program = f"from {library} import Input, layers\nstart = {start}\nresult = Input((5,))\n"
    assert by_tracker(program, version) == by_keras(program)


@pytest.mark.parametrize(("library", "version"), [("keras", "3"), ("tf_keras", "2")])
def test_a_sequential_model_of_keras_2_begins_at_the_input_that_it_is_given(
    library: str, version: str
) -> None:
    program = (
        f"from {library} import Input, Model, Sequential, layers\n"
        "x = Input((5,))\n"
        "first = Model(x, Sequential([x, layers.Dense(3)]).output)\n"
        "second = Model(first.inputs, [layer.output for layer in first.layers])\n"
        "result = second(Input((5,)))[-1]\n"
    )
    assert by_tracker(program, version) == by_keras(program)
