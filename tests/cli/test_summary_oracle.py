"""The table of a model has the figures of ``model.summary()``: the oracle prints them."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kerasmergelint.cli.models.rows import rows_of_model
from kerasmergelint.cli.summary.table import count_lines, fields
from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate
from tests.cli.model_programs import HEAD, PROGRAMS

pytestmark = pytest.mark.oracle

# Prints for each program the cells of the table of its `model`, and the line with the total.
ORACLE = """
import json, runpy, sys
import keras
for path in sys.argv[1:]:
    keras.backend.clear_session()
    model = runpy.run_path(path)["model"]
    lines = []
    model.summary(line_length=300, print_fn=lambda text: lines.extend(text.splitlines()))
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in lines if "│" in line]
    totals = [line.split(":")[1].split()[0] for line in lines if "params:" in line]
    print(json.dumps([rows, totals]))
"""


@pytest.fixture(scope="module")
def summaries(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[str, list[list[str]], list[str]]]:
    """What Keras prints, by program; all in one process, since TensorFlow starts slowly."""
    folder = tmp_path_factory.mktemp("programs")
    texts = {name: HEAD + textwrap.dedent(text) for name, text in PROGRAMS.items()}
    paths = []
    for number, text in enumerate(texts.values()):
        path = folder / f"program_{number}.py"
        path.write_text(text)
        paths.append(str(path))
    done = subprocess.run(
        [sys.executable, "-c", ORACLE, *paths], capture_output=True, text=True, check=False,
        env={"COLUMNS": "400", "TF_CPP_MIN_LOG_LEVEL": "3", "PATH": ""},
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    assert len(answers) == len(paths), done.stderr[-2000:]
    return {name: (texts[name], *answer) for name, answer in zip(texts, answers)}


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_table_has_keras_figures(
    name: str, summaries: dict[str, tuple[str, list[list[str]], list[str]]]
) -> None:
    text, expected, expected_totals = summaries[name]
    report = evaluate(text, str(Path("program.py").absolute()), Settings(keras_version="3"))
    model = report.models[-1]
    rows = rows_of_model(model)
    ours = [list(fields(row))[: len(expected[0])] for row in rows]
    assert [_cells(row) for row in ours] == [_cells(row) for row in expected]
    if "unbuilt" not in expected[0][2]:
        assert [line.split(": ")[1] for line in count_lines(model, rows)] == expected_totals


def _cells(row: list[str]) -> list[str]:
    """Keras adds node and tensor numbers to connections, and does not list all of a layer's shapes."""
    connected = [word.split("[")[0].rstrip(",") for word in row[3].split()] if len(row) > 3 else []
    return [row[0], row[1], row[2], " ".join(connected)]


def test_the_programs_are_of_every_make() -> None:
    assert len(PROGRAMS) >= 7
