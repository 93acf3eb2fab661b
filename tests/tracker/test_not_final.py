"""What others may still change is not final: a program of which each fact may be another has no finding.

Each has a twin in which the fact is final, and the finding certain.
"""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

JOIN = """
from keras import Input, layers
x = Input((32, 32, 32))
def join(filters):
    return layers.Add()([x, layers.Conv2D(filters, 3, padding="same")(x)])
def width(wide):
    return layers.Conv2D(16 if wide else 8, 3)(x)
def agree(one, wide):
    return layers.Add()([one, width(wide)])
"""

# name: (what may be another value, what is final)
PROGRAMS = {
    "a name that is bound again after a function that nobody calls": (
        "filters = 32\ndef build():\n    return join(filters)\nfilters = 48",
        "filters = 48\ndef build():\n    return join(filters)",
    ),
    "a method that does nothing, of a class that nobody instantiates": (
        "class Base:\n    def size(self, n):\n        pass\n"
        "    def build(self):\n        return join(self.size(3) or 48)",
        "class Base:\n    def size(self, n):\n        print(n)\n"
        "    def build(self):\n        return join(self.size(3) or 48)",
    ),
    "what was computed with, which may be an array": (
        "import cv2\nimport numpy as np\nimage = cv2.imread('a.png') / 127.5 - 1\n"
        "layers.Conv2D(2, 3)(np.expand_dims(image, 0))",
        "import numpy as np\nimage = float(input()) / 127.5 - 1\n"
        "layers.Conv2D(2, 3)(np.expand_dims(image, 0))",
    ),
    "what was computed with, on one side of an operator": (
        "import numpy as np\nimport tensorflow as tf\ndef total(error):\n"
        "    return tf.reduce_sum(np.zeros(200) * (error - 1), axis=2)",
        "import numpy as np\nimport tensorflow as tf\ndef total(error):\n"
        "    return tf.reduce_sum(np.zeros(200) * (float(error) - 1), axis=2)",
    ),
    "the content of a variable, which may be assigned": (
        "import tensorflow as tf\nsize = tf.Variable([0, 3])\nsize[:1].assign([4])\n"
        "tf.zeros(size) + tf.zeros((4, 5, 2))",
        "import tensorflow as tf\nsize = tf.constant([4, 3])\ntf.zeros(size) + tf.zeros((4, 5, 2))",
    ),
    "the length of tokenized texts, which may be one for all": (
        "import numpy as np\nimport tensorflow as tf\nwords = tf.keras.preprocessing.text.Tokenizer()\n"
        "x = np.array(words.texts_to_sequences(['a b', 'c d']))\nlayers.Dense(2)(x)",
        "import numpy as np\nx = np.array([1, 2])\nlayers.Dense(2)(x)",
    ),
    "a default that stands for what every caller gives": (
        "def build(filters=-1):\n    return layers.Conv2D(filters, 3)(x)",
        "def build(filters=-3):\n    return layers.Conv2D(filters, 3)(x)",
    ),
    "a default of no size": (
        "def build(x, size=(0, 0)):\n    return layers.Conv2D(8, size)(x)",
        "def build(x, size=(0, 3)):\n    return layers.Conv2D(8, size)(x)",
    ),
    "a field of a dataclass that stands for what is given": (
        "from dataclasses import dataclass\n@dataclass\nclass Net:\n    filters: int = 0\n"
        "    def build(self):\n        return layers.Conv2D(self.filters, 3)(x)",
        "from dataclasses import dataclass\n@dataclass\nclass Net:\n    filters: int = -3\n"
        "    def build(self):\n        return layers.Conv2D(self.filters, 3)(x)",
    ),
    "a dict that is updated from a file": (
        "import json\nsettings = {'filters': 48}\nsettings.update(json.load(open('net.json')))\n"
        "join(**settings)",
        "settings = {'filters': 48}\nsettings.update({})\njoin(**settings)",
    ),
    "defaults behind which comes what a file holds": (
        "import json\nsettings = {**{'filters': 48}, **json.load(open('net.json'))}\njoin(**settings)",
        "import json\nsettings = {**json.load(open('net.json')), **{'filters': 48}}\njoin(**settings)",
    ),
    "attributes of a class by the names in a file": (
        "import json\nclass Config:\n    filters = 48\n"
        "for key, value in json.load(open('net.json')).items():\n    setattr(Config, key, value)\n"
        "join(Config.filters)",
        "class Config:\n    filters = 32\nsetattr(Config, 'filters', 48)\njoin(Config.filters)",
    ),
    "a list that some rounds of an unknown loop fill": (
        "import sys\nnames = []\nfor arg in sys.argv:\n    if arg.startswith('-'):\n        continue\n"
        "    names.append(arg)\nlayers.Concatenate()([x for name in names])",
        "names = []\nfor arg in ['-a']:\n    if arg.startswith('-'):\n        continue\n"
        "    names.append(arg)\nlayers.Concatenate()([x for name in names])",
    ),
    "a number that some rounds of an unknown loop choose": (
        "import sys\nfilters = 48\nfor arg in sys.argv:\n    if arg.startswith('-'):\n        continue\n"
        "    filters = 32\njoin(filters)",
        "filters = 48\nfor arg in ['-a']:\n    if arg.startswith('-'):\n        continue\n"
        "    filters = 32\njoin(filters)",
    ),
    "a dict with a default that is filled under an unknown key": (
        "import sys\nfrom collections import defaultdict\nfound = defaultdict(list)\n"
        "for arg in sys.argv:\n    found[arg[0]].append(arg)\n"
        "layers.Concatenate()([x for key in found.keys()])",
        "from collections import defaultdict\nfound = defaultdict(list)\n"
        "layers.Concatenate()([x for key in found.keys()])",
    ),
    "a setting that another method may have made": (
        "class Builder:\n    def __init__(self):\n        self.settings = {'size': None}\n"
        "    def build(self):\n        return layers.Embedding(self.settings['size'], 8)",
        "class Builder:\n    def __init__(self):\n        self.settings = {'size': -1}\n"
        "    def build(self):\n        return layers.Embedding(self.settings['size'], 8)",
    ),
    "what stands in for a list that was not given": (
        "def head(skips=None):\n    return layers.Concatenate()(skips or [])",
        "def head():\n    return layers.Concatenate()([])",
    ),
    "what is put in the place of a list that was not given": (
        "def head(skips=None):\n    if skips is None:\n        skips = []\n"
        "    return layers.Concatenate()(skips)",
        "def head(skips=None):\n    skips = []\n    return layers.Concatenate()(skips)",
    ),
    "what is chosen in the place of a list that was not given": (
        "def head(skips=None):\n    skips = [] if skips is None else list(skips)\n"
        "    return layers.Concatenate()(skips)",
        "def head(skips=None):\n    skips = [] if skips is None else []\n"
        "    return layers.Concatenate()([])",
    ),
    "a list that is empty unless it is given": (
        "def head(skips=()):\n    return layers.Concatenate()(list(skips))",
        "def head():\n    return layers.Concatenate()([])",
    ),
    "how many skips a caller passes": (
        "def decode(skips, filters=(None, None)):\n    y = x\n    for i in range(2):\n"
        "        skip = skips[i] if i < len(skips) else None\n"
        "        y = layers.Conv2D(filters[i] if skip is None else 8, 1)(y)\n    return y",
        "def decode(skips, filters=(None, None)):\n    return layers.Conv2D(filters[0], 1)(x)",
    ),
    "layers that something unknown may have made": (
        "from elsewhere import encoder\nfrom keras import Model\n"
        "Model(x, encoder(x)).get_layer('first')",
        "from keras import Model\nModel(x, layers.Dense(3)(x)).get_layer('first')",
    ),
    "the layers of a model with the outputs of a loaded one": (
        "from keras import Model\nfrom keras.models import load_model\nloaded = load_model('net')\n"
        "Model(loaded.input, [layer.output for layer in loaded.layers]).get_layer('first')",
        "from keras import Model\nloaded = Model(x, layers.Dense(3)(x))\n"
        "Model(loaded.input, [layer.output for layer in loaded.layers[1:]]).get_layer('first')",
    ),
    "a size that another method sets": (
        "import unittest\nfrom keras import ops\nclass Squeezed(layers.Layer):\n    def build(self, shape):\n"
        "        self.size = shape[-1]\n    def call(self, y):\n        if self.size == 1:\n"
        "            y = ops.squeeze(y, axis=-1)\n        return y\n"
        "class Case(unittest.TestCase):\n    def setUp(self):\n        self.size = 3\n    def run(self):\n"
        "        y = Squeezed()(Input((4, 4, self.size)))\n        return layers.Conv2D(8, 1)(y)",
        "class Case:\n    def run(self):\n        return layers.Conv2D(8, 1)(Input((4, 1)))",
    ),
    "a size of data, whatever else is chosen": (
        "import json\ndef build(flag):\n    filters = 48 if json.load(open('net.json')) else 32\n"
        "    other = 48 if flag else 32\n    return join(filters)",
        "def build(flag):\n    filters = 48 if flag else 32\n    return join(filters)",
    ),
    "which of several branches there are": (
        "def block(one, two):\n    branches = []\n    if one:\n        branches.append(x)\n"
        "    if two:\n        branches.append(x)\n    return layers.Concatenate()(branches)",
        "def block(one):\n    branches = []\n    if one:\n        branches.append(x)\n"
        "    return layers.Concatenate()(branches)",
    ),
    "settings of which one may follow from another": (
        "def build(config):\n    y = [x] if config.network == 'rnn' else layers.Flatten()(x)\n"
        "    if config.recurrent:\n        y = y[0]\n    return layers.Dense(3)(y)",
        "def build(network, recurrent):\n    y = [x] if network == 'rnn' else layers.Flatten()(x)\n"
        "    if recurrent:\n        y = y[0]\n    return layers.Dense(3)(y)",
    ),
    "items of a dict of which one may follow from another": (
        "def build(config):\n    y = layers.Flatten()(x) if config['flat'] else x\n"
        "    return layers.Conv2D(3, 1)(y) if config['images'] else y",
        "def build(config):\n    y = layers.Flatten()(x) if config['flat'] else x\n"
        "    return layers.Conv2D(3, 1)(y)",
    ),
    "an attribute that derived classes are there to define": (
        "class Base:\n    filters = None\n    def build(self):\n"
        "        return layers.Conv2D(self.filters, 3)(x)",
        "class Base:\n    filters = -1\n    def build(self):\n"
        "        return layers.Conv2D(self.filters, 3)(x)",
    ),
    "an attribute that a derived class defines anew": (
        "class Base:\n    filters = 48\n    def build(self):\n        return join(self.filters)\n"
        "class Net(Base):\n    filters = 32",
        "class Base:\n    filters = 48\n    def build(self):\n        return join(self.filters)\n"
        "class Net(Base):\n    size = 32",
    ),
    "a function that a derived class puts in the place of another": (
        "class Base:\n    size = staticmethod(lambda: 48)\n    def build(self):\n"
        "        return join(self.size())\nclass Net(Base):\n    size = staticmethod(lambda: 32)",
        "class Base:\n    size = staticmethod(lambda: 48)\n    def build(self):\n"
        "        return join(self.size())",
    ),
    "a field of a record that is empty": (
        "from dataclasses import dataclass\n@dataclass\nclass Net:\n    sizes: tuple = ()\n"
        "    def build(self):\n        return layers.Add()([layers.Dense(n)(x) for n in self.sizes])",
        "from dataclasses import dataclass\n@dataclass\nclass Net:\n    sizes: tuple = (3, 4)\n"
        "    def build(self):\n        return layers.Add()([layers.Dense(n)(x) for n in self.sizes])",
    ),
    "a property that does nothing": (
        "class Base:\n    @property\n    def filters(self):\n        ...\n    def build(self):\n"
        "        return join(self.filters or 48)",
        "class Base:\n    @property\n    def filters(self):\n        return 48\n    def build(self):\n"
        "        return join(self.filters or 48)",
    ),
    "a name that another function sets": (
        "filters = 48\ndef build():\n    return join(filters)\n"
        "def configure(n):\n    global filters\n    filters = n",
        "filters = 48\ndef build():\n    return join(filters)\ndef configure(n):\n    filters = n",
    ),
    "an attribute of an object that another function sets": (
        "class Config:\n    pass\nconfig = Config()\nconfig.filters = 48\n"
        "def build():\n    return join(config.filters)\ndef configure(n):\n    config.filters = n",
        "class Config:\n    pass\nconfig = Config()\nconfig.filters = 48\n"
        "def build():\n    return join(config.filters)\ndef configure(config):\n    config.filters = 3",
    ),
    "an item of a dict that another function sets": (
        "config = {'filters': 48}\ndef build():\n    return join(config['filters'])\n"
        "def configure(n):\n    config['filters'] = n",
        "config = {'filters': 48}\ndef build():\n    return join(config['filters'])\n"
        "def configure(n):\n    config = {}\n    config['filters'] = n",
    ),
    "a list that another function fills": (
        "branches = []\ndef build():\n    return layers.Concatenate()(branches)\n"
        "def register(branch):\n    branches.append(branch)",
        "branches = []\ndef build():\n    return layers.Concatenate()(branches)",
    ),
    "an attribute that a class method sets": (
        "class Config:\n    filters = 48\n    @classmethod\n    def load(cls, n):\n"
        "        cls.filters = n\ndef build():\n    return join(Config.filters)",
        "class Config:\n    filters = 48\n    def load(self, n):\n"
        "        self.filters = n\ndef build():\n    return join(Config.filters)",
    ),
    "two facts about data that only together are wrong": (
        "import json\ndef build(path):\n    filters = 48\n    if json.load(open(path)):\n"
        "        if json.load(open(path + '2')):\n            filters = 32\n    return join(filters)",
        "import json\ndef build(path):\n    filters = 48\n    if json.load(open(path)):\n"
        "        if json.load(open(path + '2')):\n            filters = 16\n    return join(filters)",
    ),
    "a setting behind a method that may change it": (
        "def build(cfg):\n    one = width(cfg.wide)\n    cfg.finish()\n    return agree(one, not cfg.wide)",
        "def build(cfg):\n    one = width(cfg.wide)\n    print(cfg)\n    return agree(one, not cfg.wide)",
    ),
    "a setting behind a function that may change it": (
        "from tools import finish\ndef build(cfg):\n    one = width(cfg['wide'])\n    finish(cfg)\n"
        "    return agree(one, not cfg['wide'])",
        "from tools import finish\ndef build(cfg):\n    one = width(cfg['wide'])\n    finish(one)\n"
        "    return agree(one, not cfg['wide'])",
    ),
    "a setting that is assigned": (
        "def build(cfg):\n    one = width(cfg['wide'])\n    cfg['wide'] = True\n"
        "    return join(16 if not cfg['wide'] else 32)",
        "def build(cfg):\n    one = width(cfg['wide'])\n    cfg['wide'] = True\n"
        "    return join(16 if cfg['wide'] else 32)",
    ),
    "the length of a list that gets shorter": (
        "def build(sizes):\n    one = width(len(sizes) > 2)\n    sizes.pop()\n"
        "    return agree(one, not len(sizes) > 2)",
        "def build(sizes):\n    one = width(len(sizes) > 2)\n    sizes.copy\n"
        "    return agree(one, not len(sizes) > 2)",
    ),
    "what is next": (
        "def build(flags):\n    one = width(flags.pop())\n    return agree(one, not flags.pop())",
        "def build(flags):\n    one = width(flags.get(0))\n    return agree(one, not flags.get(0))",
    ),
    "a condition that is asked in many rounds": (
        "from tools import check\nfor filters in [32, 32, 32, 32, 48]:\n    if check(x):\n"
        "        join(filters)",
        "from tools import check\nfor filters in [32, 32, 32, 32, 48]:\n    check(x)\n    join(filters)",
    ),
    "what a function that is passed gives": (
        "def build(is_wide):\n    return join(48 if is_wide(1) else 32)",
        "def build(is_wide):\n    return join(48 if is_wide else 32)",
    ),
    "a layer of Keras in whose place the program puts its own": (
        "class Wide(layers.Conv2D):\n    def __init__(self, filters, *args, **kwargs):\n"
        "        super().__init__(filters * 2, *args, **kwargs)\nlayers.Conv2D = Wide\njoin(16)",
        "class Wide(layers.Conv2D):\n    def __init__(self, filters, *args, **kwargs):\n"
        "        super().__init__(filters * 2, *args, **kwargs)\nlayers.Wide = Wide\njoin(16)",
    ),
    "a manager that was made before": (
        "def test(self):\n    fails = self.assertRaises(ValueError)\n    with fails:\n        join(48)",
        "def test(self):\n    works = self.subTest()\n    with self.subTest():\n        join(48)",
    ),
    "a stack of managers": (
        "import contextlib\nwith contextlib.ExitStack() as stack:\n"
        "    stack.enter_context(contextlib.suppress(ValueError))\n    join(48)",
        "import contextlib\nwith contextlib.nullcontext() as stack:\n    join(48)",
    ),
    "a random number, or several": (
        "import numpy as np\nlayers.Conv2D(2, 3)(np.expand_dims(np.random.normal([0.0, 1.0], 1.0), 0))",
        "import numpy as np\nlayers.Conv2D(2, 3)(np.expand_dims(np.random.normal(0.0, 1.0), 0))",
    ),
    "the items of a list, one for each round": (
        "def build(flags):\n    for i, filters in enumerate([32, 48]):\n        if flags[i]:\n"
        "            join(filters)",
        "def build(flag):\n    for i, filters in enumerate([32, 48]):\n        if flag:\n"
        "            join(filters)",
    ),
}


def _codes(program: str) -> list[str]:
    return [finding.code for finding in check_source(JOIN + program, "program.py", Settings())]


@pytest.mark.parametrize("program", [one for one, _ in PROGRAMS.values()], ids=PROGRAMS)
def test_no_finding_where_it_may_be_another(program: str) -> None:
    assert _codes(program) == []


@pytest.mark.parametrize("program", [one for _, one in PROGRAMS.values()], ids=PROGRAMS)
def test_a_finding_where_it_is_final(program: str) -> None:
    assert len(_codes(program)) == 1


def test_however_the_path_of_the_file_is_written() -> None:
    again, _ = PROGRAMS["a name that is bound again after a function that nobody calls"]
    assert check_source(JOIN + again, "./program.py", Settings()) == []


RANKS = """
import tensorflow as tf
from tensorflow.keras import layers
def conv(x):
    if {ask} == 3:
        return layers.Conv1D(8, 1)(x)
    elif {ask} == 4:
        return layers.Conv2D(8, 1)(x)
    raise ValueError("rank")
def pooled(x):
    mean = tf.reduce_mean(x, axis=list(range(len(x.shape)))[1:-1], keepdims=True)
    return tf.broadcast_to(conv(mean), tf.shape(conv(x)))
"""


@pytest.mark.parametrize(
    "ask", ["len(x.shape)", "len(x.get_shape())", "x.shape.rank", "x.shape.ndims"]
)
def test_the_rank_is_one_fact_however_it_is_asked(ask: str) -> None:
    program = RANKS.format(ask=ask)
    assert [finding.code for finding in check_source(program, "program.py", Settings())] == []


def test_what_failed_when_it_was_built_does_not_fail_again_in_its_first_run() -> None:
    program = """
import numpy as np
from tensorflow.keras import Sequential, layers
model = Sequential([layers.Input((11, 1, 3))])
model.add(layers.MaxPooling2D())
model.compile("sgd", "mse")
model.fit(np.zeros((4, 11, 1, 3)), np.zeros((4, 5, 1, 3)))
"""
    found = check_source(program, "program.py", Settings())
    assert [(finding.code, finding.line) for finding in found] == [("KML302", 5)]
