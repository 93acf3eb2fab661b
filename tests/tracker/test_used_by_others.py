"""What other files of a project replace is not taken for what a file says."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

import pytest

from kerasmergelint.files import forget
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.program import blind
from kerasmergelint.tracker.program.blind import Entry, Made

DEFAULT = """
import keras


class Factory:
    def model(self, args={"shape": (1, 1)}):
        return keras.layers.Conv1D(8, 21)(keras.Input(args["shape"]))


def net(width=3, depth=2):
    return keras.layers.Add()([keras.Input((width,)), keras.Input((4,))])
"""
ATTRIBUTE = """
import keras


class Gan:
    def __init__(self):
        self.width = 3

    def build(self):
        return keras.layers.Conv1D(8, 5)(keras.Input((self.width, 1)))
"""
CHANNELS = """
import keras


def net():
    x = keras.layers.Conv2D(8, 3)(keras.Input((32, 32, 32)))
    return keras.layers.Add()([x, keras.Input((8, 30, 30))])
"""


def lines(program: str, other: str, folder: Path) -> list[int]:
    """Where findings are, in a file beside one that uses it."""
    (folder / "train.py").write_text(f"from net import Gan, net\n{other}")
    return [found.line for found in check_source(program, str(folder / "net.py"), Settings())]


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ("", [7, 11]),
        ("factory.model(args={'shape': (99, 1)})", [11]),
        ("factory.model({'shape': (99, 1)})\nnet(4)", []),
        ("net(width=size(')'), depth=1)", [7]),
        ("net(*sizes)", [7]),
        ("net(**sizes)", [7]),
        # Not every caller gives it.
        ("net(4)\nnet(depth=3)", [7, 11]),
        # The other file means a function of its own.
        ("def net(width):\n    return width\n\n\nnet(4)", [7, 11]),
        ("net(", [7, 11]),
    ],
)
def test_a_default_that_every_caller_replaces(
    other: str, wanted: list[int], tmp_path: Path
) -> None:
    assert lines(DEFAULT, other, tmp_path) == wanted


OWN = """
import keras


class Net:
    def __init__(self, shape=(28, 28), units=3):
        self.model = keras.Sequential([keras.Input(shape), keras.layers.Conv2D(units, 5)])

    def show(self):
        return self.model


{made}
"""


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        ("Net((32, 32, 3))", []),
        ("for side in (32, 64):\n    Net(shape=(side, side, 3)).show()", []),
        # The default is used: by nobody, or by one of two.
        ("", [7]),
        ("Net(units=8)\nNet((32, 32, 3))", [7]),
    ],
)
def test_a_default_that_the_file_itself_replaces(
    made: str, wanted: list[int], tmp_path: Path
) -> None:
    program = OWN.format(made=made)
    found = check_source(program, str(tmp_path / "net.py"), Settings())
    assert [one.line for one in found] == wanted


def test_modules_of_one_name_in_several_folders(tmp_path: Path) -> None:
    def found(imports: str) -> list[int]:
        train.write_text(f"{imports}\nnet(depth=3)\n")
        forget()
        path = str(tmp_path / "small" / "net.py")
        return [one.line for one in check_source(DEFAULT, path, Settings())]

    (tmp_path / ".git").mkdir()
    for folder in ("small", "large"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "net.py").write_text(DEFAULT)
    (tmp_path / "main.py").write_text("from small.net import net\nnet(4)\n")
    train = tmp_path / "large" / "train.py"
    assert found("") == found("from large.net import net") == found("from net import net") == [7]
    assert found("from .net import net") == [7]
    # These may call that of the other folder.
    assert found("from small.net import net") == found("from small import net") == [7, 11]


SHARED = """
import keras


def joined(x, width):
    return keras.layers.Add()([x, keras.Input((width,))])


def one(width=3):
    return joined(keras.Input((4,)), width)


def two():
    return joined(keras.Input((4,)), 3)
"""


def test_a_failure_that_two_functions_lead_to(tmp_path: Path) -> None:
    """What others do about the first of them does not mend the second."""
    assert lines(SHARED, "import net\nnet.one(4)", tmp_path) == [6]
    assert lines(SHARED.replace(", 3)", ", 4)"), "import net\nnet.one(4)", tmp_path) == []


def test_only_what_failed_is_looked_at_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered: list[str] = []
    enter = blind.enter

    def noting(interp: Interpreter, entry: Entry, opened: Collection[str], made: Made) -> None:
        entered.append(entry.name)
        enter(interp, entry, opened, made)

    monkeypatch.setattr(blind, "enter", noting)
    program = DEFAULT + "\n\ndef fine():\n    return keras.Input((3,))\n"
    assert lines(program, "net(4)", tmp_path) == [7]
    again = entered[entered.index("fine") + 1 :]
    assert set(again) == {"net", "Factory.model"}


@pytest.mark.parametrize(("given", "wanted"), [("4", [7]), ("", [7, 11])])
def test_a_notebook_may_be_the_caller(given: str, wanted: list[int], tmp_path: Path) -> None:
    lines = ["%matplotlib inline\n", "from net import *\n", f"model = net({given})"]
    cells = [{"cell_type": "markdown", "source": "net()"}, {"cell_type": "code", "source": lines}]
    (tmp_path / "train.ipynb").write_text(json.dumps({"cells": cells}))
    found = check_source(DEFAULT, str(tmp_path / "net.py"), Settings())
    assert [finding.line for finding in found] == wanted


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ("gan = Gan()\ngan.width = 32\n", []),
        ("gan = Gan()\ngan.depth = 32\n", [10]),
        ("assert Gan().width == 32\n", [10]),
    ],
)
def test_an_attribute_that_another_file_sets(other: str, wanted: list[int], tmp_path: Path) -> None:
    assert lines(ATTRIBUTE, other, tmp_path) == wanted


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ("K.set_image_data_format('channels_first')\nnet()\n", []),
        ("K.set_image_data_format('channels_last')\nnet()\n", [7]),
        ("K.set_image_data_format('channels_first')\n", [7]),
    ],
)
def test_a_data_format_that_the_caller_sets(other: str, wanted: list[int], tmp_path: Path) -> None:
    assert lines(CHANNELS, other, tmp_path) == wanted


@pytest.mark.parametrize(
    ("package", "other", "wanted"),
    [
        ("from .unet import net\n", "from nets import net\nnet(4)\n", [7]),
        ("from .unet import *\n", "import nets\nnets.net(4)\n", [7]),
        # Files that have nothing to do with it.
        ("from .unet import net\n", "from other import net\nnet(4)\n", [7, 11]),
        ("", "from nets import net\nnet(4)\n", [7, 11]),
        ("from .unet import *\n", "import nets\nnet(4)\n", [7, 11]),
    ],
)
def test_a_package_passes_on_what_its_modules_define(
    package: str, other: str, wanted: list[int], tmp_path: Path
) -> None:
    (tmp_path / "nets").mkdir()
    (tmp_path / "nets" / "__init__.py").write_text(package)
    (tmp_path / "train.py").write_text(other)
    found = check_source(DEFAULT, str(tmp_path / "nets" / "unet.py"), Settings())
    assert [finding.line for finding in found] == wanted


JOIN = """
from keras import Input, layers


def join(width):
    x = Input((3,))
    return layers.Add()([x, layers.Dense(width)(x)])


"""
# name: (what the file defines, what another file does, what another file does not do)
OTHERS = {
    "an alias of the module, and of the function": (
        "def net(width=4):\n    return join(width)",
        "import net as n\nfrom net import net as make\nn.net(3)\nmake(3)",
        "import net as n\nfrom net import net as make\nn.net(3)\nmake()",
    ),
    "a function that is passed on": (
        "def net(width=4):\n    return join(width)",
        "from functools import partial\nimport net\nmake = partial(net.net, width=3)",
        "from functools import partial\nimport net\nnet.net()",
    ),
    "a function by a name that is not known": (
        "def make(width=4):\n    return join(width)",
        "import json\nimport net\ngetattr(net, name)(**json.load(open('net.json')))",
        "import net\ngetattr(net, 'make')()",
    ),
    "a call with a comment": (
        "def net(width=4):\n    return join(width)",
        "import net\nnet.net(\n    3,  # (\n)",
        "import net\nnet.net(\n    # 3)\n)",
    ),
    "a function and a method of one name": (
        "def net(width=4):\n    return join(width)\nclass Net:\n    def net(self):\n        pass",
        "from net import Net, net\nnet(3)\nNet().net()",
        "from net import Net, net\nnet()\nNet().net()",
    ),
    "a name of the module": (
        "WIDTH = 4\ndef net():\n    return join(WIDTH)",
        "import net\nnet.WIDTH = 3",
        "import net\nWIDTH = 3",
    ),
    "an attribute of a class": (
        "class Config:\n    width = 4\ndef net():\n    return join(Config.width)",
        "from net import Config\nConfig.width = 3",
        "from net import Config\nConfig.depth = 3",
    ),
    "the class of a record": (
        "from dataclasses import dataclass\n@dataclass\nclass Net:\n    width: int = 4\n"
        "    def build(self):\n        return join(self.width)",
        "from net import Net\nNet(width=3).build()",
        "from net import Net\nNet().build()",
    ),
    "a default that is an object": (
        "class Config:\n    width = 4\ndef net(config=Config()):\n    return join(config.width)",
        "import net\nnet.net(config)",
        "import net\nnet.net()",
    ),
    "a derived class with an attribute of its own": (
        "class Net:\n    width = 4\n    def build(self):\n        return join(self.width)",
        "from net import Net\nclass Mine(Net):\n    width = 3\n",
        "from net import Net\nclass Mine(Net):\n    depth = 3\n",
    ),
    "a derived class with a method of its own": (
        "class Net:\n    def width(self):\n        return 4\n    def build(self):\n"
        "        return join(self.width())",
        "import net\nclass Mine(net.Net):\n\n    def width(self):\n        return 3\n",
        "import net\nclass Mine(object):\n\n    def width(self):\n        return 3\n",
    ),
    "a setting of a third module": (
        "import settings\ndef net():\n    return join(settings.width)",
        "import settings\nsettings.width = 3",
        "import settings\nprint(settings.width == 3)",
    ),
    "items of a third module": (
        "from settings import sizes\ndef net():\n    return join(sizes['width'])",
        "from settings import sizes\nsizes['width'] = 3",
        "from other import sizes\nsizes['width'] = 3",
    ),
}


@pytest.mark.parametrize("path", ["net.py", "./net.py"])
@pytest.mark.parametrize("name", OTHERS)
def test_what_others_decide_is_not_final(
    name: str, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text, decided, left = OTHERS[name]
    program = JOIN + text + "\n"
    Path("settings.py").write_text("width = 4\nsizes = {'width': 4}\n")
    Path("train.py").write_text(left)
    assert len(check_source(program, path, Settings())) == 1
    forget()
    Path("train.py").write_text(decided)
    assert check_source(program, path, Settings()) == []
