"""Options of the command line: defaults hold, and what else is offered is a path of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tracker.test_projects import lint, write

# The model fails unless the width is 8.
MODEL = """\
import argparse, enum
from dataclasses import dataclass, field
import attr, click, fire, typer
from absl import app, flags
from easydict import EasyDict
from ml_collections import ConfigDict
from omegaconf import OmegaConf
from pydantic import BaseModel, Field
from keras import Input, layers

def build(width):
    x = Input((8,))
    return layers.Add()([x, layers.Dense(width)(x)])

"""
PARSER = "p = argparse.ArgumentParser()\n"

# A program that builds with the width <N>.
PROGRAMS = {
    "a default": PARSER + "p.add_argument('--w', type=int, default=<N>)\nbuild(p.parse_args().w)",
    "a text as the default": PARSER + "p.add_argument('-w', '--wide', type=int, default='<N>')\n"
    "build(p.parse_args().wide)",
    "a function as the type": PARSER + "p.add_argument('--ws', default='1,<N>',"
    " type=lambda s: [int(i) for i in s.split(',')])\nbuild(p.parse_args().ws[1])",
    "set_defaults": PARSER + "p.add_argument('--w', type=int)\np.set_defaults(w=<N>)\n"
    "build(p.parse_args().w)",
    "a group": PARSER + "g = p.add_argument_group('net')\ng.add_argument('--w', default=<N>)\n"
    "build(p.parse_args().w)",
    "parse_known_args": PARSER + "p.add_argument('--w', default=<N>)\na, _ = p.parse_known_args()\n"
    "build(a.w)",
    "a parser of the program's": "class P(argparse.ArgumentParser):\n    def __init__(self):\n"
    "        super().__init__(description='x')\n        self.add_argument('--w', default=<N>)\n"
    "    def parse(self):\n        return self.parse_args()\nbuild(P().parse().w)",
    "a parser that only overrides": "class P(argparse.ArgumentParser):\n    def parse_args(self, a=None):\n"
    "        a = super().parse_args(a)\n        a.w += 1\n        return a\n"
    "p = P('x')\np.add_argument('--w', default=<N> - 1)\nbuild(p.parse_args().w)",
    "a text that is evaluated": PARSER + "p.add_argument('--ws', default='[4, <N>]')\n"
    "build(eval(p.parse_args().ws)[1])",
    "vars": PARSER + "p.add_argument('--width', default=<N>)\nbuild(**vars(p.parse_args()))",
    "arguments": PARSER + "p.add_argument('--w', type=int, default=8)\n"
    "build(p.parse_args(['--w', '<N>']).w)",
    "several arguments": PARSER + "p.add_argument('w', type=int, nargs='+')\n"
    "build(p.parse_args(['1', '<N>']).w[1])",
    "a parent": "q = argparse.ArgumentParser(add_help=False)\nq.add_argument('--w', default=<N>)\n"
    "p = argparse.ArgumentParser(parents=[q])\nbuild(p.parse_args().w)",
    "commands": PARSER + "s = p.add_subparsers(dest='what')\nt = s.add_parser('train')\n"
    "t.add_argument('--w', default=<N>)\nt.set_defaults(run=lambda a: build(a.w))\n"
    "a = p.parse_args(['train'])\na.run(a)",
    "a command without arguments": PARSER + "s = p.add_subparsers(dest='what')\n"
    "s.add_parser('show')\nt = s.add_parser('train')\nt.add_argument('--w', default=<N>)\n"
    "a = p.parse_args()\nif a.what == 'train':\n    build(a.w)",
    "choices": PARSER + "p.add_argument('--w', type=int, choices=[8, <N>], default=8)\n"
    "build(p.parse_args().w)",
    "a switch": PARSER + "p.add_argument('--wide', action='store_true')\n"
    "build(<N> if p.parse_args().wide else 8)",
    "click": "@click.command()\n@click.option('--width', default=<N>)\ndef main(width):\n"
    "    build(width)\nmain()",
    "choices of click": "@click.command()\n"
    "@click.option('-w', type=click.Choice(['8', '<N>']), default='8')\n"
    "def main(w):\n    build(int(w))\nmain()",
    "a command that nobody calls": "@click.command()\n@click.option('--w', default=<N>)\n"
    "def main(w):\n    build(w)",
    "commands of click": "@click.group()\ndef cli():\n    pass\n@cli.command()\n"
    "@click.option('--w', default=<N>)\ndef train(w):\n    build(w)\n@cli.command()\ndef show():\n"
    "    pass\ncli()",
    "typer": "t = typer.Typer()\n@t.command()\ndef main(w: int = typer.Option(<N>)):\n    build(w)\nt()",
    "typer.run": "def main(w: int = <N>, quiet: bool = False):\n    build(w)\ntyper.run(main)",
    "fire": "def main(w=<N>):\n    build(w)\nfire.Fire({'train': main})",
    "flags": "flags.DEFINE_integer('w', <N>, 'width')\ndef main(_):\n    build(flags.FLAGS.w)\napp.run(main)",
    "a holder": "W = flags.DEFINE_integer('w', <N>, 'width')\ndef main(_):\n    build(W.value)\n"
    "app.run(main)",
    "an enum of flags": "flags.DEFINE_enum('w', '8', ['8', '<N>'], '')\nbuild(int(flags.FLAGS.w))",
    "EasyDict": "c = EasyDict({'net': {}})\nc.net.w = <N>\nbuild(c['net'].w)",
    "ConfigDict": "c = ConfigDict()\nc.net = ConfigDict({'w': <N>})\nwith c.unlocked():\n    pass\n"
    "build(c.net.w)",
    "OmegaConf": "c = OmegaConf.merge(OmegaConf.create({'a': {'w': 8}}), {'a': {'w': <N>}})\nbuild(c.a.w)",
    "OmegaConf, a reference": "c = OmegaConf.create({'a': {'w': '${b.v}'}, 'b': {'v': <N>}})\n"
    "build(c.a['w'])",
    "OmegaConf, a reference to what is merged":
    "c = OmegaConf.create({'a': {'w': '${b.v}'}, 'b': {'v': 7}})\n"
    "c = OmegaConf.merge(c, OmegaConf.create({'b': {'v': <N>}}))\nbuild(c.a.w)",
    "OmegaConf, a reference to what is assigned":
    "c = OmegaConf.create({'w': '${b.v}', 'b': {'v': 7}})\n"
    "c.b.v = <N>\nbuild(c.w)",
    "OmegaConf, a reference to a section":
    "c = OmegaConf.create({'a': '${b}', 'b': {'v': '${w}'}, 'w': <N>})\n"
    "build(c.a.v)",
    "a dict of the program's": "class D(dict):\n    __getattr__ = dict.__getitem__\nbuild(D(w=<N>).w)",
    "a dict that is its attributes": "class D(dict):\n    def __init__(self, *a, **k):\n"
    "        super().__init__(*a, **k)\n        self.__dict__ = self\nd = D({'v': 1})\nd.w = <N>\n"
    "build(d['w'])",
    "a dict with methods": "class D(dict):\n    def __getattr__(self, name):\n        return self.get(name)\n"
    "    def __setattr__(self, name, value):\n        self[name] = value\nd = D()\nd.w = <N>\n"
    "build(**{k + 'idth': v for k, v in d.items()})",
    "pydantic": "class Net(BaseModel):\n    w: int = Field(8, gt=0)\nclass All(BaseModel):\n"
    "    net: Net = Net()\n"
    "build(All(net={'w': <N>}).net.w)",
    "attrs": "@attr.define\nclass Net:\n    w: int = <N>\nbuild(Net().w)",
    "fields": "import dataclasses\n@dataclass\nclass Net:\n    w: int = <N>\n"
    "build([f.default for f in dataclasses.fields(Net) if f.name == 'w'][0])",
    "members of an enum": "class W(enum.Enum):\n    WIDE = 1\n    NARROW = 2\nw = W.NARROW\n"
    "build(7 if w == W.WIDE else <N>)",
    "a member that is matched": "class W(enum.Enum):\n    WIDE = 1\n    NARROW = 2\nw = W.NARROW\nmatch w:\n"
    "    case W.WIDE:\n        build(7)\n    case W.NARROW:\n        build(<N>)",
    "an enum of numbers": "class W(enum.IntEnum):\n    WIDE = <N>\nbuild(W.WIDE)",
    "an enum of texts": "class W(str, enum.Enum):\n    WIDE = 'wide'\nbuild(<N> if W.WIDE == 'wide' else 8)",
}  # fmt: skip


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_what_the_options_come_to(text: str, tmp_path: Path) -> None:
    for width, found in ((9, ["KML111"]), (8, [])):
        write(tmp_path, {"train.py": MODEL + text.replace("<N>", str(width)) + "\n"})
        assert lint(tmp_path, "train.py") == found


# What no user can ask for.
QUIET = {
    "options that exclude each other": PARSER + "g = p.add_mutually_exclusive_group()\n"
    "g.add_argument('--a', action='store_true')\ng.add_argument('--b', action='store_true')\n"
    "a = p.parse_args()\nbuild(9 if a.a and a.b else 8)",
    "no such choice": PARSER + "p.add_argument('--w', choices=['a', 'b'], default='a')\n"
    "build(9 if p.parse_args().w == 'c' else 8)",
    "arguments that say otherwise": PARSER + "p.add_argument('--w', type=int, default=9)\n"
    "build(p.parse_args(['--w', '8']).w)",
    "a program that asks for nothing": PARSER + "p.add_argument('--wide', action='store_true')\n"
    "build(9 if p.parse_args([]).wide else 8)",
    "a required number": PARSER + "p.add_argument('--w', type=int, required=True)\nbuild(p.parse_args().w)",
    "after the end": "@click.command()\ndef main():\n    pass\nmain()\nbuild(9)",
    "a list that is not known": PARSER + "p.add_argument('--w', type=int, default=9)\n"
    "build(p.parse_args(arguments()).w)",
}  # fmt: skip


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_what_cannot_be_asked_for(text: str, tmp_path: Path) -> None:
    write(tmp_path, {"train.py": MODEL + text + "\n"})
    assert lint(tmp_path, "train.py") == []


def test_modules_register_when_they_are_imported(tmp_path: Path) -> None:
    registry = "MODELS = {}\n\ndef register(f):\n    MODELS[f.__name__] = f\n    return f\n"
    nets = "from registry import register\n" + MODEL.replace("def build", "@register\ndef build")
    for package in ("", "from . import nets\n"):
        folder = tmp_path / str(bool(package))
        where = "models/nets.py" if package else "models.py"
        files = {"models/__init__.py": package} if package else {}
        train = "import models\nfrom registry import MODELS\nMODELS['build'](9)\n"
        write(folder, {"registry.py": registry, where: nets, "train.py": train, **files})
        assert lint(folder, "train.py") == ["KML111"]
