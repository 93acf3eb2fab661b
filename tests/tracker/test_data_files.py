"""Files of the project that stand there to be read are read, as data; of all others nothing is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tracker.test_projects import lint, write

# The model fails unless the width is 8.
MODEL = """\
from keras import Input, layers

def build(width):
    x = Input((8,))
    return layers.Add()([x, layers.Dense(width)(x)])
"""

# How a width gets into the program: the files beside it, and what the program says.
READERS = {
    "json.load": ({"c.json": '{"w": WIDTH}'}, "json.load(open('c.json'))['w']"),
    "json.loads": ({"c.json": '{"w": WIDTH}'}, "json.loads(open('c.json').read())['w']"),
    "an object hook": (
        {"c.json": '{"net": {"w": WIDTH}}'},
        "json.load(open('c.json'), object_hook=lambda d: SimpleNamespace(**d)).net.w",
    ),
    "yaml": ({"c.yml": "net:\n  w: WIDTH\n"}, "yaml.safe_load(open('c.yml'))['net']['w']"),
    "yaml.load": (
        {"c/c.yaml": "w: [1, WIDTH]\n"},
        "yaml.load(open('c/c.yaml'), Loader=yaml.FullLoader)['w'][-1]",
    ),
    "toml": ({"c.toml": "[net]\nw = WIDTH\n"}, "toml.load('c.toml')['net']['w']"),
    "tomllib": ({"c.toml": "[net]\nw = WIDTH\n"}, "tomllib.load(open('c.toml', 'rb'))['net']['w']"),
    "csv.reader": ({"c.csv": "name,w\na,WIDTH\n"}, "int(list(csv.reader(open('c.csv')))[1][1])"),
    "csv.DictReader": ({"c.csv": "name,w\na,WIDTH\n"}, "int(next(csv.DictReader(open('c.csv')))['w'])"),
    "configparser": ({"c.ini": "[net]\nW = WIDTH\n"}, "parsed('c.ini').getint('net', 'w')"),
    "a section": ({"c.ini": "[net]\nW = WIDTH\n"}, "int(parsed('c.ini')['net']['W'])"),
    "defaults": ({"c.ini": "[DEFAULT]\nw = WIDTH\n[net]\n"}, "parsed('c.ini')['net'].getint('w')"),
    "interpolation": ({"c.ini": "[net]\nv = WIDTH\nw = %(v)s\n"}, "parsed('c.ini').getint('net', 'w')"),
    "lines": (
        {"c.txt": "# net\nw = WIDTH\n"},
        "[int(l.split('=')[1]) for l in open('c.txt') if '=' in l][0]",
    ),
    "pathlib": ({"c.txt": "WIDTH\n"}, "int((Path(__file__).resolve().parent / 'c.txt').read_text())"),
    "with_name": ({"c.txt": "WIDTH"}, "int(Path(__file__).with_name('c.txt').read_text())"),
    "os.path": (
        {"d/c.txt": "WIDTH"},
        "int(open(os.path.join(os.path.dirname(__file__), 'd', 'c.txt')).read())",
    ),
    "a pattern": ({"c.txt": "b3_wWIDTH"}, "int(re.search(r'w(\\d+)', open('c.txt').read()).group(1))"),
    ".env": ({".env": "export W='WIDTH'  # width\n"}, "load_dotenv() and int(os.getenv('W', '8'))"),
    "decouple": ({".env": "W=WIDTH\n"}, "config('W', default=8, cast=int)"),
}  # fmt: skip
PROGRAM = """\
import configparser, csv, json, os, re, tomllib
from pathlib import Path
from types import SimpleNamespace
import toml, yaml
from decouple import config
from dotenv import load_dotenv
from model import build

def parsed(path):
    parser = configparser.ConfigParser()
    parser.read(path)
    return parser

build(%s)
"""


def program(folder: Path, files: dict[str, str], width: int, expression: str) -> list[str]:
    written = {path: text.replace("WIDTH", str(width)) for path, text in files.items()}
    write(folder, {"model.py": MODEL, "train.py": PROGRAM % expression, **written})
    return lint(folder, "train.py")


@pytest.mark.parametrize("files, expression", READERS.values(), ids=READERS)
def test_what_stands_in_a_file(files: dict[str, str], expression: str, tmp_path: Path) -> None:
    assert program(tmp_path, files, 9, expression) == ["KML111"]
    assert program(tmp_path, files, 8, expression) == []


@pytest.mark.parametrize(
    "expression", [expression for _, expression in READERS.values()], ids=READERS
)
def test_a_file_that_is_not_there(expression: str, tmp_path: Path) -> None:
    """Nobody knows what it will hold; a default may be wrong all the same."""
    assert program(tmp_path, {}, 9, expression) == []


def test_a_file_that_the_program_writes_first(tmp_path: Path) -> None:
    files = {"c.json": '{"w": WIDTH}'}
    for line in ("open('c.json', 'w').write(make())", "Path('c.json').write_text(make())"):
        assert program(tmp_path, files, 9, f"{line} and json.load(open('c.json'))['w']") == [], line


def test_which_of_two_files_is_meant_is_open(tmp_path: Path) -> None:
    write(tmp_path, {"c.json": '{"w": 7}', "app/c.json": '{"w": 9}', "app/model.py": MODEL})
    write(tmp_path, {"app/train.py": PROGRAM % "json.load(open('c.json'))['w']"})
    assert lint(tmp_path, "app/train.py") == []
    write(tmp_path, {"c.json": '{"w": 9}'})
    assert lint(tmp_path, "app/train.py") == ["KML111"]


def test_a_file_read_in_a_loop_too_long_to_follow(tmp_path: Path) -> None:
    """Nobody knows how much of it is left, but what comes after the loop is followed."""
    loop = (
        "open_file = open('c.txt')\nwhile True:\n    line = open_file.readline().strip()\n"
        "    if not line:\n        break\n"
    )
    files = {"c.txt": "line\n" * 3_000 + "\n" + "9\n"}
    for left, found in (("int(open_file.read())", []), ("9", ["KML111"])):
        write(
            tmp_path,
            {"model.py": MODEL, "train.py": f"from model import build\n{loop}build({left})\n"},
        )
        write(tmp_path, files)
        assert lint(tmp_path, "train.py") == found


def test_hidden_folders_are_not_the_projects(tmp_path: Path) -> None:
    files = {".secret/c.json": '{"w": WIDTH}'}
    assert program(tmp_path, files, 9, "json.load(open('.secret/c.json'))['w']") == []


def test_large_files_are_not_read(tmp_path: Path) -> None:
    files = {"c.json": '{"w": WIDTH, "x": "' + "x" * 300_000 + '"}'}
    assert program(tmp_path, files, 9, "json.load(open('c.json'))['w']") == []


# What a file that cannot be read may say of a default.
REPLACING = {
    "update": "c = {'w': 9}\nc.update(json.load(open('c.json')))\nw = c['w']",
    "a display": "w = {**{'w': 9}, **json.load(open('c.json'))}['w']",
    "setattr": "for k, v in json.load(open('c.json')).items():\n    setattr(C, k, v)\nw = C.w",
    "setattr of an object": (
        "c = C()\nfor k, v in json.load(open('c.json')).items():\n    setattr(c, k, v)\nw = c.w"
    ),
    "__dict__": "c = C()\nc.__dict__.update(json.load(open('c.json')))\nw = c.w",
    "vars": "c = C()\nvars(c).update(json.load(open('c.json')))\nw = c.w",
    "get": "w = json.load(open('c.json')).get('w', 9)",
    "a parser": (
        "p = configparser.ConfigParser()\np.read_dict({'n': {'w': 9}})\n"
        "p.read('c.ini')\nw = p.getint('n', 'w')"
    ),
    "a fallback": "w = parsed('c.ini').getint('n', 'w', fallback=9)",
}  # fmt: skip


@pytest.mark.parametrize("lines", REPLACING.values(), ids=REPLACING)
def test_a_default_that_an_unknown_file_may_replace(lines: str, tmp_path: Path) -> None:
    before = f"class C:\n    w = 9\n\n{lines}\n\nbuild("
    write(tmp_path, {"model.py": MODEL, "train.py": (PROGRAM % "w").replace("build(", before)})
    assert lint(tmp_path, "train.py") == []
    write(tmp_path, {"c.json": '{"v": 1}', "c.ini": "[m]\n"})
    assert lint(tmp_path, "train.py") == ["KML111"]


def test_patterns_that_take_long_are_not_tried(tmp_path: Path) -> None:
    expression = "len(re.findall(r'(a+)+$', 'a' * 40 + 'b')) + 9"
    assert program(tmp_path, {}, 9, expression) == []


def test_the_environment_is_the_users(tmp_path: Path) -> None:
    """Its default is a path that the program can take; what else it may have is not another path."""
    for expression, found in {
        "int(os.environ.get('W', '9'))": ["KML111"],
        "int(os.getenv('W', 9))": ["KML111"],
        "int(os.environ['W'])": [],
        "int(os.environ.get('W', '8'))": [],
        "os.environ.update(W='9') or int(os.environ['W'])": ["KML111"],
        "9 if os.environ.get('WIDE', 'no') == 'yes' else 8": ["KML111"],
    }.items():
        assert program(tmp_path, {}, 9, expression) == found, expression
