"""What programs do with predictions and scores, and bodies of ``tf.function``, as TensorFlow runs them."""

from __future__ import annotations

import contextlib
import io
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

pytestmark = pytest.mark.oracle

_HEAD = """\
import numpy as np
import tensorflow as tf
import keras
from keras import layers

x = np.random.rand(4, 8)
model = keras.Sequential([layers.Input((8,)), layers.Dense(3, activation="softmax")])
pred = model.predict(x, verbose=0)
"""
_NAMES = "names, by_number = ['a', 'b', 'c'], {0: 'a', 1: 'b', 2: 'c'}\n"
_SCORES = (
    "model.compile('sgd', 'mse', metrics=['mae'])\nscore = model.evaluate(x, pred, verbose=0)\n"
)
_LOSS = "model.compile('sgd', 'mse')\nscore = model.evaluate(x, pred, verbose=0)\n"
_FIT = "model.compile('sgd', 'mse')\nkept = model.fit(x, pred, verbose=0).history\n"


def _graph(body: str, then: str = "step(x)", decorator: str = "@tf.function") -> str:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    return f"{decorator}\ndef step(x):\n{lines}\n{then}\n"


NUMBERS = {
    # one number of several
    "a row in an f-string": "f'{pred[0]:.2f}'",
    "a number in an f-string": "f'{pred[0][0]:.2f} {pred.max():.1f} {pred[0]} {pred!r}'",
    "a row in a format": "'{}: {:.2f}'.format(1, pred[0])",
    "a row as a text in a format": "'{}: {}'.format(pred, pred[0]), '{0[0]} {0.shape}'.format(pred)",
    "a row by percent": "'%d %.2f' % (pred.argmax(), pred[0])",
    "a row by percent as a text": "'%d %.2f %s' % (pred.argmax(), pred.max(), pred[0])",
    "a float of a row": "float(pred[0])",
    "a float of a number": "float(pred[0][1]), int(pred[0].argmax())",
    "a round of a row": "round(pred[0], 2)",
    "a round of a number": "round(pred[0][0], 2), round(float(pred[0][0]), 2), np.round(pred[0], 2)",
    "a branch by several": "if pred > 0.5:\n    pass",
    "a branch by one": "if pred[:1, :1] > 0.5 or pred[0][0] > 0.5:\n    pass",
    "not of several": "not pred[0]",
    "a choice by a row": "['a' if row > 0.5 else 'b' for row in pred]",
    "a choice by a number": "['a' if row[0] > 0.5 else 'b' for row in pred]",
    "a loop by several": "while pred > 0.5:\n    pred = pred / 2",
    "a loop by all": "while (pred > 0.5).any():\n    pred = pred / 2",
    "none or an array": "if pred is not None and len(pred):\n    pass",
    "a tensor and none": "if model(x) == None:\n    pass",
    # names by what was predicted
    "names of several": f"{_NAMES}names[np.argmax(pred, axis=1)]",
    "names of one": f"{_NAMES}names[np.argmax(pred[0])], names[tf.argmax(pred[0])]",
    "names of a float": f"{_NAMES}names[pred[0][0].round()]",
    "an array of names": f"{_NAMES}np.array(names)[np.argmax(pred, axis=1)]",
    "keys of several": f"{_NAMES}by_number[np.argmax(pred, axis=1)]",
    "keys of one": f"{_NAMES}by_number[np.argmax(pred[0])], [by_number[i] for i in pred.argmax(axis=1)]",
    # scores
    "a list of scores in an f-string": f"{_SCORES}f'{{score:.3f}}'",
    "a score in an f-string": f"{_SCORES}f'{{score[0]:.3f}} {{score}}'",
    "a list of scores by percent": f"{_SCORES}'%.3f' % score",
    "scores by percent": f"{_SCORES}'%.3f %.3f %s' % (*score, score)",
    "a list of scores times a float": f"{_SCORES}score * 100.0",
    "a list of scores compared": f"{_SCORES}score > 0.5",
    "a list of scores rounded": f"{_SCORES}round(score, 2)",
    "a score times a float": f"{_SCORES}score[1] * 100.0 > 0.5, round(score[0], 2), score * 2",
    "a loss by itself": f"{_LOSS}f'{{score:.3f}}', '%.2f' % score, score * 100.0, round(score, 2)",
    "a list of a history": f"{_FIT}f\"{{kept['loss']:.3f}}\"",
    "an item of a history": f"{_FIT}f\"{{kept['loss'][-1]:.3f}} {{kept['loss']}}\"",
    "a list that the program has replaced": f"{_FIT}kept['loss'] = 1.0\nf\"{{kept['loss']:.3f}}\"",
    # tensors are no arrays
    "argmax of a tensor": "model(x).argmax()",
    "argmax of its numbers": "model(x).numpy().argmax(), np.squeeze(model(x)).argmax()",
    "reshape of a tensor": "model(x).reshape(-1)",
    "item of a loss": "tf.reduce_mean(model(x)).item()",
    "astype of an image": (
        "for image in tf.data.Dataset.from_tensor_slices(x):\n    image.astype('uint8')"
    ),
    "astype of the numbers of an image": (
        "for image in tf.data.Dataset.from_tensor_slices(x):\n    image.numpy().astype('uint8')"
    ),
    "tensors with the methods of arrays": (
        "import tensorflow.experimental.numpy as tnp\n"
        "tnp.experimental_enable_numpy_behavior()\nmodel(x).reshape(-1)"
    ),
    "the NumPy of TensorFlow": (
        "import tensorflow.experimental.numpy as tnp\ntnp.ones((2, 3)).numpy().mean()"
    ),
}  # fmt: skip
# The methods of arrays stay with the tensors of the process.
_LAST = "tensors with the methods of arrays"
GRAPHS = {
    "numpy within": _graph("return model(x).numpy()"),
    "numpy behind": _graph("return model(x)", "step(x).numpy().mean()"),
    "numpy of what is closed over": _graph("return x * ones.numpy()", "ones = tf.ones((8,))\nstep(x)"),
    "NumPy's mean within": _graph("return x - np.mean(x)"),
    "TensorFlow's mean within": _graph("return x - tf.reduce_mean(x)", "f'{step(x)[0, 0]:.2f}'"),
    "unpacked within": _graph("a, b, c, d = x\nreturn a + b"),
    "unstacked within": _graph("a, b, c, d = tf.unstack(x)\nreturn a + b"),
    "item within": _graph("return tf.reduce_mean(x).item()"),
    "a method within": _graph("return x.reshape((-1,))"),
    "formatted within": _graph("return f'{tf.reduce_mean(x):.2f}'"),
    "a branch by several": _graph("if x > 0.5:\n    return x\nreturn -x"),
    "a branch by all": _graph("if tf.reduce_all(x > 0.5):\n    return x\nreturn -x"),
    "not of several": _graph("return not x > 0.5"),
    "a plain number comes out as a tensor": _graph("return 3", "step(x).numpy()"),
    "numbers go in as they are": (
        "@tf.function\ndef step(x, n, sizes=(2, 16)):\n    return tf.reshape(x, sizes) * float(n)\n\n"
        "step(x, 3).numpy()\n"
    ),
    "a method": (
        "class Trainer:\n    def __init__(self, model):\n        self.model = model\n\n"
        "    @tf.function\n    def step(self, x):\n        return self.model(x).numpy()\n\n"
        "Trainer(model).step(x)\n"
    ),
    "one in another": (
        "@tf.function\ndef inner(x):\n    return x + 1.0\n\n"
        "@tf.function\ndef step(x):\n    return inner(x).numpy()\n\nstep(x)\n"
    ),
    "a helper that is called within": (
        "def helper(x):\n    return np.mean(x)\n\n"
        "@tf.function\ndef step(x):\n    return helper(x)\n\nhelper(x)\nstep(x)\n"
    ),
    "a function that is wrapped": "def step(x):\n    return x.numpy()\n\ntf.function(step)(x)\n",
    "a model that is wrapped": "tf.function(model)(x).numpy()\n",
    "run eagerly": (
        "tf.config.run_functions_eagerly(True)\n"
        + _graph("return x.numpy()", "step(tf.ones((2, 2)))\ntf.config.run_functions_eagerly(False)")
    ),
    "another rank than was declared": _graph(
        "return model(x)",
        "step(x[0])",
        "@tf.function(input_signature=[tf.TensorSpec([None, 8], tf.float32)])",
    ),
    "a method that leaves a declared one to its default": (
        "class Cut(tf.Module):\n"
        "    @tf.function(input_signature=[tf.TensorSpec([None, None]), tf.TensorSpec([2], tf.int32),\n"
        "                                  tf.TensorSpec([], tf.int32)])\n"
        "    def __call__(self, x, size, step=4):\n"
        "        return x[: size[0] : step]\n\n"
        "Cut()(x, tf.shape(x))\n"
    ),
    "a method that is given another rank than was declared": (
        "class Cut(tf.Module):\n"
        "    @tf.function(input_signature=[tf.TensorSpec([None, None]), tf.TensorSpec([], tf.int32)])\n"
        "    def __call__(self, x, step=4):\n"
        "        return x[::step]\n\n"
        "Cut()(x[0])\n"
    ),
    "what was declared": _graph(
        "return model(x) + tf.ones((3,))",
        "step(x).numpy()",
        "@tf.function(input_signature=[tf.TensorSpec([None, 8], tf.float32)])",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", [*GRAPHS, *(name for name in NUMBERS if name != _LAST)])
def test_what_tensorflow_refuses_is_found(name: str, tmp_path: Path) -> None:
    text = f"{_HEAD}{ {**NUMBERS, **GRAPHS}[name] }\n"
    found = check_source(text, "train.py", Settings(keras_version="3"))
    assert bool(found) == _raises(text, tmp_path), [one.message for one in found]


def test_tensors_may_get_the_methods_of_arrays() -> None:
    text = f"{_HEAD}{NUMBERS[_LAST]}\n"
    assert check_source(text, "train.py", Settings(keras_version="3")) == []


def test_other_backends_have_tensors_with_methods_of_arrays() -> None:
    text = f"import os\nos.environ['KERAS_BACKEND'] = 'jax'\n{_HEAD}model(x).argmax()\n"
    assert check_source(text, "train.py", Settings(keras_version="3")) == []


def _raises(text: str, folder: Path) -> bool:
    """Whether the program fails; autograph reads it as a file."""
    (folder / "train.py").write_text(text, encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            runpy.run_path(str(folder / "train.py"), run_name="__main__")
        except Exception:
            return True
    return False


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    import keras

    yield
    keras.backend.clear_session()
