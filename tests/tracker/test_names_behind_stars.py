"""A name that neither the file nor a star import binds ends the path, as Python does."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_ENDS = (
    "from keras import Input, layers\n{stars}\n{use}\nlayers.Add()([Input((3,)), Input((4,))])\n"
)
SETTINGS = "import os\nfrom pathlib import Path\n\nWIDTH = 3\n\ndef depth():\n    global made\n    made = 4\n"


def lines(folder: Path, stars: str, use: str, files: dict[str, str]) -> list[int]:
    text = _ENDS.format(stars=stars, use=use)
    for name, content in {**files, "main.py": text}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return [found.line for found in check_source(text, str(folder / "main.py"), Settings())]


@pytest.mark.parametrize(
    ("stars", "files"),
    [
        ("from settings import *", {"settings.py": SETTINGS}),
        ("from net.settings import *", {"net/settings.py": SETTINGS}),
        ("from settings import *\nfrom other import *", {"settings.py": SETTINGS, "other.py": ""}),
        ("from tensorflow.keras.layers import *", {}),
    ],
)
def test_python_knows_no_such_name(stars: str, files: dict[str, str], tmp_path: Path) -> None:
    assert lines(tmp_path, stars, "print(heigth)", files) == []
    assert lines(tmp_path / "bound", stars, "print(len([heigth for heigth in 'ab']))", files) != []


@pytest.mark.parametrize(
    ("stars", "use", "files"),
    [
        ("from settings import *", "print(WIDTH, os, Path)", {"settings.py": SETTINGS}),
        ("from settings import *", "print(made)", {"settings.py": SETTINGS}),
        ("from settings import *", "print(heigth)", {}),
        ("from settings import *", "print(heigth)", {"settings.py": "from elsewhere import *"}),
        ("from settings import *", "print(heigth)", {"settings.py": "globals()['heigth'] = 3"}),
        ("from settings import *", "print(heigth)", {"settings.py": "def broken(:"}),
        ("from keras.layers import *", "print(np)", {}),
        ("from tensorflow.keras.layers import *", "print(Dense, Permute)", {}),
        ("from numpy import *", "print(zeros)", {}),
    ],
)
def test_a_name_that_may_be_bound_ends_nothing(
    stars: str, use: str, files: dict[str, str], tmp_path: Path
) -> None:
    last = 4 + stars.count("\n")
    assert lines(tmp_path, stars, use, files) == [last]
