"""Notebooks: cells as one program, magics tolerated, places named by cell."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kerasmergelint.cli.commands.check import FORMATS
from kerasmergelint.cli.programs.notebook import CellLine, Notebook, as_python, read_notebook
from tests.cli.command import kerasmergelint, warnings_of
from tests.cli.test_sarif import sarif, schema_errors


def notebook(*cells: str, language: str = "python") -> dict[str, Any]:
    """A notebook as Jupyter writes it, with a text cell in front."""
    made = [{"cell_type": "markdown", "metadata": {}, "source": ["# A model, with %magics"]}]
    for cell in cells:
        made.append(
            {
                "cell_type": "code",
                "execution_count": None,
                "metadata": {},
                "outputs": [],
                "source": cell.splitlines(keepends=True),
            }  # type: ignore[arg-type]
        )
    info = {"language_info": {"name": language}, "kernelspec": {"name": "python3"}}
    return {"cells": made, "metadata": info, "nbformat": 4, "nbformat_minor": 5}


CELLS = (
    "%matplotlib inline\n!pip install keras\nimport keras\nfrom keras import layers\n",
    "%%time\nx = keras.Input((8,))\nfiles = !ls\n%timeit layers.Dense(5)\nlayers.Dense?\n",
    "%%bash\nls | grep 'x'\n",
    "%time left = layers.Dense(5)(x)\nright = layers.Dense(3)(x)\n",
    "\ny = layers.Add()([left, right])\n",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.ipynb").write_text(json.dumps(notebook(*CELLS), indent=1))
    return tmp_path


def test_a_finding_is_told_by_cell(folder: Path) -> None:
    done = kerasmergelint("check", "model.ipynb", cwd=folder)
    assert not warnings_of(done)
    lines = done.stdout.splitlines()
    assert lines[0] == "model.ipynb:cell 5:2:5: KML111 Add: axis 1 differs: 5 and 3"
    assert lines[1] == "  4:1 | 0;    left = layers.Dense(5)(x)"
    assert "  operand: right (None, 3), from cell 4, line 2" in lines


def test_folders_are_searched_for_notebooks(folder: Path) -> None:
    assert "1 finding; 1 file checked" in kerasmergelint("check", ".", cwd=folder).stdout


def test_places_for_machines(folder: Path) -> None:
    raw = (folder / "model.ipynb").read_text().splitlines()
    line = next(n for n, text in enumerate(raw, 1) if "layers.Add()" in text)
    done = kerasmergelint("check", "model.ipynb", "--format", "json", cwd=folder)
    [finding] = json.loads(done.stdout)["findings"]
    assert (finding["cell"], finding["cell_line"], finding["column"]) == (5, 2, 4)
    content = sarif(folder, "model.ipynb")
    assert schema_errors(content) == []
    [location] = content["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": line}
    assert location["logicalLocations"][0]["name"] == "cell 5"
    [annotation] = kerasmergelint(
        "check", "model.ipynb", "--format", "github", cwd=folder
    ).stdout.splitlines()
    assert f"line={line}::cell 5, line 2: Add: " in annotation


def test_noqa_in_a_cell(folder: Path) -> None:
    cells = (*CELLS[:4], "y = layers.Add()([left, right])  # noqa: KML111\n")
    (folder / "model.ipynb").write_text(json.dumps(notebook(*cells)))
    assert kerasmergelint("check", "model.ipynb", cwd=folder).returncode == 0


def test_after_a_cell_that_is_no_python_nothing_is_certain(folder: Path) -> None:
    cells = (*CELLS[:4], "def (:\n", CELLS[4])
    (folder / "model.ipynb").write_text(json.dumps(notebook(*cells)))
    done = kerasmergelint("check", "model.ipynb", cwd=folder)
    assert done.returncode == 2
    assert "model.ipynb: not read: cell 5 is not Python, and the cells after it" in done.stderr
    assert "KML" not in done.stdout


@pytest.mark.parametrize("content", [
    "", "[]", "{}", '{"cells": 3}', '{"cells": [1, null, {"cell_type": "code", "source": 5}]}',
    json.dumps(notebook("x = 1", "def (:")),
    json.dumps(notebook("library(keras)", language="R")), "[" * 100_000,
])  # fmt: skip
def test_what_is_no_notebook_about_keras(content: str, tmp_path: Path) -> None:
    (tmp_path / "model.ipynb").write_text(content)
    done = kerasmergelint("check", ".", cwd=tmp_path)
    assert done.returncode == 0 and "Traceback" not in done.stderr


BAD_CELL = json.dumps(notebook("x = 1", "def (:"))


@pytest.mark.parametrize("content", ["", "[]", '{"cells": 3}', BAD_CELL])
def test_a_bad_notebook_that_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "model.ipynb").write_text(content)
    done = kerasmergelint("check", "model.ipynb", cwd=tmp_path)
    assert done.returncode == 2 and "model.ipynb" in done.stderr and "not read: " in done.stderr


@pytest.mark.parametrize(("cell", "python"), [
    ("x = 1", "x = 1"),
    ("%cd ..", "pass"),
    ("if x:\n    !ls\n", "if x:\n    pass"),
    ("%time x = f()", "0;    x = f()"),
    ("%%capture out\nx = 1", "\nx = 1"),
    ("%%html\n<b>", "\n"),
    ("x = %env HOME", "x = get_ipython()"),
    ("a, b = !ls", "a, b = get_ipython()"),
    ("?print", "pass"),
    ("model.fit??", "pass"),
    ('s = """\n%d\n!x\n"""', 's = """\n%d\n!x\n"""'),
    ("x = (5\n% 3)", "x = (5\n% 3)"),
])  # fmt: skip
def test_magics(cell: str, python: str) -> None:
    assert as_python(cell.split("\n")[: python.count("\n") + 1]) == python.split("\n")


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("!wget --quiet \\\n    https://a.org/b.zip \\\n    -O b.zip\nx = 1", "pass\n\n\nx = 1"),
        ("files = !ls \\\n  -a\nx = 1", "files = get_ipython()\n\nx = 1"),
        ("ls ./data/train/\nx = 1", "pass\nx = 1"),
        ("pip install keras", "pass  # pip install keras"),
    ],
)
def test_commands_of_the_shell(cell: str, python: str) -> None:
    assert as_python(cell.split("\n")) == python.split("\n")


@pytest.mark.parametrize(
    ("line", "python"),
    [
        ("%timeit -n1 -r1 build()", "0;              build()"),
        ("%timeit -n 1 -r 1 x = build()", "0;                x = build()"),
        ("%timeit -n1", "pass"),
    ],
)
def test_options_of_magics_that_run_the_rest(line: str, python: str) -> None:
    assert as_python([line]) == [python]


def test_names_that_look_like_commands_are_names() -> None:
    lines = ["rm = 1", "ls", "cat (rm)", "!ls"]
    assert as_python(lines) == ["rm = 1", "ls", "cat (rm)", "pass"]


def test_a_cell_that_is_indented_as_a_whole_is_read() -> None:
    cells = ("import keras\n", "  %matplotlib inline\n  a = 1\n  b = 2\n", "c = a\n")
    read = read_notebook(json.dumps(notebook(*cells)))
    assert isinstance(read, Notebook) and read.unread is None
    assert read.text == "import keras\nif True:\n  pass\n  a = 1\n  b = 2\nc = a\n"
    places = [(origin.cell, origin.line) for origin in read.origins]
    assert places == [(1, 1), (2, 1), (2, 1), (2, 2), (2, 3), (3, 1)]


def test_origins_count_from_one() -> None:
    read = read_notebook(json.dumps(notebook("a = 1\nb = 2\n", "c = 3\n")))
    assert isinstance(read, Notebook) and read.text == "a = 1\nb = 2\nc = 3\n"
    places = [(origin.cell, origin.line) for origin in read.origins]
    assert places == [(1, 1), (1, 2), (2, 1)]
    assert isinstance(read.origins[0], CellLine)


def test_nbqa_runs_flake8_with_the_plugin(folder: Path) -> None:
    # nbqa itself hides lines with magics, and cells that begin with them.
    cells = [cell.removeprefix("%%time\n").removeprefix("%time ") for cell in CELLS]
    (folder / "model.ipynb").write_text(json.dumps(notebook(*cells)))
    done = subprocess.run(
        [sys.executable, "-m", "nbqa", "flake8", "model.ipynb", "--isolated", "--select=KML"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert "model.ipynb:cell_5:2:5: KML111 Add: axis 1 differs" in done.stdout, done.stderr


def test_every_format_names_the_cell(tmp_path: Path) -> None:
    """The merge is in the second cell, and one of its operands in the first."""
    cells = [
        {"cell_type": "code", "source": ["import keras\n", "a = keras.Input((8, 8, 3))\n"]},
        {"cell_type": "code", "source": ["b = keras.Input((9, 9, 3))\n", "keras.layers.add([a, b])\n"]},
    ]  # fmt: skip
    (tmp_path / "n.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    for form in FORMATS:
        told = kerasmergelint("check", "n.ipynb", "--format", form, cwd=tmp_path).stdout
        assert "from cell 1, line 2" in told and "from cell 2, line 1" in told, form
        assert not re.search(r"(?<!cell \d, )line \d", told.partition('"results"')[2] or told), form
    told = kerasmergelint("summary", "n.ipynb", "--format", "json", cwd=tmp_path).stdout
    (finding,) = json.loads(told)["findings"]
    assert (finding["cell"], finding["cell_line"], finding["line"]) == (2, 2, 4)
    assert "from cell 1, line 2" in finding["message"]
