"""A module is loaded when one of its functions is called, and for the programs that come to it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kerasmergelint.late import late, loaded
from tests.repository import ROOT

MODEL = """
import keras
x = keras.Input((8,))
y = keras.layers.Add()([keras.layers.Dense(8)(x), x])
model = keras.Model(x, y)
"""
TRAINED = (
    MODEL + "model.compile(loss='mse')\nmodel.fit(keras.ops.ones((4, 8)), keras.ops.ones((4, 8)))\n"
)


def test_naming_a_function_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    colours = late("colorsys")
    function = colours.rgb_to_hsv
    assert "colorsys" not in sys.modules
    assert function(1, 1, 1) == (0.0, 0.0, 1)
    assert "colorsys" in sys.modules


def test_a_function_is_the_same_each_time() -> None:
    colours = late("colorsys")
    assert colours.rgb_to_hsv is colours.rgb_to_hsv


def test_what_is_no_function_comes_from_the_module() -> None:
    assert loaded(late("colorsys")).ONE_THIRD == 1 / 3
    assert loaded(ast) is ast


def late_names(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names that stand for modules that are loaded late, with the names of the modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            function, target = node.value.func, node.targets[0]
            if isinstance(function, ast.Name) and function.id == "late":
                assert isinstance(target, ast.Name) and isinstance(node.value.args[0], ast.Constant)
                yield target.id, node.value.args[0].value


def test_the_type_checker_is_told_of_the_same_modules() -> None:
    count = 0
    for path in sorted((ROOT / "kerasmergelint").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "= late(" not in text:
            continue
        tree = ast.parse(text)
        imported = {
            f"{node.module}.{alias.name}": alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for name, module in late_names(tree):
            count += 1
            assert imported.get(module) == name, (path, module)
            assert Path(ROOT, *module.split(".")).with_suffix(".py").is_file(), (path, module)
    assert count


def modules_for(text: str) -> set[str]:
    """Our modules that are loaded when a text is linted."""
    program = (
        "import sys\nfrom kerasmergelint.options import Settings\n"
        "from kerasmergelint.rules.check import check_source\n"
        f"check_source({text!r}, 'model.py', Settings())\n"
        "print(*(name for name in sys.modules if name.startswith('kerasmergelint')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


def test_a_model_alone_loads_neither_training_nor_witnesses() -> None:
    found = modules_for(MODEL)
    assert "kerasmergelint.tracker.keras.layers" in found
    parts = ("training.steps", "witnesses", "library.frames", "contracts.entering", "scikit_learn")
    assert not [name for name in found if any(part in name for part in parts)]
    assert "kerasmergelint.tracker.keras.training.steps" in modules_for(TRAINED)
