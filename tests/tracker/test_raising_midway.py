"""A block under ``try`` may have raised anywhere: what it and its handlers change is not final.

Each program has a twin in which nothing can raise, or in which no handler goes on.
"""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

IMPORTS = """
import contextlib, json, os, sys
import numpy as np
from keras import Input, layers, models
x = Input((8,))
"""
MERGE = "\nlayers.Add()([layers.Dense(4)(x), layers.Dense(width)(x)])\n"

# name: (a block that may raise, one that does not, or after which the program does not go on)
PROGRAMS = {
    "a file that may be missing": (
        "try:\n    json.load(open('net.json'))\n    width = 8\nexcept OSError:\n    width = 4",
        "try:\n    json.load(open('net.json'))\n    width = 8\nexcept OSError:\n    sys.exit(1)",
    ),
    "what was before": (
        "width = 4\ntry:\n    open('net.json').read()\n    width = 8\nexcept Exception:\n    pass",
        "width = 4\ntry:\n    print('net.json')\n    width = 8\nexcept Exception:\n    pass",
    ),
    "a package that need not be installed": (
        "try:\n    import apex\n    fast = True\nexcept ImportError:\n    fast = False\n"
        "width = 8 if fast else 4",
        "try:\n    import json\n    fast = True\nexcept ImportError:\n    fast = False\n"
        "width = 8 if fast else 4",
    ),
    "a number in a text": (
        "try:\n    rows = int(sys.argv[1])\n    width = 8\nexcept ValueError:\n    width = 4",
        "try:\n    rows = int('1')\n    width = 8\nexcept ValueError:\n    width = 4",
    ),
    "a variable of the environment": (
        "try:\n    rows = os.environ['ROWS']\nexcept KeyError:\n    rows = None\nwidth = 8 if rows else 4",
        "try:\n    rows = '3'\nexcept KeyError:\n    rows = None\nwidth = 8 if rows else 4",
    ),
    "a return on either way": (
        "def read():\n    try:\n        np.load('net.npy')\n        return 8\n    except OSError:\n"
        "        return 4\nwidth = read()",
        "def read():\n    try:\n        np.load('net.npy')\n        return 8\n    except OSError:\n"
        "        raise\nwidth = read()",
    ),
    "a return after the statement": (
        "def read():\n    try:\n        open('net.npy')\n    except OSError:\n        return 4\n"
        "    return 8\nwidth = read()",
        "def read():\n    try:\n        open('net.npy')\n    except OSError:\n        return 8\n"
        "    return 8\nwidth = read()",
    ),
    "a break out of a loop": (
        "width = 8\nfor name in ['a', 'b']:\n    try:\n        open(name)\n        break\n"
        "    except OSError:\n        continue\nelse:\n    width = 4",
        "width = 8\nfor name in ['a', 'b']:\n    try:\n        print(name)\n        break\n"
        "    except OSError:\n        continue\nelse:\n    width = 4",
    ),
    "an attribute": (
        "class Net:\n    def __init__(self):\n        self.width = 8\n        try:\n"
        "            open('net.json')\n        except OSError:\n            self.width = 4\n"
        "width = Net().width",
        "class Net:\n    def __init__(self):\n        self.width = 8\n        try:\n"
        "            open('net.json')\n        except OSError:\n            self.depth = 4\n"
        "width = Net().width",
    ),
    "a function that a handler calls": (
        "sizes = {'width': 8}\ndef narrow():\n    sizes['width'] = 4\ntry:\n    os.listdir('nets')\n"
        "except OSError:\n    narrow()\nwidth = sizes['width']",
        "sizes = {'width': 8}\ndef narrow():\n    return sizes['width']\ntry:\n    os.listdir('nets')\n"
        "except OSError:\n    narrow()\nwidth = sizes['width']",
    ),
    "a container": (
        "sizes = [8]\ntry:\n    models.load_model('net.keras')\nexcept ValueError:\n    sizes[0] = 4\n"
        "width = sizes[0]",
        "sizes = [8]\ntry:\n    models.load_model('net.keras')\nexcept ValueError:\n    print(sizes)\n"
        "width = sizes[0]",
    ),
    "what is suppressed": (
        "width = 4\nwith contextlib.suppress(OSError):\n    os.remove('net.json')\n    width = 8",
        "width = 4\nwith contextlib.suppress(OSError):\n    width = 8",
    ),
}


def _codes(program: str) -> list[str]:
    found = check_source(IMPORTS + program + MERGE, "program.py", Settings())
    return [finding.code for finding in found]


@pytest.mark.parametrize("program", [one for one, _ in PROGRAMS.values()], ids=PROGRAMS)
def test_no_finding_where_it_may_have_raised(program: str) -> None:
    assert _codes(program) == []


@pytest.mark.parametrize("program", [one for _, one in PROGRAMS.values()], ids=PROGRAMS)
def test_a_finding_where_it_has_not(program: str) -> None:
    assert _codes(program) == ["KML111"]


def test_a_handler_of_missing_packages_needs_one() -> None:
    program = """
def choose(n):
    global width
    import {package}
    width = n
try:
    choose(8)
    open('net.json')
except ImportError:
    choose(4)
"""
    assert _codes(program.format(package="apex")) == []
    assert _codes(program.format(package="tensorflow.keras")) == ["KML111"]


def test_a_loop_that_only_an_exception_ends_is_left() -> None:
    program = (
        "while True:\n    try:\n        input()\n    except EOFError:\n        break\nwidth = 8"
    )
    assert _codes(program) == ["KML111"]
