"""Programs of several files: what the linted one imports is followed."""

from __future__ import annotations

from pathlib import Path

import pytest

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


PROJECTS = {
    "from the folder of the project": {
        "README.md": "", "nets/model.py": MODEL,
        "tools/deep/train.py": "from nets.model import build\nbuild(9)\n",
    },
    "installed from src": {
        "pyproject.toml": "", "src/nets/__init__.py": "", "src/nets/model.py": MODEL,
        "tools/deep/train.py": "import nets.model\nnets.model.build(9)\n",
    },
    "in packages without __init__": {
        "setup.py": "", "own/nets/parts/model.py": MODEL,
        "tools/deep/train.py": "import own.nets.parts.model as made\nmade.build(9)\n",
    },
    "by its whole name, without __init__": {
        "setup.py": "", "own/nets/parts/model.py": MODEL,
        "tools/deep/train.py": "import own.nets.parts.model\nown.nets.parts.model.build(9)\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS.keys())
def test_modules_of_the_project(files: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, files)
    assert lint(tmp_path, "tools/deep/train.py") == ["KML111"]


def test_a_folder_above_the_project_is_not_looked_into(tmp_path: Path) -> None:
    script = "from model import build\nbuild(9)\n"
    write(tmp_path, {"model.py": MODEL, "project/setup.py": "", "project/tools/train.py": script})
    assert lint(tmp_path, "project/tools/train.py") == []
    write(tmp_path, {"project/model.py": MODEL})
    assert lint(tmp_path, "project/tools/train.py") == ["KML111"]


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
