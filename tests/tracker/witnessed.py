"""Functions that nothing calls and that fail for whoever calls them, each with an unknown of its own kind.

The line that fails is marked; the words are those with which the witness is told.
"""

from __future__ import annotations

HEAD = "import keras\nfrom keras import layers\nfrom keras.layers import *\n"

# By what is unknown: the function, and its witness in words.
FUNCTIONS = {
    "a tensor of any rank": (
        "def f(x):\n    return Add()([Dense(5)(x), Dense(6)(x)])  # fails\n",
        "x (None, 32, 32, 3)",
    ),
    "an image": (
        "def f(image):\n    y = Conv2D(8, 3, padding='same')(image)\n"
        "    return Add()([y, Conv2D(9, 3, padding='same')(image)])  # fails\n",
        "image (None, 32, 32, 3)",
    ),
    "a sequence": (
        "def f(x):\n    y = LSTM(8, return_sequences=True)(x)\n    return Add()([y, LSTM(9)(x)])  # fails\n",
        "x (None, 16, 8)",
    ),
    "two tensors that are merged before": (
        "def f(x, y):\n    z = Conv2D(8, 3)(Add()([Conv2D(4, 1)(x), y]))\n"
        "    return Add()([z, Conv2D(9, 3)(z)])  # fails\n",
        "x (None, 32, 32, 3) and y (None, 32, 32, 4)",
    ),
    "a residual block whose input has to have 64 channels": (
        "def f(x):\n    x = Add()([x, Conv2D(64, 3, padding='same')(x)])\n"
        "    return Add()([Dense(5)(x), Dense(6)(x)])  # fails\n",
        "x (None, 32, 32, 64)",
    ),
    "channels of which a part is left": (
        "def f(x):\n    y = Conv2D(int(x.shape[-1] / 8), 1)(x)\n"
        "    return Add()([Dense(5)(y), Dense(6)(y)])  # fails\n",
        "x (None, 32, 32, 64)",
    ),
    "tensors that are compared with a float": (
        "def f(a, b):\n    d = keras.ops.abs(a - b)\n    d = d * keras.ops.cast(d >= 1.0, 'float32')\n"
        "    d = keras.ops.sum(d, -1, keepdims=True)\n"
        "    return Add()([Dense(5)(d), Dense(6)(d)])  # fails\n",
        "a (2, 8) and b (2, 8)",
    ),
    "a shape for a reshape": (
        "def f(x, target_shape):\n    y = Reshape(target_shape)(x)\n"
        "    return Add()([Dense(5)(y), Dense(6)(y)])  # fails\n",
        "target_shape = (-1, 32, 32) and x (None, 32, 32, 3)",
    ),
    "a number of filters": (
        "def f(x, n):\n    y = Conv2D(n, 3)(x)\n    return Concatenate()([y, Flatten()(y)])  # fails\n",
        "n = 8 and x (None, 32, 32, 3)",
    ),
    "a mode": (
        "def f(x, mode):\n    if mode == 'sum':\n"
        "        return Add()([Dense(5)(x), Dense(6)(x)])  # fails\n    return x\n",
        "mode = 'sum' and x (None, 32, 32, 3)",
    ),
    "a mode among several": (
        "def f(x, mode):\n    if mode == 'max':\n        return x\n    if mode in ('sum', 'mean'):\n"
        "        return Add()([Dense(5)(x), Dense(6)(x)])  # fails\n    return x\n",
        "mode = 'sum' and x (None, 32, 32, 3)",
    ),
    "a flag": (
        "def f(x, wide):\n    if not wide:\n"
        "        return Add()([Dense(5)(x), Dense(6)(x)])  # fails\n    return x\n",
        "wide = False and x (None, 32, 32, 3)",
    ),
    "a number within bounds": (
        "def f(x, depth):\n    if 20 < depth < 40:\n"
        "        return Add()([Dense(5)(x), Dense(6)(x)])  # fails\n    return x\n",
        "depth = 21 and x (None, 32, 32, 3)",
    ),
    "a default that stands for nothing": (
        "def f(x, rate=None):\n    if rate is None:\n"
        "        return Add()([Dense(5)(x), Dense(6)(x)])  # fails\n    return x\n",
        "rate = None and x (None, 32, 32, 3)",
    ),
    "a default that a layer refuses": (
        "def f(x, units=None):\n    y = Dense(units)(x)\n"
        "    return y, Add()([Conv2D(8, 3)(x), Conv2D(9, 3)(x)])  # fails\n",
        "units = 8 and x (None, 32, 32, 3)",
    ),
    "the shape of an Input": (
        "def f(shape):\n    x = Input(shape)\n    y = Conv2D(8, 3)(x)\n"
        "    return Add()([y, Conv2D(9, 3)(x)])  # fails\n",
        "shape = (32, 32, 32)",
    ),
    "the sizes of an Input": (
        "def f(height, width):\n    x = Input((height, width, 3))\n"
        "    return Add()([Conv2D(8, 3)(x), Conv2D(9, 3)(x)])  # fails\n",
        "height = 32 and width = 32",
    ),
    "a list of filters": (
        "def f(x, filters):\n    for n in filters:\n        x = Conv2D(n, 3, padding='same')(x)\n"
        "    return Add()([Conv2D(8, 3)(x), Conv2D(9, 3)(x)])  # fails\n",
        "filters = [8, 8] and x (None, 32, 32, 3)",
    ),
    "how often a block is repeated": (
        "def f(x, blocks):\n    for _ in range(blocks):\n        x = Conv2D(8, 3, padding='same')(x)\n"
        "    return Add()([Conv2D(8, 3)(x), Conv2D(9, 3)(x)])  # fails\n",
        "blocks = 8 and x (None, 32, 32, 3)",
    ),
    "a pair that is unpacked": (
        "def f(sizes):\n    height, width = sizes\n    x = Input((height, width, 3))\n"
        "    return Add()([Conv2D(8, 3)(x), Conv2D(9, 3)(x)])  # fails\n",
        "sizes = (32, 32)",
    ),
    "a shape that is unpacked": (
        "def f(x):\n    _, height, width, channels = x.shape\n    y = Conv2D(channels, 1)(x)\n"
        "    return Concatenate()([y, Flatten()(y)])  # fails\n",
        "x (None, 32, 32, 3)",
    ),
    "a size that is read": (
        "def f(x):\n    channels = x.shape[3]\n    y = Conv2D(2 * channels, 1)(x)\n"
        "    return Concatenate()([y, Flatten()(y)])  # fails\n",
        "x (None, 32, 32, 3)",
    ),
    "what an argument is not": (
        "def f(x, name, mode):\n    if mode != 'plain' and name:\n        pass\n"
        "    return Add()([Dense(5, name=name)(x), Dense(6)(x)])  # fails\n",
        "mode = 'plain' and x (None, 32, 32, 3)",
    ),
    "arguments that nothing depends on": (
        "def f(x, activation, initializer, log):\n    log('start')\n"
        "    y = Dense(5, activation=activation)(x)\n"
        "    return Add()([y, Dense(6, kernel_initializer=initializer)(x)])  # fails\n",
        "x (None, 32, 32, 3)",
    ),
    "a pooling of a size that is passed": (
        "def f(x, pool):\n    y = MaxPooling2D(pool)(x)\n"
        "    return Concatenate()([y, Flatten()(y)])  # fails\n",
        "pool = 2 and x (None, 32, 32, 3)",
    ),
    "a stride, and whether there is one": (
        "def f(x, strides):\n    if strides > 1:\n        y = Conv2D(8, 3, strides=strides)(x)\n"
        "        return Concatenate()([y, Flatten()(y)])  # fails\n    return x\n",
        "strides = 2 and x (None, 32, 32, 3)",
    ),
    "a volume": (
        "def f(volume):\n    y = Conv3D(8, 3)(volume)\n"
        "    return Concatenate()([y, Flatten()(y)])  # fails\n",
        "volume (None, 16, 16, 16, 3)",
    ),
}  # fmt: skip

# Failures on paths that nobody can take, since what they ask of a thing does not go together.
UNWITNESSED = {
    "a tensor of two ranks": (
        "def f(x):\n    y = Conv2D(8, 3)(x)\n    z = LSTM(8)(x)\n"
        "    return Add()([Dense(5)(z), Dense(6)(z)])  # fails\n"
    ),
}

# Programs that rest on data and on code that is not there: what is chosen for these, and why it is not known.
PROGRAMS = {
    "the width of a table": (
        "import numpy as np\ndata = np.load('x.npy')\nx = Input((data.shape[1],))\n"
        "Add()([Dense(5)(x), Dense(6)(x)])  # fails\n",
        "32",
    ),
    "how many files there are": (
        "from other import load\nimages = []\nfor path in load():\n    images.append(path)\n"
        "x = Input((len(images), 8))\nAdd()([Dense(5)(x), Dense(6)(x)])  # fails\n",
        "32",
    ),
    "what another library makes of a tensor": (
        "from other import backbone\ny = backbone(Input((8, 8, 3)))\n"
        "Add()([Dense(5)(y), Dense(6)(y)])  # fails\n",
        "(None, 32, 32, 3)",
    ),
    "what the items of an array are": (
        "import numpy as np\nlabels = np.array([1, 2, 3])\n"
        "x = Input((8 if labels.max() > 2 else 4,))\nAdd()([Dense(5)(x), Dense(6)(x)])  # fails\n",
        "True",
    ),
}
