"""Settings as programs keep and read them: a width that comes through them reaches the merge."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

HEAD = "import sys, os, keras\nfrom keras import layers\nx = keras.Input((8,))\n"
MERGE = "layers.Add()([layers.Dense(64)(x), layers.Dense({})(x)])\n"

# Each ends in the width of the second branch, where WIDTH stands for 64 or for another.
PYDANTIC = "from pydantic import BaseModel, Field, field_validator, model_validator\n"
PROGRAMS = {
    "validated": (
        PYDANTIC + "class Net(BaseModel):\n    side: int = 3\n",
        "Net.model_validate({'side': WIDTH}).side",
    ),
    "from JSON": (
        PYDANTIC + "class Net(BaseModel):\n    side: int = 3\n",
        'Net.model_validate_json(\'{"side": WIDTH, "more": 1}\').side',
    ),
    "nested": (
        PYDANTIC
        + "class Net(BaseModel):\n    side: int = 3\nclass All(BaseModel):\n    net: Net = Net()\n",
        "All.parse_obj({'net': {'side': 'WIDTH'}}).model_dump(exclude={'name'})['net']['side']",
    ),
    "updated": (
        PYDANTIC + "class Net(BaseModel):\n    side: int = 3\n",
        "Net().model_copy(update={'side': WIDTH}).side",
    ),
    "by alias": (
        PYDANTIC + "class Net(BaseModel):\n    side: int = Field(3, alias='n_side')\n",
        "Net(n_side=WIDTH).side",
    ),
    "with an unknown name": (
        PYDANTIC + "class Net(BaseModel):\n    side: int = 3\n",
        "Net(side=WIDTH, other=5).side",
    ),
    "changed by its validator": (
        PYDANTIC
        + "class Net(BaseModel):\n    side: int\n    @field_validator('side')\n    @classmethod\n"
        "    def twice(cls, v):\n        return v * 2\n",
        "Net(side=WIDTH // 2).side",
    ),
    "attr.s": (
        "import attr\n@attr.s\nclass Net(object):\n    a = attr.ib(default=3)\n"
        "    side = attr.ib(3, converter=int)\n",
        "Net(side='WIDTH').side",
    ),
    "annotated attr.s": (
        "import attr\n@attr.s(auto_attribs=True)\nclass Net:\n    side: int = attr.Factory(lambda: WIDTH)\n",
        "attr.evolve(Net()).side",
    ),
    "converter of a default": (
        "from attrs import define, field\n@define\nclass Net:\n"
        "    side: int = field(default='WIDTH', converter=int)\n",
        "Net().side",
    ),
    "replaced": (
        "import dataclasses\n@dataclasses.dataclass\nclass Net:\n    base: int = 3\n"
        "    side: int = dataclasses.field(init=False)\n    def __post_init__(self):\n"
        "        self.side = 2 * self.base\n",
        "dataclasses.replace(Net(), base=WIDTH // 2).side",
    ),
    "as a tuple": (
        "import dataclasses\n@dataclasses.dataclass\nclass Net:\n    a: int = 3\n    side: int = WIDTH\n",
        "dataclasses.astuple(Net())[1]",
    ),
    "counted members": (
        "from enum import Enum, auto\nclass Size(Enum):\n    SMALL = auto()\n    WIDE = auto()\n"
        "SIDES = {Size.SMALL: 3, Size.WIDE: WIDTH}\n",
        "SIDES[Size(2)]",
    ),
    "members with attributes": (
        "from enum import Enum\nclass Net(Enum):\n    A = (1, 3)\n    B = (2, WIDTH)\n"
        "    def __init__(self, rate, side):\n        self.side = side\n",
        "Net['B'].side",
    ),
    "argument": ("side = WIDTH\nif len(sys.argv) > 1:\n    side = int(sys.argv[1])\n", "side"),
    "two variables": (
        "def env(name, usual):\n    found = os.environ.get(name)\n"
        "    return usual if found is None else int(found)\n",
        "env('A', 1) * env('B', WIDTH)",
    ),
    "dir of a class": (
        "class Net:\n    SIDE = WIDTH\n    other = 3\n",
        "{name: getattr(Net, name) for name in dir(Net) if name.isupper()}['SIDE']",
    ),
    "dict of a class": (
        "class Net:\n    SIDE = WIDTH\n    other = 3\n",
        "Net.__dict__['SIDE'] + vars(Net)['other'] - 3",
    ),
    "signature": (
        "import inspect\ndef side(width, bias=3):\n    return width\ngiven = {'width': WIDTH, 'rate': 3}\n",
        "side(**{k: v for k, v in given.items() if k in inspect.signature(side).parameters})",
    ),
    "default in a signature": (
        "import inspect\ndef make(a, side=WIDTH):\n    pass\n",
        "inspect.signature(make).parameters['side'].default",
    ),
    "signature of a layer": (
        "import inspect\ntrained = inspect.signature(layers.Dropout(0.5).call).parameters\n",
        "WIDTH if 'training' in trained and 'states' not in trained else 32",
    ),
    "arguments of a layer": (
        "import inspect\ntaken = inspect.getfullargspec(layers.Dense(3).call).args\n",
        "WIDTH if taken[:2] == ['self', 'inputs'] else 32",
    ),
    "full deque": (
        "from collections import deque\nlast = deque([1, 2], maxlen=2)\nlast.append(WIDTH)\n"
        "last.appendleft(5)\nlast.extend([2, WIDTH])\n",
        "last[-1] * len(last) // 2",
    ),
    "words": (
        "from omegaconf import OmegaConf\ncfg = OmegaConf.merge({'net': {'side': 3}},\n"
        "    OmegaConf.from_dotlist(['net.side=WIDTH', 'lr=0.1']))\n",
        "OmegaConf.select(cfg, 'net.side')",
    ),
    "indented text": (
        "import textwrap\ntext = textwrap.dedent('''\n    side WIDTH\n''').strip()\n",
        "int(text.split()[1])",
    ),
}


def codes(program: str, path: str = "/program.py") -> list[str]:
    return [finding.code for finding in check_source(HEAD + program, path, Settings())]


@pytest.mark.parametrize(("before", "width"), PROGRAMS.values(), ids=PROGRAMS)
def test_the_width_is_followed(before: str, width: str) -> None:
    program = before + MERGE.format(width)
    assert codes(program.replace("WIDTH", "32")) == ["KML111"]
    assert not codes(program.replace("WIDTH", "64"))


@pytest.mark.parametrize(
    ("before", "width"),
    [
        (
            PYDANTIC
            + "class Net(BaseModel):\n    side: int = 3\n    @model_validator(mode='after')\n"
            "    def check(self):\n        self.side = 64\n        return self\n",
            "Net(side=3).side",
        ),
        (
            PYDANTIC
            + "class Net(BaseModel):\n    side: int = 3\n    @field_validator('side')\n    @classmethod\n"
            "    def check(cls, v, info):\n        return 64\n",
            "Net(side=3).side",
        ),
        (
            PYDANTIC + "class Net(BaseModel):\n    a: int = 1\n    side: int = 3\n",
            "len(Net().model_dump(exclude_defaults=True)) + 32",
        ),
        (
            PYDANTIC + "class Net(BaseModel):\n    side: int = 3\n",
            "Net().model_copy(update=unknown()).side",
        ),
        (
            "import dataclasses\n@dataclasses.dataclass\nclass Net:\n    side: int = 3\n",
            "dataclasses.replace(Net(), **unknown()).side",
        ),
        (
            "import attr\n@attr.s\nclass Net:\n    side = attr.ib()\n    @side.default\n    def wide(self):\n"
            "        return 64\n",
            "Net().side",
        ),
        (
            "from enum import Enum, auto\nclass Size(Enum):\n"
            "    def _generate_next_value_(name, *a):\n        return 64\n"
            "    A = auto()\n",
            "Size.A.value",
        ),
        (
            "from collections import deque\nlast = deque([3], maxlen=unknown())\nlast.append(64)\n",
            "last[0]",
        ),
        ("from collections import deque\nlast = deque([3], maxlen=1)\nlast += [64]\n", "last[0]"),
    ],
)
def test_what_is_not_known_is_not_reported(before: str, width: str) -> None:
    assert not codes("from somewhere import unknown\n" + before + MERGE.format(width))


@pytest.mark.parametrize(
    "name", ["'.wide', package='nets'", "'.wide', 'nets'", "'..wide', 'nets.more'"]
)
def test_modules_by_their_relative_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "nets").mkdir()
    (tmp_path / "nets" / "__init__.py").touch()
    module = "import importlib\nnet = importlib.import_module({})\n" + MERGE.format("net.SIDE")
    for side, found in ((32, ["KML111"]), (64, [])):
        (tmp_path / "nets" / "wide.py").write_text(f"SIDE = {side}\n")
        assert codes(module.format(name), str(tmp_path / "main.py")) == found


@pytest.mark.parametrize(
    "names", ["vars(config).items()", "[(n, getattr(config, n)) for n in dir(config)]"]
)
def test_the_names_of_a_module(tmp_path: Path, names: str) -> None:
    program = f"import config\nfound = {{k: v for k, v in {names} if k.isupper()}}\n"
    for side, found in ((32, ["KML111"]), (64, [])):
        (tmp_path / "config.py").write_text(f"import os\nSIDE = {side}\nsize = 3\n")
        assert codes(program + MERGE.format("found['SIDE']"), str(tmp_path / "main.py")) == found
