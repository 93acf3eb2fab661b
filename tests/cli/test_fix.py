"""``check --fix`` and its like change files, and nothing but what a repair says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerasmergelint.cli.fixing import writing
from tests.cli.command import kerasmergelint
from tests.cli.test_sarif import schema_errors

BROKEN = (
    "from keras import Input\n"
    "from keras.layers import Add, Dense\n"
    "x = Input((5,))  # five\n"
    "y = Add()([x,  Dense(7)(x)])\n"
)
MENDED = BROKEN.replace("Dense(7)", "Dense(5)")


def test_without_unsafe_fixes_nothing_that_changes_the_model_is_written(tmp_path: Path) -> None:
    file = tmp_path / "net.py"
    file.write_text(BROKEN)
    done = kerasmergelint("check", "--fix", "net.py", cwd=tmp_path)
    assert done.returncode == 1
    assert file.read_text() == BROKEN


def test_unsafe_fixes_are_carried_out_and_the_file_is_checked_again(tmp_path: Path) -> None:
    file = tmp_path / "net.py"
    file.write_text(BROKEN)
    done = kerasmergelint("check", "--fix", "--unsafe-fixes", "net.py", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == "0 findings; 1 file checked\n"
    assert "1 repair carried out" in done.stderr
    assert file.read_text() == MENDED


def test_diff_shows_what_would_change_and_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "net.py"
    file.write_text(BROKEN)
    done = kerasmergelint("check", "--diff", "--unsafe-fixes", "net.py", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "--- net.py",
        "+++ net.py",
        "@@ -1,4 +1,4 @@",
        " from keras import Input",
        " from keras.layers import Add, Dense",
        " x = Input((5,))  # five",
        "-y = Add()([x,  Dense(7)(x)])",
        "+y = Add()([x,  Dense(5)(x)])",
    ]
    assert file.read_text() == BROKEN


def test_show_fixes_lists_them_below_the_finding(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(BROKEN)
    done = kerasmergelint("check", "--show-fixes", "net.py", cwd=tmp_path)
    assert "  repair: use units=5 in line 4 (--fix --unsafe-fixes)\n" in done.stdout


def test_json_has_the_edits_by_characters(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(BROKEN)
    arguments = ("check", "--format", "json", "net.py")
    (plain,) = json.loads(kerasmergelint(*arguments, cwd=tmp_path).stdout)["findings"]
    assert plain["fixes"] == []
    done = kerasmergelint(*arguments, "--show-fixes", cwd=tmp_path)
    (finding,) = json.loads(done.stdout)["findings"]
    start = BROKEN.index("7")
    assert finding["fixes"][0] == {
        "title": "use units=5 in line 4",
        "safety": "unsafe",
        "edits": [
            {
                "file": "net.py",
                "line": 4,
                "column": 21,
                "end_line": 4,
                "end_column": 22,
                "start": start,
                "end": start + 1,
                "replacement": "5",
            }
        ],
    }


def test_line_ends_marks_and_encodings_stay(tmp_path: Path) -> None:
    file = tmp_path / "net.py"
    text = "# -*- coding: latin-1 -*-\r\n# \xfcber\r\n" + BROKEN.replace("\n", "\r\n")
    file.write_bytes(text.encode("latin-1"))
    kerasmergelint("check", "--fix", "--unsafe-fixes", "net.py", cwd=tmp_path)
    assert file.read_bytes() == text.replace("Dense(7)", "Dense(5)").encode("latin-1")


def test_a_file_that_changed_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "net.py"
    file.write_text(BROKEN)
    read = writing._read

    def read_later(path: str) -> bytes:
        file.write_text(BROKEN + "# more\n")
        return read(path)

    monkeypatch.setattr(writing, "_read", read_later)
    done = kerasmergelint("check", "--fix", "--unsafe-fixes", "net.py", cwd=tmp_path)
    assert file.read_text() == BROKEN + "# more\n"
    assert "net.py: not repaired, it was changed meanwhile" in done.stderr


def test_if_it_cannot_be_written_the_old_file_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "net.py").write_text(BROKEN)

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(writing.os, "replace", full)
    done = kerasmergelint("check", "--fix", "--unsafe-fixes", "net.py", cwd=tmp_path)
    assert "net.py: not repaired, no space left" in done.stderr
    assert [path.name for path in tmp_path.glob("*net*")] == ["net.py"]
    assert (tmp_path / "net.py").read_text() == BROKEN


def notebook() -> str:
    """A notebook with the broken program in its second cell."""
    lines = ["%matplotlib inline\n", *BROKEN.splitlines(keepends=True)]
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# f\xfcnf"]},
        {
            "cell_type": "code",
            "metadata": {"a": 1},
            "outputs": [{"x": "Dense(7)"}],
            "source": lines,
        },
    ]
    document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=2, ensure_ascii=False)


def test_in_a_notebook_only_the_line_of_the_edit_changes(tmp_path: Path) -> None:
    file, text = tmp_path / "net.ipynb", notebook()
    file.write_text(text, encoding="utf-8")
    done = kerasmergelint("check", "--fix", "--unsafe-fixes", "net.ipynb", cwd=tmp_path)
    assert done.returncode == 0, done
    changed = text.replace("Dense(7)(x)])", "Dense(5)(x)])")
    assert changed != text
    assert file.read_text(encoding="utf-8") == changed


def test_sarif_has_the_regions_of_a_notebooks_file(tmp_path: Path) -> None:
    (tmp_path / "net.ipynb").write_text(notebook(), encoding="utf-8")
    done = kerasmergelint("check", "--format", "sarif", "--show-fixes", "net.ipynb", cwd=tmp_path)
    log = json.loads(done.stdout)
    assert schema_errors(log) == []
    first, *_ = log["runs"][0]["results"][0]["fixes"]
    (change,) = first["artifactChanges"]
    (replacement,) = change["replacements"]
    region = replacement["deletedRegion"]
    line = notebook().splitlines()[region["startLine"] - 1]
    columns = slice(region["startColumn"] - 1, region["endColumn"] - 1)
    assert region["startLine"] == region["endLine"]
    assert (line[columns], replacement["insertedContent"]) == ("7", {"text": "5"})


def test_sarif_has_the_regions_that_a_repair_replaces(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(BROKEN)
    done = kerasmergelint("check", "--format", "sarif", "--show-fixes", "net.py", cwd=tmp_path)
    log = json.loads(done.stdout)
    assert schema_errors(log) == []
    first, *_ = log["runs"][0]["results"][0]["fixes"]
    assert first["description"] == {"text": "use units=5 in line 4"}
    (change,) = first["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "net.py"
    region = {"startLine": 4, "startColumn": 22, "endLine": 4, "endColumn": 23}
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "5"}}]


@pytest.mark.oracle
def test_what_tensorflow_does_not_run_is_not_written(tmp_path: Path) -> None:
    fails = BROKEN + "import os\nos.environ['A_VARIABLE_THAT_NOBODY_SETS']\n"
    (tmp_path / "fails.py").write_text(fails)
    (tmp_path / "runs.py").write_text(BROKEN)
    arguments = ("check", "--fix", "--unsafe-fixes", "--confirm", "fails.py", "runs.py")
    done = kerasmergelint(*arguments, cwd=tmp_path)
    assert (tmp_path / "runs.py").read_text() == MENDED
    assert (tmp_path / "fails.py").read_text() == fails
    assert "fails.py: not repaired, TensorFlow does not build it in line 6: KeyError" in done.stderr
    assert "1 repair carried out" in done.stderr


def test_an_import_that_two_repairs_need_is_added_once(tmp_path: Path) -> None:
    text = (
        "from keras import Input\n"
        "from keras.layers import Concatenate, Embedding\n"
        "city, shop, age = Input((1,)), Input((1,)), Input((4,))\n"
        "a = Concatenate()([Embedding(50, 8)(city), age])\n"
        "b = Concatenate()([Embedding(90, 8)(shop), age])\n"
    )
    file = tmp_path / "net.py"
    file.write_text(text)
    kerasmergelint("check", "--fix", "--unsafe-fixes", "net.py", cwd=tmp_path)
    assert file.read_text() == (
        text.replace("Embedding\n", "Embedding, Flatten\n")
        .replace("[Embedding(50, 8)(city)", "[Flatten()(Embedding(50, 8)(city))")
        .replace("[Embedding(90, 8)(shop)", "[Flatten()(Embedding(90, 8)(shop))")
    )
