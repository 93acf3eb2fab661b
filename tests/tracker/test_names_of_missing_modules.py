"""What a module holds that nobody knows may be any value: None, 0, a name, a list."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

IMPORTS = """\
import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from keras import layers
from absent_settings import KEY, SIZES, cfg

a, b = keras.Input((8, 4), name="a"), keras.Input((8, 5), name="b")
"""

SILENT = {
    "a switch may be off": """
        if cfg.wide:
            b = layers.Dense(4)(b)
        layers.Add()([a, b])
    """,
    "it may be false before `or`": """
        x = layers.Dense(cfg.width or 4)(b)
        y = layers.Dense(4)(b) if KEY or None else layers.Dense(5)(b)
        layers.Add()([a, y])
    """,
    "it may be None": """
        if cfg.head is None:
            b = layers.Dense(4)(b)
        layers.Add()([a, b])
    """,
    "it may equal None": """
        if cfg.head != None:
            b = layers.Dense(5)(b)
        else:
            b = layers.Dense(4)(b)
        layers.Add()([a, b])
    """,
    "items of a capital name are not the name": """
        if SIZES["small"] != SIZES["large"]:
            b = layers.Dense(4)(b)
        layers.Add()([a, b])
    """,
    "a key that is not known may be any": """
        model = keras.Model(a, {cfg.head: layers.Dense(1)(a), "other": layers.Dense(1)(a)})
        model.compile("adam", "mse")
        model.fit(np.ones((9, 8, 4)), {"first": np.ones((9, 8, 1)), "other": np.ones((9, 8, 1))})
    """,
    "a dict is filled under such a key": """
        sizes = {"wide": 4}
        sizes[KEY] = 5
        layers.Add()([a, layers.Dense(sizes["wide"])(b)])
    """,
    "an application may come without its top": """
        net = keras.applications.MobileNetV2(input_shape=(96, 96, 3), include_top=cfg.top, weights=None)
        layers.UpSampling2D()(net.output)
    """,
    "the data format of the program": """
        keras.backend.set_image_data_format(cfg.order or "channels_last")
        picture = keras.Input((3, 32, 32))
        layers.Conv2D(8, 5)(picture)
    """,
    "a list before what is known": """
        keras.Model(cfg.inputs + [a], layers.Concatenate()([a, b]))
        keras.Model([*SIZES, a], layers.Concatenate()([a, b]))
    """,
    "an index may be None": """
        mean = layers.GlobalAveragePooling1D()(a)
        layers.Multiply()([a, mean[:, cfg.axis, :]])
    """,
    "axes of any order": """
        class Merged(layers.Layer):
            def call(self, x):
                rows, heads, steps, size = tf.shape(x)
                return tf.reshape(x, [rows, steps, heads * size])
        Merged()(tf.transpose(tf.ones([2, 3, 4, 5]), cfg.order))
    """,
    "the last batch is dropped, or not": """
        rows = tf.data.Dataset.from_tensor_slices(np.ones((10, 4), "float32"))
        for batch in rows.batch(4, drop_remainder=cfg.whole):
            print(batch + tf.ones((4, 4)))
    """,
    "a model ends somewhere": """
        keras.Model(a, KEY).set_weights([np.zeros((4, 2)), np.zeros((2,))])
    """,
    "a function is defined anew within another": """
        def build():
            def head(width):
                return layers.Add()([a, layers.Dense(width)(b), b])
            for item in SIZES:
                print(item)
            class head(layers.Layer):
                pass
            return head()
        build()
    """,
    "columns are dropped, or rows": """
        frame = pd.DataFrame({"u": [1.0], "v": [2.0], "w": [3.0]})
        model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
        model(frame.drop(["u"], axis=cfg.axis).values)
    """,
}


def program(body: str) -> str:
    lines = [line.removeprefix("        ") for line in body.strip("\n").splitlines()]
    return IMPORTS + "\n".join(lines) + "\n"


def codes(text: str, version: str | None = None) -> list[str]:
    settings = Settings(keras_version=version)
    return [finding.code for finding in check_source(text, "net.py", settings)]


@pytest.mark.parametrize("body", SILENT.values(), ids=SILENT.keys())
def test_no_value_is_presumed(body: str) -> None:
    assert codes(program(body)) == []


CERTAIN = {
    "whatever the switch is": """
        x = layers.Dense(3 if cfg.wide else 5)(b)
        layers.Add()([a, x])
    """,
    "whatever the key is": """
        model = keras.Model([a, b], {cfg.head: layers.Add()([a, b])})
    """,
    "text that is evaluated is known": """
        top = eval("True")
        layers.Add()([a, layers.Dense(6 if top else 4)(b)])
    """,
}


@pytest.mark.parametrize("body", CERTAIN.values(), ids=CERTAIN.keys())
def test_what_fails_for_all_values(body: str) -> None:
    assert codes(program(body)) == ["KML111"]


OPEN_ARGUMENTS = {
    "the axis of a join": "np.concatenate([np.ones((3, 4)), np.ones((2, 4))], {})[:, :, 0]",
    "the axis of a mean": "np.ones((3, 4)).mean({})[0]",
    "the order": "layers.Add()([a, layers.Dense(sorted([3, 4], {})[0])(b)])",
    "the largest by something else": "layers.Add()([a, layers.Dense(max([4, 5], {}))(b)])",
    "the first number": "layers.Add()([a, layers.Dense(list(enumerate([1], {}))[0][0] + 5)(b)])",
    "what is dropped": "layers.Dense(2)(pd.DataFrame({{'u': [1.0]}}).drop(['u'], {}).values[:, 0, 0])",
    "the shape of a weight": "layers.Layer().add_weight({})[0]",
    "the inputs of a merge": "layers.Add()({})",
    "a shape of what a pipeline gives": "tf.TensorSpec({}).shape[0]",
}


@pytest.mark.parametrize("line", OPEN_ARGUMENTS.values(), ids=OPEN_ARGUMENTS.keys())
def test_arguments_that_may_be_given(line: str) -> None:
    assert codes(program(line.format("**cfg.more"))) == []


MORE_OUTPUTS = {
    "a list with what is not known": "[*SIZES, a]",
    "a list beside what is not known": "cfg.outputs + [a]",
    "a part of a list that a loop fills": "filled[-3:]",
}
USES = ("model.output_shape[2]", "model.outputs[2]", "model(a)[2]", "one, two, three = model(a)")


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("outputs", MORE_OUTPUTS.values(), ids=MORE_OUTPUTS.keys())
def test_models_of_any_number_of_outputs(outputs: str, use: str) -> None:
    fill = "filled = []\nfor size in SIZES:\n    filled.append(layers.Dense(3)(a))\n"
    assert codes(f"{IMPORTS}{fill}model = keras.Model(a, {outputs})\n{use}\n") == []


FORMATS = {
    "a layer": "layers.Conv2D(8, 5)(keras.Input((3, 32, 32)))",
    "an op": "keras.ops.image.resize(keras.Input((3, 32, 32)), (8, 8)) + keras.Input((3, 8, 8))",
    "a padding": "keras.backend.spatial_2d_padding(keras.Input((3, 9, 9))) + keras.Input((3, 11, 11))",
}


@pytest.mark.parametrize("line", FORMATS.values(), ids=FORMATS.keys())
@pytest.mark.parametrize("given", ["cfg.order", "json.load(open('net.json'))['order']"])
def test_data_formats(given: str, line: str) -> None:
    change = f"import json\nkeras.backend.set_image_data_format({given})\n"
    version = "2" if "spatial" in line else None  # Keras 3 has no such function
    assert codes(f"{IMPORTS}{change}{line}\n", version) == []


def test_the_format_of_one_op() -> None:
    line = "keras.ops.image.resize(keras.Input((3, 32, 32)), (8, 8), data_format=cfg.order)"
    assert codes(f"{IMPORTS}{line} + keras.Input((3, 8, 8))\n") == []
    line = line.replace("cfg.order", "'channels_last'")
    assert codes(f"{IMPORTS}{line} + keras.Input((3, 8, 8))\n") == ["KML131"]


CHANGED = {
    "by a handler of what may be raised": """
        size = 3
        try:
            if cfg.load():
                raise ValueError("too small")
        except ValueError:
            size = 4
    """,
    "by names that are imported": """
        size = 3
        from absent_sizes import *
    """,
    "by code that is read": """
        size = 3
        exec(open("sizes.txt").read())
    """,
    "in a base class": """
        class Small:
            size = 3
        class Net(cfg.Base, Small):
            pass
        size = Net().size
    """,
    "in an object that is handed out": """
        class Net:
            size = 3
        net = Net()
        cfg.fill(net)
        size = net.size
    """,
    "by a function that is handed out": """
        size = 3
        def fill():
            global size
            size = 4
        cfg.run(fill)
    """,
    "in a copy of a record": """
        import dataclasses
        @dataclasses.dataclass
        class Net:
            size: int = 3
        size = dataclasses.replace(Net(), **cfg.more).size
    """,
}


@pytest.mark.parametrize("body", CHANGED.values(), ids=CHANGED.keys())
def test_values_that_may_have_changed(body: str) -> None:
    merge = "layers.Add()([a, layers.Dense(size)(a)])\n"
    assert codes(program(body) + merge) == []
    assert codes(program(body) + "size = 3\n" + merge) == ["KML111"]


def test_an_exception_that_nobody_catches_ends_the_way() -> None:
    check = "if cfg.load():\n    raise ValueError('too small')\n"
    assert codes(f"{IMPORTS}{check}layers.Add()([a, b])\n") == ["KML111"]
    caught = f"try:\n    {check.replace('    ', '        ')}except KeyError:\n    print(b)\n"
    assert codes(f"{IMPORTS}{caught}layers.Add()([a, b])\n") == ["KML111"]
    caught = caught.replace("KeyError", "Exception").replace("print(b)", "b = a")
    assert codes(f"{IMPORTS}{caught}layers.Add()([a, b])\n") == []


@pytest.mark.parametrize("rest", ["cfg.add_head(model)", "model.add(cfg.head)"])
def test_layers_that_others_add(rest: str) -> None:
    model = "model = keras.Sequential([keras.Input((8, 4)), layers.Dense(3)])\n"
    merge = "layers.Add()([a, model(a)])\n"
    assert codes(f"{IMPORTS}{model}{rest}\n{merge}") == []
    assert codes(f"{IMPORTS}{model}{merge}") == ["KML111"]


SIZES_IN_LAYERS = {
    "the larger of a size and something": "tf.maximum(tf.shape(x)[1], self.least)",
    "a multiple of a size": "tf.shape(x)[1] * self.least",
    "what is made of a size": "cfg.fit(tf.shape(x)[1])",
}


@pytest.mark.parametrize("size", SIZES_IN_LAYERS.values(), ids=SIZES_IN_LAYERS.keys())
def test_sizes_that_tensorflow_may_know(size: str) -> None:
    layer = f"""
        class Head(layers.Layer):
            def __init__(self):
                super().__init__()
                self.least, self.dense = cfg.least, layers.Dense(2)
            def call(self, x):
                return self.dense(tf.zeros([tf.shape(x)[0], {size}]))
        Head()(tf.zeros([1, 4, 4, 8]))
    """
    assert codes(program(layer)) == []


FITTED = {
    "an axis may be added to what has none": ("cfg.shape", "(8, 28, 28)"),
    "one channel may be left out": ("(28, 28, cfg.channels)", "(8, 28, 28)"),
}


@pytest.mark.parametrize("shape, data", FITTED.values(), ids=FITTED.keys())
def test_data_that_keras_may_fit(shape: str, data: str) -> None:
    model = f"model = keras.Sequential([keras.Input({shape}), layers.Conv2D(2, 3)])\n"
    run = f"model.compile('sgd', 'mse')\nmodel.predict(np.ones({data}))\n"
    assert codes(f"{IMPORTS}{model}{run}") == []
    known = model.replace("cfg.shape", "(28, 28, 3)").replace("cfg.channels", "3")
    assert codes(f"{IMPORTS}{known}{run}") == ["KML501"]
    asked = model.replace("cfg.shape", "shape").replace("cfg.channels", "channels")
    body = "".join(f"    {line}\n" for line in (asked + run).splitlines())
    assert codes(f"{IMPORTS}def build(shape, channels):\n{body}") == []
