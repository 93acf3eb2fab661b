"""What a file binds by choices that nobody is free to make is unknown in its functions, and to importers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.machine.verdict import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

ADD = "layers.Add()([keras.Input((SIZE, 2)), keras.Input((4, 2))])"
IMPORTS = "import os\nimport absent_settings\nimport keras\nfrom keras import layers\n"
BINDINGS = {
    "by an expression": "SIZE = 3 if absent_settings.load() else 4",
    "by a statement": "SIZE = 4\nif absent_settings.load():\n    SIZE = 3",
    "by what is called": "def size():\n    return 3 if absent_settings.load() else 4\nSIZE = size()",
}
FUNCTIONS = {
    "in a function": f"def build():\n    {ADD}",
    "by a default": f"def build(size=SIZE):\n    {ADD.replace('SIZE', 'size')}",
    "in a method": f"class Net:\n    def build(self):\n        {ADD}",
    "by an attribute": "class Net:\n    size = SIZE\n    def build(self):\n        "
    + ADD.replace("SIZE", "self.size"),
}


def codes(text: str, path: str = "net.py") -> list[str]:
    return [finding.code for finding in check_source(text, path, Settings())]


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
@pytest.mark.parametrize("binding", BINDINGS.values(), ids=BINDINGS.keys())
def test_functions_that_nobody_calls(binding: str, function: str) -> None:
    assert codes(f"{IMPORTS}{binding}\n{function}\n") == []
    assert codes(f"{IMPORTS}{binding}\nSIZE = 3\n{function}\n") == ["KML111"]


def test_flags_are_free_to_choose() -> None:
    binding = "SIZE = 4 if os.environ.get('LARGE') else 3"
    assert codes(f"{IMPORTS}{binding}\n{FUNCTIONS['in a function']}\n") == ["KML111"]


def test_what_does_not_depend_on_the_choice_remains() -> None:
    binding = "SIZE = 3\nif absent_settings.load():\n    print('found')"
    assert codes(f"{IMPORTS}{binding}\n{FUNCTIONS['in a function']}\n") == ["KML111"]


@pytest.mark.parametrize("binding", BINDINGS.values(), ids=BINDINGS.keys())
def test_modules_that_are_imported(binding: str, tmp_path: Path) -> None:
    text = f"import keras\nfrom keras import layers\nfrom sizes import SIZE\n{ADD}\n"
    (tmp_path / "sizes.py").write_text(f"import absent_settings\n{binding}\n")
    assert codes(text, str(tmp_path / "net.py")) == []


def test_what_an_imported_module_binds_in_any_case(tmp_path: Path) -> None:
    text = f"import keras\nfrom keras import layers\nfrom sizes import SIZE\n{ADD}\n"
    binding = "SIZE = 3\nif absent_settings.load():\n    print('found')\n"
    (tmp_path / "sizes.py").write_text(f"import absent_settings\n{binding}")
    assert codes(text, str(tmp_path / "net.py")) == ["KML111"]


# What comes of these is not followed where all ways are, so nothing is certain after them.
NOT_FOLLOWED = {
    "the first that something accepts": "SIZE = next((n for n in [3, 4] if absent_settings.load(n)), 4)",
    "a function that calls itself": "def size(n):\n"
    "    return n if absent_settings.load() else size(n + 1)\nSIZE = size(3)",
}


@pytest.mark.parametrize("binding", NOT_FOLLOWED.values(), ids=NOT_FOLLOWED.keys())
def test_what_all_ways_together_do_not_tell(binding: str) -> None:
    assert codes(f"{IMPORTS}{binding}\n{FUNCTIONS['in a function']}\n") == []


def verdicts(text: str) -> list[Verdict]:
    report = analyse(text, "net.py", Settings(), watch=Watch.MERGES)
    return [merge.settled.verdict for merge in report.merges.values()]


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
@pytest.mark.parametrize("binding", BINDINGS.values(), ids=BINDINGS.keys())
def test_a_merge_is_safe_only_whatever_was_chosen(binding: str, function: str) -> None:
    other_first = binding.replace("3", "x").replace("4", "3").replace("x", "4")
    found = verdicts(f"{IMPORTS}{other_first}\n{function}\n")
    assert found == [Verdict.CONDITIONAL], found
    assert verdicts(f"{IMPORTS}{binding}\nSIZE = 4\n{function}\n") == [Verdict.SAFE]


def test_the_largest_by_a_key_is_any() -> None:
    merge = FUNCTIONS["in a function"] + "\nbuild()"
    binding = "SIZE = max([3, 4], key=absent_settings.load)"
    assert verdicts(f"{IMPORTS}{binding}\n{merge}\n") == [Verdict.CONDITIONAL]


def test_ways_by_a_version_to_the_same_names(tmp_path: Path) -> None:
    text = f"import keras\nfrom keras import layers\nfrom sizes import SIZE\n{ADD}\n"
    (tmp_path / "sizes.py").write_text(
        "import tensorflow\nfrom packaging import version\n"
        "if version.parse(tensorflow.__version__).major == 1:\n    KERAS = 'keras'\n"
        "else:\n    KERAS = 'tensorflow.keras'\n"
        "SIZE = {'keras': 3, 'tensorflow.keras': 3}[KERAS]\n"
    )
    assert codes(text, str(tmp_path / "net.py")) == ["KML111"]
