"""No TensorFlow with Keras 3 runs on Python 3.8 or older: who installs one of these means Keras 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.keras_api.versions import V3
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program import version

# Keras 3 has no default for the window.
NET = "from tensorflow.keras import Input, layers\nlayers.AveragePooling2D()(Input((8, 8, 3)))\n"


@pytest.fixture(autouse=True)
def keras_3_beside_the_linter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "installed", lambda files: V3)


def codes(root: Path, others: dict[str, str], text: str = NET) -> list[str]:
    (root / ".git").mkdir()
    for name, content in {**others, "net.py": text}.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(content)
    return [finding.code for finding in check_source(text, str(root / "net.py"), Settings())]


OLD = {
    "how an environment is made": {
        "README.md": "```\nconda create -c anaconda -n net pip python=3.7 tensorflow tqdm\n```\n"
    },
    "what is in an environment": {
        "environment.yml": "dependencies:\n- pip\n- python=3.6.2=0\n- tensorflow\n"
    },
    "an image": {"docker/Dockerfile": "FROM python:3.7-slim\nRUN pip install tensorflow\n"},
    "what Pipenv requires": {"Pipfile": '[requires]\npython_version = "3.6"\n'},
    "what PyCharm runs it on": {
        ".idea/misc.xml": '<component version="2" project-jdk-name="Python 3.6 (base)" />\n'
    },
    "what its page lists": {"README.md": "## Needs\n* Python 3.7\n* tensorflow 2.0 or higher\n"},
    "what its page says it requires": {
        "README.md": "Install the requirements with pip.\n\nRequires: Python 3.6.\n"
    },
    "a row of a table": {"README.md": "| **Python** | 3.6.8 |\n"},
    "what a package allows": {"setup.py": "setup(python_requires='>=3.6, <3.9')\n"},
}
OPEN = {
    "a later one": {"README.md": "conda create -n net python=3.11 tensorflow\n"},
    "one of several": {
        "README.md": "conda create -n net python=3.7\n",
        "Dockerfile": "FROM python:3.11\n",
    },
    "what PyCharm runs it on today": {
        ".idea/misc.xml": '<component version="2" project-jdk-name="Python 3.11" />\n'
    },
    "what is needed at least": {"setup.py": "setup(python_requires='>=3.6')\n"},
    "what its page lists at least": {"README.md": "* Python 3.7+\n* Python 3.6 or later\n"},
    "what its page requires at least": {"README.md": "Requires: Python 3.6+.\n"},
    "several on a page": {"README.md": "* Python 3.7, 3.8, 3.11\n"},
    "what it ran on before": {"README.md": "* Python 3.7 (not tested any more)\n"},
    "what types are checked for": {"pyproject.toml": '[tool.mypy]\npython_version = "3.7"\n'},
    "a requirement of one Python": {"requirements.txt": 'tqdm==4; python_version == "3.7"\n'},
    "another package": {"environment.yml": "dependencies:\n- python-dateutil=2.8\n- ipython=3.2\n"},
    "a later Keras": {"requirements.txt": "keras>=3\n", "Dockerfile.old": "FROM python:3.7\n"},
}


@pytest.mark.parametrize("others", OLD.values(), ids=OLD.keys())
def test_a_project_on_an_old_python(others: dict[str, str], tmp_path: Path) -> None:
    assert codes(tmp_path, others) == []


@pytest.mark.parametrize("others", OPEN.values(), ids=OPEN.keys())
def test_a_project_on_any_other(others: dict[str, str], tmp_path: Path) -> None:
    assert codes(tmp_path, others) == ["KML306"]


def test_what_a_file_imports_counts_more(tmp_path: Path) -> None:
    text = NET + "import keras\nkeras.ops.relu(1.0)\n"
    assert codes(tmp_path, OLD["an image"], text) == ["KML306"]


# Early Keras 2 took the arguments of Keras 1.
OF_KERAS_1 = "from keras.layers import Dense\n\nDense(3, init='uniform')\n"
PYTHON_2 = {
    "how an environment is made": {"README.md": "```\nconda create -n net python=2.7\n```\n"},
    "what its page lists": {"README.md": "* Python 2.7\n* numpy\n"},
    "what is in an environment": {"environment.yml": "dependencies:\n- python=2.7\n- keras\n"},
}


@pytest.mark.parametrize("others", PYTHON_2.values(), ids=PYTHON_2.keys())
def test_no_keras_after_the_early_ones_runs_on_python_2(
    others: dict[str, str], tmp_path: Path
) -> None:
    assert codes(tmp_path, others, OF_KERAS_1) == []


@pytest.mark.parametrize(
    ("others", "text"),
    [
        ({"README.md": "* Python 3.6\n"}, OF_KERAS_1),
        ({"README.md": "* Python 2.7\n* Python 3.6\n"}, OF_KERAS_1),
        ({"README.md": "* Python 2.7\n"}, OF_KERAS_1.replace("from keras", "from tf_keras")),
    ],
)
def test_later_ones_know_no_argument_of_keras_1(
    others: dict[str, str], text: str, tmp_path: Path
) -> None:
    assert codes(tmp_path, others, text) == ["KML306"]
