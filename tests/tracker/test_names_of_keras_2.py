"""Names that only Keras 2 has are a finding where the program is written for Keras 3, one for a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

KERAS_3 = "keras==3.6.0\ntensorflow==2.18.0\n"
LOSS = """
import keras
from keras import backend as K


def loss(y, p):
    return K.mean(K.square(y - p))


model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])
model.compile("adam", loss)
"""
PICTURES = "from keras.preprocessing.image import ImageDataGenerator\n"
ERRORS = "import tensorflow as tf\nerror = tf.keras.losses.mean_squared_error([1.0], [2.0])\n"
CORE = "from keras.layers.core import Dense, Dropout\nlayer = Dense(3)\n"
UTILS = "from keras.utils import np_utils\ny = np_utils.to_categorical([1, 2], 3)\n"
EXPERIMENTAL = "from tensorflow.keras.layers.experimental import preprocessing\n"
BOTH = """
from keras.layers import Add, Input
from keras.preprocessing.text import Tokenizer

Add()([Input((3,)), Input((4,))])
"""


def findings(program: str, folder: Path, required: str = KERAS_3, **chosen: str) -> list[str]:
    """The line and code of each finding, in a project that requires something."""
    (folder / "requirements.txt").write_text(required)
    path = folder / "net.py"
    path.write_text(program)
    found = check_source(program, str(path), Settings(**chosen))  # type: ignore[arg-type]
    return [f"{each.line} {each.code}" for each in found]


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (LOSS, ["7 KML402"]),
        (PICTURES, ["1 KML402"]),
        (ERRORS, ["2 KML402"]),
        (CORE, ["1 KML402"]),
        (UTILS, ["1 KML402"]),
        (EXPERIMENTAL, ["1 KML402"]),
        (BOTH, ["3 KML402", "5 KML111"]),
    ],
    ids=["loss", "pictures", "errors", "core", "utils", "experimental", "both"],
)
def test_one_finding_where_the_project_requires_keras_3(
    program: str, expected: list[str], tmp_path: Path
) -> None:
    assert findings(program, tmp_path) == expected


def test_the_option_requires_it_as_well(tmp_path: Path) -> None:
    assert findings(UTILS, tmp_path, "", keras_version="3.10") == ["1 KML402"]


def test_the_message_says_for_which_keras_the_file_was_written(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(KERAS_3)
    (found,) = check_source(LOSS, str(tmp_path / "net.py"), Settings())
    assert "Keras 3 has no `keras.backend.mean`; use keras.ops.mean" in found.message
    assert "this file was written for Keras 2, and 1 more" in found.message


@pytest.mark.parametrize("required", ["", "tensorflow>=2.4\n", "keras==2.13.1\n", "tf_keras\n"])
@pytest.mark.parametrize("program", [LOSS, PICTURES, ERRORS, CORE, UTILS, EXPERIMENTAL])
def test_none_where_it_may_be_keras_2(program: str, required: str, tmp_path: Path) -> None:
    assert findings(program, tmp_path, required) == []


@pytest.mark.parametrize(
    "program",
    [
        "try:\n    from keras.layers.core import Dense\nexcept ImportError:\n    Dense = None\n",
        "try:\n    from keras.utils import np_utils\nexcept (ImportError, KeyError):\n    np_utils = None\n",
        "from keras import backend as K\nif hasattr(K, 'mean'):\n    mean = K.mean\n",
        "from keras import backend as K\nmean = getattr(K, 'mean', None)\n",
        "import keras\nif keras.__version__ < '3':\n    from keras.utils import np_utils\n",
        "import keras\nkeras.backend.mean = keras.ops.mean\nmean = keras.backend.mean\n",
        "import tf_keras as keras\nfrom keras.utils import np_utils\n",
        "import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'\nfrom tensorflow.keras import experimental\n",
        "from tensorflow.keras.preprocessing.image import ImageDataGenerator\n",
        "from keras.layers import Dense\nfrom keras.saving import load_model\n",
    ],
)
def test_what_keras_3_runs(program: str, tmp_path: Path) -> None:
    assert findings(program, tmp_path) == []


def test_none_where_another_file_of_the_project_asks_for_the_version(tmp_path: Path) -> None:
    (tmp_path / "backend.py").write_text(
        "import keras\nif keras.__version__ < '3':\n    from keras.backend import *\n"
    )
    assert findings(LOSS, tmp_path) == []


def test_a_package_that_says_its_own_version_asks_for_none(tmp_path: Path) -> None:
    (tmp_path / "about.py").write_text("__version__ = '1.0'\n")
    (tmp_path / "shown.py").write_text("from .about import __version__\nprint(__version__)\n")
    assert findings(LOSS, tmp_path) == ["7 KML402"]


def test_none_where_an_imported_file_takes_another_keras(tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text(
        "import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'\nSIZE = 3\n"
    )
    program = (
        "import tensorflow as tf\nfrom settings import SIZE\nrows = SIZE\ntf.keras.experimental\n"
    )
    assert findings(program, tmp_path) == []
    assert findings(program.replace("from settings import SIZE", "SIZE = 3"), tmp_path) == [
        "4 KML402"
    ]


def test_a_name_that_hasattr_asks_for_is_not_there(tmp_path: Path) -> None:
    program = """
import keras
from keras import backend as K

size = 3 if hasattr(K, "mean") else 4
keras.layers.Add()([keras.Input((3,)), keras.Input((size,))])
"""
    assert findings(program, tmp_path) == ["6 KML111"]
