"""Programs of any size, for the benchmarks."""

from __future__ import annotations

_HEAD = """\
from keras import Input, Model
from keras.layers import Add, BatchNormalization, Concatenate, Conv2D, Dense, MaxPooling2D
from keras.layers import UpSampling2D

"""


def model_file(lines: int = 300) -> str:
    """A file as people write them: blocks, a model built out of them, some helpers."""
    block = '''
def block_{0}(x, filters, stride=1):
    """A residual block."""
    shortcut = x
    x = Conv2D(filters, 3, strides=stride, padding="same")(x)
    x = BatchNormalization()(x)
    x = Conv2D(filters, 3, padding="same")(x)
    if stride != 1 or shortcut.shape[-1] != filters:
        shortcut = Conv2D(filters, 1, strides=stride, padding="same")(shortcut)
    return Add()([x, shortcut])


def decode_{0}(x, skip, filters):
    x = UpSampling2D()(x)
    x = Concatenate()([x, skip])
    return Conv2D(filters, 3, padding="same", activation="relu")(x)


def model_{0}(size=256, filters=16):
    inputs = Input((size, size, 3))
    x, skips = inputs, []
    for level in range(4):
        x = block_{0}(x, filters * 2**level)
        skips.append(x)
        x = MaxPooling2D()(x)
    for level in reversed(range(4)):
        x = decode_{0}(x, skips[level], filters * 2**level)
    return Model(inputs, Conv2D(1, 1)(x))


model_{0}()
'''
    text, number = _HEAD, 0
    while text.count("\n") < lines:
        text += block.format(number)
        number += 1
    return text


def chain(layers: int) -> str:
    """A model of so many layers, written out by a loop."""
    return _HEAD + (
        f"x = inputs = Input((8,))\nfor i in range({layers // 2}):\n"
        "    x = Add()([Dense(8)(x), x])\nmodel = Model(inputs, x)\n"
    )


def written_out(layers: int) -> str:
    """A model of so many layers, a line each, as code generators write them."""
    lines = [f"x = Dense({8 + i % 3})(x)\n" for i in range(layers)]
    return _HEAD + "x = inputs = Input((8,))\n" + "".join(lines) + "model = Model(inputs, x)\n"


def dense_block(layers: int) -> str:
    """Every tenth layer joins all that came before in its block."""
    return _HEAD + (
        f"x = inputs = Input((8, 8, 4))\nfor b in range({max(layers // 20, 1)}):\n    parts = [x]\n"
        "    for i in range(10):\n        x = Concatenate()(parts) if i else x\n"
        "        x = Conv2D(4, 3, padding='same')(x)\n        parts.append(x)\n"
        "model = Model(inputs, x)\n"
    )


def helpers(depth: int) -> str:
    """Functions that call each other so deep."""
    text = _HEAD + "def f0(x):\n    return Dense(8)(x)\n"
    for number in range(1, depth):
        text += f"\n\ndef f{number}(x):\n    return Add()([x, f{number - 1}(x)])\n"
    return text + f"\n\ninputs = Input((8,))\nmodel = Model(inputs, f{depth - 1}(inputs))\n"


def branches(count: int) -> str:
    """A function with so many independent switches."""
    switches = "".join(f"    if a{i}:\n        x = Dense(8)(x)\n" for i in range(count))
    names = ", ".join(f"a{i}" for i in range(count))
    return (
        _HEAD
        + f"def build({names}):\n    x = inputs = Input((8,))\n{switches}"
        + ("    return Model(inputs, x)\n")
    )
