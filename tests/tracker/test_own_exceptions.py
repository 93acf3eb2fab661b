"""What Python itself raises about something of Keras's, and what only ends a path."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

KERAS_3 = Settings(keras_version="3")
HEAD = "import keras\nfrom keras import Input, Sequential, layers\n"

# Each fails in the last line but for what is bracketed away in its twin.
FAILING = {
    "open size": ("x = Input((None, 3))\n", "n = x.shape[1] // 2", "n = x.shape[2] // 2"),
    "open size by name": (
        "x = Input((None, 3))\nbatch, steps, width = x.shape\n",
        "n = 2 * steps",
        "n = 2 * width",
    ),
    "open size by int_shape": (
        "x = Input((None, 3))\nfrom tensorflow.keras import backend as K\nsize = K.int_shape(x)\n",
        "n = size[1] + 1",
        "n = size[2] + 1",
    ),
    "open size compared": (
        "x = Input((None, 3))\n",
        "print(x.shape[1] > 2)",
        "print(x.shape[2] > 2)",
    ),
    "open size in place": (
        "x = Input((None, 3))\nn = x.shape[1]\nm = x.shape[2]\n",
        "n -= 1",
        "m -= 1",
    ),
    "open size of a helper": (
        "def half(size):\n    return 6 if size is None else size // 2\n"
        "def least(size):\n    return size // 2\nx = Input((None, 3))\n",
        "n = least(x.shape[1])",
        "n = half(x.shape[1])",
    ),
    "index": ("xs = [Input((3,)) for _ in range(3)]\n", "y = xs[3]", "y = xs[-3]"),
    "index of states": (
        "out = layers.GRU(3, return_state=True)(Input((4, 2)))\n",
        "c = out[2]",
        "h = out[1]",
    ),
    "index of a tensor for a list": (
        "out = layers.LSTM(3, return_state=True, return_sequences=True)(Input((4, 2)))\n",
        "y = out[:, -1]",
        "y = out[0][:, -1]",
    ),
    "numbers of an array": (
        "import numpy as np\na = np.zeros((10, 28, 28))\n",
        "b = a.reshape(10, 780)",
        "b = a.reshape(10, 784)",
    ),
    "arrays of other shapes": (
        "import numpy as np\nframes = [np.zeros((n, n, 3)) for n in (96, 96, 120)]\n",
        "a = np.array(frames)",
        "a = np.array(frames[:2])",
    ),
    "rows of other lengths": (
        "import numpy as np\nrows = [[1, 2], [3]]\n",
        "a = np.array(rows)",
        "a = np.array(rows, dtype=object)",
    ),
    "a state beside what a reset tells": (
        "import numpy as np\ndef reset():\n    return np.zeros(4), {}\n",
        "a = np.reshape(reset(), [1, 4])",
        "a = np.reshape(reset()[0], [1, 4])",
    ),
    "numbers of an array by a function": (
        "import numpy as np\na = np.zeros((10, 47))\n",
        "b = np.reshape(a, [len(a), 3, 12])",
        "b = np.reshape(a, [len(a), 47, -1])",
    ),
    "rank": ("x = Input((4, 2))\n", "c = x.shape[3]", "c = x.shape[2]"),
    "key": ("xs = {'c1': Input((3,))}\n", "y = xs['c2']", "y = xs['c1']"),
    "nothing to pop": (
        "xs, ys = [Input((3,))], [Input((3,))]\nxs.pop()\n",
        "y = xs.pop()",
        "y = ys.pop()",
    ),
    "nothing next": (
        "xs, ys = iter([Input((3,))]), iter([Input((3,))])\nx = next(xs)\n",
        "y = next(xs)",
        "y = next(ys)",
    ),
    "unpacked shape": ("x = Input((4, 2))\n", "_, h, w, c = x.shape", "_, h, w = x.shape"),
    "unpacked states": (
        "out = layers.LSTM(3, return_state=True)(Input((4, 2)))\n",
        "h, c = out",
        "y, h, c = out",
    ),
    "unpacked tensor": (
        "x = Input((4, 2))\n",
        "y, h = layers.LSTM(3)(x)",
        "y, h = layers.GRU(3, return_state=True)(x)",
    ),
    "missing argument": (
        "def join(a, b, axis=-1):\n    return layers.concatenate([a, b], axis)\nx = Input((4, 2))\n",
        "y = join(x)",
        "y = join(x, x)",
    ),
    "surplus argument": (
        "def join(a, b):\n    return layers.concatenate([a, b])\nx = Input((4, 2))\n",
        "y = join(x, x, axis=1)",
        "y = join(x, b=x)",
    ),
    "missing argument of call": (
        "class Join(layers.Layer):\n    def call(self, a, b):\n        return a + b\nx = Input((4, 2))\n",
        "y = Join()(x)",
        "y = Join()(x, x)",
    ),
    "attribute of tensors": ("x = Input((4, 2))\n", "n = x._keras_shape[1]", "n = x.shape[1]"),
    "output of a layer": (
        "dense = layers.Dense(3)\nother = layers.Dense(3)\nother(Input((2,)))\n",
        "y = dense.output",
        "y = other.output",
    ),
    "output of a Sequential": (
        "net = Sequential([Input((2,)), layers.Dense(3)])\n",
        "y = net.output",
        "y = net.outputs[0]",
    ),
    "output of a Sequential that was called": (
        "net = Sequential([layers.Dense(3)])\nother = Sequential([layers.Dense(3)])\nother(Input((2,)))\n",
        "y = net.output",
        "y = other.output",
    ),
    "output of layers of an unbuilt Sequential": (
        "net = Sequential([layers.Dense(3)])\nother = Sequential([Input((2,)), layers.Dense(3)])\n",
        "y = net.layers[0].output",
        "y = other.layers[0].output",
    ),
    "layer by name": (
        "x = Input((3,))\nmodel = keras.Model(x, layers.Dense(2, name='code')(x))\n",
        "y = model.get_layer('coder').output",
        "y = model.get_layer('code').output",
    ),
    "layer by index": (
        "x = Input((3,))\nmodel = keras.Model(x, layers.Dense(2)(x))\n",
        "y = model.get_layer(index=2).output",
        "y = model.get_layer(index=1).output",
    ),
    "output_shape": (
        "dense = layers.Dense(3)\ny = dense(Input((2,)))\n",
        "n = dense.output_shape[-1]",
        "n = dense.output.shape[-1]",
    ),
}
CODES = {"KML309", "KML408"}
REFUSALS = (
    TypeError, IndexError, KeyError, ValueError, AttributeError, NotImplementedError, StopIteration,
)  # fmt: skip


def lines(program: str) -> list[int]:
    found = check_source(program, "model.py", KERAS_3)
    assert {finding.code for finding in found} <= CODES
    return [finding.line for finding in found]


@pytest.mark.parametrize("name", FAILING)
def test_it_is_told_at_its_line(name: str) -> None:
    before, fails, works = FAILING[name]
    program = HEAD + before + fails + "\n"
    told = lines(program)
    assert len(told) == 1
    assert told[0] in (program.count("\n"), 6)  # 6: within the helper
    assert lines(HEAD + before + works + "\n") == []


@pytest.mark.oracle
def test_python_raises_there() -> None:
    for name, (before, fails, works) in FAILING.items():
        exec(HEAD + before + works, {})
        with pytest.raises(REFUSALS):
            exec(HEAD + before + fails, {"failing": name})


SILENT = {
    "a default that a caller replaces": "def half(size=None):\n    return size // 2\n",
    "caught": "x = Input((None, 3))\ntry:\n    n = x.shape[1] // 2\nexcept TypeError:\n    n = 1\n",
    "asked first": "x = Input((None, 3))\nn = x.shape[1] // 2 if x.shape[1] else 1\n",
    "hasattr": "x = Input((3,))\nn = x._keras_shape if hasattr(x, '_keras_shape') else x.shape\n",
    "getattr with a default": "dense = layers.Dense(3)\ny = getattr(dense, 'output', None)\n",
    "passed to something unknown": (
        "from elsewhere import wrap\ndense = layers.Dense(3)\nwrap(dense)\ny = dense.output\n"
    ),
    "a layer in what is not known": (
        "from elsewhere import body\nx = Input((3,))\n"
        "model = keras.Model(x, layers.Dense(2, name='code')(body(x)))\n"
        "y = model.get_layer('inner').output\nz = model.layers[5].output\n"
    ),
    "an automatic name": (
        "x = Input((3,))\nmodel = keras.Model(x, layers.Dense(2)(x))\ny = model.get_layer('dense_7')\n"
    ),
    "a list that is somebody's default": (
        "def last(x, skips=[]):\n    return layers.add([x, skips.pop()])\n"
    ),
    "nothing of Keras": "a, b = 'abc'\n",
    "an input layer": "y = layers.InputLayer((3,)).output\n",
    "a keyword for the layers inside": (
        "class Outer(layers.Layer):\n    def __init__(self):\n        super().__init__()\n"
        "        self._register_call_context_args('mode')\n"
        "    def call(self, x):\n        return x\ny = Outer()(Input((3,)), mode=Input((3,)))\n"
    ),
    "training, which Keras 2 fills in": (
        "class Noise(layers.Layer):\n    def call(self, x, training):\n        return x\n"
        "y = Noise()(Input((3,)))\n"
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_may_be_otherwise_is_not_told(name: str) -> None:
    assert lines(HEAD + SILENT[name]) == []


def test_what_only_keras_3_removed_is_told_if_it_is_meant() -> None:
    program = (
        "import keras\nd = keras.layers.Dense(3)\nd(keras.Input((2,)))\nprint(d.output_shape)\n"
    )
    assert check_source(program, "model.py", Settings(keras_version="2")) == []
    assert [f.code for f in check_source(program, "model.py", KERAS_3)] == ["KML408"]
