"""A file is about Keras if it names it, or imports a file of its project that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.syntax.gate import concerns_keras

MODEL = "from keras import Input\n"
# The program, and the path of the one file that names Keras.
LEADING = {
    "a module": ("from model import build\n", "model.py"),
    "a module by its name": ("import os, model as m\n", "model.py"),
    "a package": ("import nets\n", "nets/__init__.py"),
    "a module of a package": ("from nets import model\n", "nets/model.py"),
    "names in brackets": ("from nets import (\n    model,\n)\n", "nets/model.py"),
    "a dotted name": ("import nets.small.model\n", "nets/small/model.py"),
    "inside of a function": ("def f():\n    from nets.model import build\n", "nets/model.py"),
    "a folder on the path": ("import sys\nsys.path.append('lib')\nimport model\n", "lib/model.py"),
    "a module by a string": ("import importlib\nimportlib.import_module('model')\n", "model.py"),
    "one of a package's": ("m = importlib.import_module(f'nets.{name}')\n", "nets/model.py"),
}


def project(folder: Path, text: str, model: str, content: str = MODEL) -> str:
    (folder / model).parent.mkdir(parents=True, exist_ok=True)
    for package in (folder / model).relative_to(folder).parents:
        if str(package) != "." and str(package) != "lib":
            (folder / package / "__init__.py").write_text("")
    (folder / model).write_text(content)
    (folder / "train.py").write_text(text)
    return str(folder / "train.py")


@pytest.mark.parametrize("text, model", LEADING.values(), ids=LEADING)
def test_what_leads_to_keras(text: str, model: str, tmp_path: Path) -> None:
    path = project(tmp_path, text, model)
    assert concerns_keras(text, path, ())


@pytest.mark.parametrize("text, model", LEADING.values(), ids=LEADING)
def test_what_does_not(text: str, model: str, tmp_path: Path) -> None:
    path = project(tmp_path, text, model, content="import torch\n")
    assert not concerns_keras(text, path, ())


def test_through_other_files_and_around_in_a_circle(tmp_path: Path) -> None:
    texts = {"a": "import b\n", "b": "import a, c\n", "c": "import b, d\n", "d": MODEL}
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text)
    for name, text in texts.items():
        assert concerns_keras(text, str(tmp_path / f"{name}.py"), ()), name


def test_relative_imports(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "model.py").write_text(MODEL)
    inner = tmp_path / "app" / "training" / "loop.py"
    inner.parent.mkdir()
    assert concerns_keras("from ..model import build\n", str(inner), ())
    assert not concerns_keras("from .model import build\n", str(inner), ())


def test_roots(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(MODEL)
    program = str(tmp_path / "scripts" / "train.py")
    assert concerns_keras("import model\n", program, (str(tmp_path),))
    assert not concerns_keras("import model\n", program, ())
