"""Programs of several files: what the linted one imports is followed."""

from __future__ import annotations

from pathlib import Path

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

MODEL = """\
from keras import Input, layers

def build(width):
    x = Input((8,))
    return layers.Add()([x, layers.Dense(width)(x)])
"""


def lint(folder: Path, path: str) -> list[str]:
    text = (folder / path).read_text()
    return [f.code for f in check_source(text, str(folder / path), Settings())]


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def test_a_literal_on_the_module_path(tmp_path: Path) -> None:
    for number, line in enumerate(
        [
            'sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))',
            'sys.path.append(os.path.dirname(os.path.abspath(__file__)) + "/../lib")',
            'sys.path.extend(["../lib"])',
            'sys.path.append("lib")',
        ]
    ):
        folder = tmp_path / str(number)
        script = f"import os\nimport sys\n{line}\nfrom model import build\nbuild(9)\n"
        write(folder, {"lib/model.py": MODEL, "scripts/train.py": script})
        assert lint(folder, "scripts/train.py") == ["KML111"], line
