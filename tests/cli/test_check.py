"""The check command: frames, formats, baselines, verdicts, silencing, exit status."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import in_a_process, kerasmergelint

BROKEN = """\
from keras import Input
from keras.layers import Add, Dense

x = Input((8,))
left = Dense(5)(x)
right = Dense(3)(x)
y = Add()([left, right])
"""
FRAME = """\
net.py:7:5: KML111 Add: axis 1 differs: 5 and 3
  5 | left = Dense(5)(x)
    |        ----------- left (None, 5)
  6 | right = Dense(3)(x)
    |         ----------- right (None, 3)
  7 | y = Add()([left, right])
    |     ^^^^^^^~~~~^^~~~~~^^
  operand: left (None, 5), from line 5
  operand: right (None, 3), from line 6

1 finding; 1 file checked
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "net.py").write_text(BROKEN)
    (tmp_path / "fine.py").write_text(BROKEN.replace("Dense(3)", "Dense(5)"))
    return tmp_path


def answer(folder: Path, *arguments: str) -> dict[str, Any]:
    done = kerasmergelint("check", "--format", "json", *arguments, cwd=folder)
    assert not done.stderr
    content: dict[str, Any] = json.loads(done.stdout)
    return content


# -- text ------------------------------------------------------------------------------------


def test_a_frame_shows_the_merge_and_where_its_operands_come_from(folder: Path) -> None:
    done = kerasmergelint("check", "net.py", cwd=folder)
    assert (done.stdout, done.returncode) == (FRAME, 1)
    assert re.fullmatch(r"kerasmergelint: checked for .*Keras.* \(.+\)\n", done.stderr)


def test_the_last_line_says_what_naming_a_version_would_add(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("keras>=3.3,<3.15\n")
    for name in ("one.py", "other.py"):
        (tmp_path / name).write_text(
            "from keras import Input, layers\nlayers.Conv2D(4, 3)(Input((2, 28, 3)))\n"
        )
    done = kerasmergelint("check", "--no-cache", ".", cwd=tmp_path)
    assert done.stderr == (
        "kerasmergelint: checked for Keras 3.3 to 3.14 (requirements.txt); "
        "with --keras-version 3.14 there would be 2 more findings\n"
    )


def test_nothing_found(folder: Path) -> None:
    done = kerasmergelint("check", "fine.py", cwd=folder)
    assert (done.stdout, done.returncode) == ("0 findings; 1 file checked\n", 0)


@pytest.mark.parametrize(("arguments", "environment", "coloured"), [
    ([], {}, False),
    (["--color", "always"], {}, True),
    (["--color", "never"], {"FORCE_COLOR": "1"}, False),
])  # fmt: skip
def test_colours(
    arguments: list[str], environment: dict[str, str], coloured: bool, folder: Path
) -> None:
    done = kerasmergelint("check", "net.py", *arguments, cwd=folder, **environment)
    assert ("\x1b[" in done.stdout) is coloured


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
@pytest.mark.parametrize(("environment", "coloured"), [
    ({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False),
])  # fmt: skip
def test_a_terminal_gets_colours_unless_no_color_is_set(
    environment: dict[str, str], coloured: bool, folder: Path
) -> None:
    import os
    import pty

    inherited = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "kerasmergelint.cli.main", "check", "net.py"],
        cwd=folder,
        env={**inherited, "TERM": "xterm-256color", "COLUMNS": "100", **environment},
        stdout=theirs,
        check=False,
        timeout=120,
    )
    os.close(theirs)
    output = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "KML111" in output
    assert ("\x1b[" in output) is coloured


def test_a_shape_that_a_narrow_terminal_has_no_room_for_stands_below(folder: Path) -> None:
    call = f'Dense(5, name="{"a" * 80}")(x)'
    (folder / "net.py").write_text(
        "from keras import Input\nfrom keras.layers import Add, Dense\n\n"
        f"x = Input((8,))\nleft = {call}\ny = Add()([left, Dense(3)(x)])\n",
        encoding="utf-8",
    )
    done = kerasmergelint("check", "net.py", "--color", "always", cwd=folder, COLUMNS="80")
    lines = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout).splitlines()
    assert lines[1].endswith("…")
    assert lines[2].endswith("-…")
    assert lines[3] == "    | left (None, 5)"


def test_tabs_and_wide_characters_do_not_shift_the_marks(folder: Path) -> None:
    (folder / "wide.py").write_text(
        "from keras import Input\nfrom keras.layers import Add, Dense\n\nif True:\n"
        '\tx = Input((8,))\n\t"日本"; y = Add()([Dense(5)(x), Dense(3)(x)])\n',
        encoding="utf-8",
    )
    lines = kerasmergelint("check", "wide.py", cwd=folder).stdout.splitlines()
    assert lines[1] == '  6 |  "日本"; y = Add()([Dense(5)(x), Dense(3)(x)])'
    # Each of the two wide characters takes two columns.
    below = lines[2].removeprefix("    | ")
    assert len(below) - len(below.lstrip()) == len(' "____"; y = ')
    assert len(below.strip()) == len("Add()([Dense(5)(x), Dense(3)(x)])")


def test_a_merge_over_several_lines(folder: Path) -> None:
    (folder / "long.py").write_text(
        BROKEN.replace(
            "Add()([left, right])", "Add()(\n    [\n        left,\n        right,\n    ]\n)"
        )
    )
    lines = kerasmergelint("check", "long.py", cwd=folder).stdout.splitlines()
    assert lines[0].startswith("long.py:7:5: KML111")
    assert "  9 |         left," in [line.replace("   9", "  9") for line in lines]
    assert any(line.endswith("|         ~~~~^") for line in lines)


# -- what is checked -------------------------------------------------------------------------


def test_folders_are_walked_but_not_into_environments(folder: Path) -> None:
    for name in ("venv", ".venv", "build", "node_modules", "package", "tests"):
        (folder / name).mkdir()
        (folder / name / "model.py").write_text(BROKEN)
    files = {entry["file"] for entry in answer(folder, ".")["findings"]}
    assert files == {"net.py", "package/model.py", "tests/model.py"}
    files = {entry["file"] for entry in answer(folder, ".", "--exclude", "tests")["findings"]}
    assert files == {"net.py", "package/model.py"}
    # Who names a file means it.
    assert len(answer(folder, "venv/model.py")["findings"]) == 1


def test_many_files_in_several_processes(folder: Path) -> None:
    for number in range(20):
        (folder / f"model_{number:02}.py").write_text(BROKEN)
    alone = kerasmergelint("check", ".", "--jobs", "1", cwd=folder)
    together = kerasmergelint("check", ".", "--jobs", "2", cwd=folder)
    assert alone.stdout == together.stdout
    assert alone.stdout.endswith("21 findings; 22 files checked\n")


def test_standard_input(folder: Path) -> None:
    done = in_a_process("check", "-", "--stdin-display-name", "open.py", cwd=folder, stdin=BROKEN)
    assert done.stdout.startswith("open.py:7:5: KML111")


def test_a_finding_in_an_imported_file_is_told_once_where_it_is(folder: Path) -> None:
    (folder / "parts.py").write_text(
        "from keras.layers import Add\n\n\ndef join(a, b):\n    return Add()([a, b])\n"
    )
    text = BROKEN.replace("Add()([left, right])", "join(left, right)")
    for name in ("one.py", "two.py"):
        (folder / name).write_text("from parts import join\n" + text)
    [finding] = answer(folder, "one.py", "two.py", "parts.py")["findings"]
    assert (finding["file"], finding["line"], finding["code"]) == ("parts.py", 5, "KML111")
    assert finding["reached_from"] == "one.py"
    assert finding["called_from"] == [{"file": "one.py", "line": 8, "column": 4}]
    text = kerasmergelint("check", "one.py", cwd=folder).stdout
    assert text.startswith("parts.py:5:12: KML111") and "reached from: one.py" in text


def test_a_wrong_call(folder: Path) -> None:
    for arguments, words in [
        (["no.py"], "no.py: no such file or folder"),
        (["net.py", "--enable", "E501"], "--enable: 'E501'"),
        (["net.py", "--ignore", "x"], "--ignore: 'x'"),
        (["net.py", "--ignore", "KML999"], "--ignore: there is no code KML999"),
        (["net.py", "--enable", "KML106"], "--enable: there is no code KML106"),
        (["net.py", "--jobs", "0"], "'0' is not a number of processes"),
        (["net.py", "--shape", "x"], "--shape: 'x'"),
        (["net.py", "--shape", "x=3"], "--shape: x: "),
        (["net.py", "--baseline", "none.json"], "none.json: no such baseline; create it"),
        (["net.py", "--config", "none.toml"], "none.toml"),
    ]:
        done = kerasmergelint("check", *arguments, cwd=folder)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert words in done.stderr and "Traceback" not in done.stderr


# -- choosing and silencing ------------------------------------------------------------------


def codes(folder: Path, *arguments: str) -> list[str]:
    return [finding["code"] for finding in answer(folder, "net.py", *arguments)["findings"]]


@pytest.mark.parametrize("comment", [
    "# noqa", "# noqa: KML111", "# NOQA:KML111", "# noqa: E501,KML1", "# noqa: KML101",
    "# noqa : KML101", "# noqa:E501 KML111", "# noqa: kml111", "#noqa", "# noqa:",
    "# type: ignore # noqa: KML111", "# noqa: KML",
])  # fmt: skip
def test_noqa_means_what_it_means_to_flake8(comment: str, folder: Path) -> None:
    (folder / "net.py").write_text(BROKEN.rstrip("\n") + f"  {comment}\n")
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=KML", "net.py"]
    theirs = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert bool(codes(folder)) is ("KML111" in theirs.stdout)


def test_a_whole_file_is_silenced(folder: Path) -> None:
    (folder / "net.py").write_text("# flake8: noqa\n" + BROKEN)
    assert codes(folder) == []


def test_ignore_and_enable(folder: Path) -> None:
    assert codes(folder) == ["KML111"]
    assert codes(folder, "--ignore", "KML111") == []
    assert codes(folder, "--ignore", "KML2,KML3") == ["KML111"]
    (folder / "net.py").write_text(
        'import keras\nfrom joblib import load\n\n\na = load("a")\nkeras.layers.Dot(a)([a, load("b")])\n'
    )
    assert codes(folder) == []
    assert codes(folder, "--enable", "KML9") == ["KML901"]


def test_a_builder_that_nobody_calls_is_called_from_nowhere(folder: Path) -> None:
    (folder / "net.py").write_text(
        "from keras import Input, layers\n\n\ndef build():\n    x = Input((8,))\n"
        "    return layers.Add()([x, layers.Dense(3)(x)])\n"
    )
    text = kerasmergelint("check", "net.py", cwd=folder).stdout
    assert "KML111" in text and "called from" not in text


# -- verdicts --------------------------------------------------------------------------------


def test_every_merge_has_a_verdict(folder: Path) -> None:
    (folder / "net.py").write_text(
        BROKEN + "z = Add()([left, left])\n\n\ndef f(a, b):\n    return Add()([a, b])\n"
        "    Add()([a, a])  # never reached\n"
    )
    content = answer(folder, "net.py", "--verdicts")
    verdicts = {merge["line"]: merge["verdict"] for merge in content["merges"]}
    assert verdicts == {7: "broken", 8: "safe", 12: "conditional", 13: "unknown"}
    for merge in content["merges"]:
        assert bool(merge["reason"]) is (merge["verdict"] in ("broken", "unknown"))
        assert bool(merge["condition"]) is (merge["verdict"] == "conditional")
    lines = kerasmergelint("check", "net.py", "--verdicts", cwd=folder).stdout.splitlines()
    assert "net.py:8:5: Add: safe" in lines
    assert (
        lines[-1]
        == "1 finding; 1 file checked; 4 merges: 1 safe, 1 conditional, 1 broken, 1 unknown"
    )


def test_an_unknown_merge_says_what_would_settle_it(folder: Path) -> None:
    (folder / "net.py").write_text(
        "from keras.layers import Concatenate, Input\nfrom joblib import load\n\ndata = load('x')\n"
        "other = Input((4, 4))\ntotal = Concatenate(load('y'))([data, other])\n"
    )
    (merge,) = answer(folder, "net.py", "--verdicts")["merges"]
    assert merge["reason"] == (
        "`data` is not known (line 6): joblib.load is not modelled; "
        "declare its shape, as in --kml-shapes 'data = (None, 32, 32, 3)'"
    )
    (folder / "pyproject.toml").write_text(
        '[tool.kerasmergelint.shapes]\ndata = "(None, 32, 32, 3)"\n'
    )
    (merge,) = answer(folder, "net.py", "--verdicts")["merges"]
    assert merge["verdict"] == "broken"


def test_no_reason_has_a_name_of_our_own(folder: Path) -> None:
    (folder / "net.py").write_text(
        "import configparser\nfrom keras.layers import Add, Dense, Input\n"
        "config = configparser.ConfigParser()\nsizes = [1, 2]\n"
        "Add()([Dense(config['a']['n'])(Input((3,))), Dense(5)(Input((3,)))])\n"
        "Add()([Dense(3)(sizes.unheard_of), Dense(3)(Input((3,)))])\n"
    )
    for merge in answer(folder, "net.py", "--verdicts")["merges"]:
        told = f"{merge['reason']} {merge['condition']}"
        assert not re.search(r"V\b|object\(|\?\(|opaque", told), told


# -- baseline --------------------------------------------------------------------------------


def test_a_baseline_hides_what_was_there(folder: Path) -> None:
    done = kerasmergelint("check", ".", "--write-baseline", "--baseline", "old.json", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 finding written to old.json" in done.stderr
    done = kerasmergelint("check", ".", "--baseline", "old.json", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "0 findings; 1 in the baseline; 2 files checked\n")
    # Lines may move, and be indented otherwise; the finding stays the old one.
    moved = "# moved\n\n\n" + BROKEN.replace("y = Add()", "y  =  Add()")
    (folder / "net.py").write_text(moved)
    assert kerasmergelint("check", ".", "--baseline", "old.json", cwd=folder).returncode == 0
    # The same line once more is a new finding.
    (folder / "net.py").write_text(BROKEN + "y = Add()([left, right])\n")
    done = kerasmergelint("check", ".", "--baseline", "old.json", cwd=folder)
    assert done.returncode == 1 and done.stdout.startswith("net.py:8:5: KML111")


@pytest.mark.parametrize("content", ["", "[]", '{"version": 1}', '{"version": 99, "findings": []}'])
def test_something_else_is_no_baseline(content: str, folder: Path) -> None:
    (folder / "old.json").write_text(content)
    done = kerasmergelint("check", ".", "--baseline", "old.json", cwd=folder)
    assert done.returncode == 2 and done.stderr.startswith("kerasmergelint: old.json: ")


# -- machines --------------------------------------------------------------------------------


def test_json(folder: Path) -> None:
    content = answer(folder, "net.py")
    [finding] = content["findings"]
    assert (content["version"], content["files"], content["in_baseline"]) == (1, 1, 0)
    assert {key: finding[key] for key in ("code", "severity", "file", "line", "column")} == {
        "code": "KML111", "severity": "error", "file": "net.py", "line": 7, "column": 4,
    }  # fmt: skip
    assert finding["conflict"] == "Add: axis 1 differs: 5 and 3"
    assert finding["operands"][0] == {
        "name": "left",
        "shape": "(None, 5)",
        "made_at": {"file": "net.py", "line": 5, "column": 7},
    }


def test_json_fields_are_documented(folder: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "check-json.md").read_text(encoding="utf-8")
    content = answer(folder, "net.py", "--verdicts")
    [finding] = content["findings"]
    entries = [content, finding, *finding["operands"], *content["merges"]]
    for name in {name for entry in entries for name in entry}:
        assert f"`{name}`" in page, name


def test_github_annotations(folder: Path) -> None:
    (folder / "50%, a:b").mkdir()
    (folder / "50%, a:b" / "net.py").write_text(BROKEN)
    done = kerasmergelint("check", "50%, a:b", "--format", "github", cwd=folder)
    [line] = done.stdout.splitlines()
    assert line.startswith(
        "::error file=50%25%2C a%3Ab/net.py,title=KML111,line=7,col=5,endLine=7,endColumn=24::"
        "Add: axis 1 differs: 5 and 3: "
    )
    assert done.returncode == 1


def test_a_dash_is_the_terminal(folder: Path) -> None:
    done = kerasmergelint("check", "net.py", "--output", "-", cwd=folder)
    assert "KML111" in done.stdout and not (folder / "-").exists()


def test_output_to_a_file(folder: Path) -> None:
    done = kerasmergelint("check", "net.py", "--output", "report.txt", cwd=folder)
    assert (done.stdout, done.returncode) == ("", 1)
    assert (folder / "report.txt").read_text() == FRAME


def test_a_merge_that_breaks_in_an_imported_file_counts(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text(
        "import keras\ndef merge(a, b):\n    return keras.layers.Add()([a, b])\n"
    )
    (tmp_path / "main.py").write_text(
        "import keras\nfrom helper import merge\n"
        "a = keras.Input((8, 8, 3))\nmerge(a, keras.Input((9, 9, 3)))\n"
    )
    done = kerasmergelint("check", "main.py", "--verdicts", cwd=tmp_path)
    assert done.stdout.rstrip().endswith("1 merge: 0 safe, 0 conditional, 1 broken, 0 unknown")
    told = json.loads(kerasmergelint("check", "main.py", "--format", "json", cwd=tmp_path).stdout)
    (finding,) = told["findings"]
    assert finding["file"] == "helper.py" and "from line 3 of main.py" in finding["message"]


def test_what_goes_into_a_layer_of_a_sequential_has_no_name(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(
        "import keras\nfrom keras import layers\n"
        "keras.Sequential([keras.Input((4, 3)), layers.Dense(5), layers.Reshape((3, 3))])\n"
        "net = keras.Sequential()\nnet.add(keras.Input((4, 3)))\nnet.add(layers.Reshape((3, 3)))\n"
    )
    shown = kerasmergelint("check", "net.py", cwd=tmp_path).stdout.splitlines()
    assert [line.strip() for line in shown if "operand: " in line] == [
        "operand: the input (None, 4, 5), from line 3",
        "operand: the input (None, 4, 3), from line 5",
    ]


def test_what_follows_a_failure_needs_no_declaration(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(
        f"{BROKEN}joined = Add()([left, right])\nfrom keras.layers import Dot\n"
        "Dot(int(input()))([left, joined])\n"
    )
    shown = kerasmergelint("check", "net.py", "--enable", "KML9", cwd=tmp_path).stdout
    assert "KML901 Dot was not analysed: `joined` is not known" in shown
    assert "Add fails\n" in shown and "kml-shapes" not in shown
