"""What is meant for Theano needs Keras 2.3 or older, which took the names of Keras 1."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program.theano import lists, tells

NET = "from keras.layers import Dense, Input\nDense(3, init='normal')(Input((4,)))\n"
OF_TENSORFLOW = NET.replace("from keras", "from tensorflow.keras")


def codes(root: Path, others: dict[str, str], text: str = NET) -> list[str]:
    (root / ".git").mkdir()
    for name, content in {**others, "net.py": text}.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(content)
    return [finding.code for finding in check_source(text, str(root / "net.py"), Settings())]


ON_THEANO = {
    "how it is run": {"README.md": "Run it by\n\n    KERAS_BACKEND=theano ./net.py --data train\n"},
    "what it uses": {"README.md": "It uses Python3, Pygame, Pymunk, Keras and Theanos.\n"},
    "a list": {"requirements.txt": "keras\ntheano\n"},
    "a list in a folder of its own": {"envs/cpu.yml": "name: net\ndependencies:\n  - theano\n"},
    "another program": {
        "run.py": "import os\nimport keras\nos.environ['KERAS_BACKEND'] = 'theano'\n"
    },
}


@pytest.mark.parametrize("others", ON_THEANO.values(), ids=ON_THEANO.keys())
def test_a_project_on_theano(others: dict[str, str], tmp_path: Path) -> None:
    assert codes(tmp_path, others) == []


def test_what_a_file_has_from_another_one(tmp_path: Path) -> None:
    (tmp_path / "parts.py").write_text("from keras.layers import Dense, Input\n")
    text = NET.replace("keras.layers", "parts")
    assert codes(tmp_path, ON_THEANO["what it uses"], text) == []


ELSEWHERE = {
    "nothing": {},
    "where it came from": {
        "README.md": "Keras layers, after the authors' code, which is in Theano.\n"
    },
    "a later Keras": {"requirements.txt": "keras==2.12\ntheano\n"},
    "a later Keras in another program": {
        "README.md": "Once with Keras and Theano.\n",
        "new.py": "import tf_keras\n",
    },
}


@pytest.mark.parametrize("others", ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_a_project_on_something_else(others: dict[str, str], tmp_path: Path) -> None:
    assert codes(tmp_path, others) == ["KML306"]


def test_tensorflow_never_ran_on_theano(tmp_path: Path) -> None:
    assert codes(tmp_path, ON_THEANO["a list"], OF_TENSORFLOW) == ["KML306"]


@pytest.mark.parametrize(
    "page",
    ["We used the Theano backend.", "Keras (with TensorFlow or Theano backend)", "* Theano 0.9.0",
     "- [Theano](http://deeplearning.net/software/theano/)", "1. Theano (0.8.2)", "Theano, Keras, NumPy",
     "![](https://img.shields.io/badge/Theano-0.9+-blue.svg)", "sudo pip install numpy theano keras",
     'Put `"backend": "theano"` into ~/.keras/keras.json.', "Set the backend of Keras to Theano.",
     "It uses Keras and thus Theano or TensorFlow.", "Built on top of [Keras](https://keras.io)/[Theano](https://theano.org)."],
)  # fmt: skip
def test_pages_that_tell(page: str) -> None:
    assert tells(f"# Net\n{page}\n")


@pytest.mark.parametrize(
    "page",
    ["The Theano code of the authors is elsewhere.", "Keras. The paper has code in Theano.",
     "Theano is not needed.", "- Theanolib 3"],
)  # fmt: skip
def test_pages_that_do_not(page: str) -> None:
    assert not tells(f"# Net\n{page}\n")


@pytest.mark.parametrize(
    "line", ["Theano", "theano==1.0.4", "theano>=0.9  # or TensorFlow", "- theano=1.0"]
)
def test_lists_that_have_it(line: str) -> None:
    assert lists(f"numpy\n{line}\nkeras\n")


@pytest.mark.parametrize("line", ["theano-pymc==1.1", "aesara  # theano", "mytheano==1"])
def test_lists_that_do_not(line: str) -> None:
    assert not lists(f"numpy\n{line}\nkeras\n")
