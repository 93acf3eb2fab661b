"""A function that is handed to others may have run: what it changes is not final.

Each program has a twin in which nobody else has the function, or in which it changes nothing.
"""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

IMPORTS = """
from keras import Input, layers
from elsewhere import run
import re
import threading
import numpy as np
x = Input((8,))
"""
MERGE = "\nlayers.Add()([layers.Dense(4)(x), layers.Dense(size())(x)])\n"
SETTINGS = """
settings = {"width": 8}
def size():
    return settings["width"]
def note(*given):
    settings["width"] = 4
    return "4"
"""
ATTRIBUTE = """
class Settings:
    width = 8
    def narrow(self, *given):
        self.width = 4
settings = Settings()
def size():
    return settings.width
"""
THREAD = """
class Wanted(threading.Thread):
    def __init__(self):
        super().__init__()
        self.width = 8
    def run(self):
        self.width = 4
thread = Wanted()
def size():
    return thread.width
"""

# name: (what may have run it, what has not)
PROGRAMS = {
    "passed to something unknown": (f"{SETTINGS}run(note)", f"{SETTINGS}run(size)"),
    "registered by a decorator": (
        f"{SETTINGS}@run\ndef wide(n):\n    settings['width'] = n",
        f"{SETTINGS}@run\ndef wide(n):\n    settings = {{}}\n    settings['width'] = n",
    ),
    "in a lambda": (
        f"{SETTINGS}run(lambda n: settings.update(width=n))",
        f"{SETTINGS}run(lambda n: settings.get(n))",
    ),
    "called by what is passed": (
        f"{SETTINGS}def outer(n):\n    return [note(n)]\nrun(outer)",
        f"{SETTINGS}def outer(n):\n    return [size()]\nrun(outer)",
    ),
    "a name of the module": (
        "width = 8\ndef size():\n    return width\ndef note(n):\n    global width\n    width = n\nrun(note)",
        "width = 8\ndef size():\n    return width\ndef note(n):\n    width = n\nrun(note)",
    ),
    "an attribute of an object": (
        f"{ATTRIBUTE}def note(n):\n    settings.width = n\nrun(note)",
        f"{ATTRIBUTE}def note(n):\n    settings.depth = n\nrun(note)",
    ),
    "an attribute of a class": (
        f"{ATTRIBUTE}def note(n):\n    Settings.width = n\nrun(note)",
        f"{ATTRIBUTE}def note(n):\n    Settings.depth = n\nrun(note)",
    ),
    "a method": (
        f"{ATTRIBUTE}run(settings.narrow)",
        f"{ATTRIBUTE}run(Settings().narrow)",
    ),
    "a method that what is passed calls": (
        f"{ATTRIBUTE}run(lambda: settings.narrow())",
        f"{ATTRIBUTE}run(lambda: settings.width)",
    ),
    "in a thread": (
        f"{SETTINGS}threading.Thread(target=note).start()",
        f"{SETTINGS}threading.Thread(target=size).start()",
    ),
    "by the class of a library": (f"{THREAD}thread.start()", f"{THREAD}print(thread)"),
    "for each match": (f"{SETTINGS}re.sub('a', note, 'ab')", f"{SETTINGS}re.sub('a', 'c', 'ab')"),
    "for each number": (
        f"{SETTINGS}np.vectorize(note)(np.zeros(3))",
        f"{SETTINGS}np.vectorize(len)(np.zeros(3))",
    ),
}


def _codes(program: str) -> list[str]:
    found = check_source(IMPORTS + program + MERGE, "program.py", Settings())
    return [finding.code for finding in found]


@pytest.mark.parametrize("program", [one for one, _ in PROGRAMS.values()], ids=PROGRAMS)
def test_no_finding_where_it_may_have_run(program: str) -> None:
    assert _codes(program) == []


@pytest.mark.parametrize("program", [one for _, one in PROGRAMS.values()], ids=PROGRAMS)
def test_a_finding_where_it_has_not(program: str) -> None:
    assert _codes(program) == ["KML111"]
