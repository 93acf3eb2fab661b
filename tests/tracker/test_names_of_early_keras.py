"""Names of Keras 2.0 to 2.3, and of the TensorFlow 1 below them: what later ones refuse is no finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.keras_api.versions import V3
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program import version

# All of Keras 2 has `np_utils`; the argument is one of Keras 1, which the early ones take.
OWN = """
from keras.layers import Add, Dense, Input
from keras.utils import np_utils

Dense(3, init="normal")(Input((4,)))
"""
BOTH = OWN + "\nAdd()([Input((2,)), Input((3,))])\n"
EARLY = {
    "the package engine": "import keras.engine as KE\n\nclass Own(KE.Layer):\n    pass\n",
    "the package engine, by its name": "from keras import engine\nspec = engine.InputSpec(ndim=3)\n",
    "the order of dimensions": "import keras.backend as K\nfirst = K.image_dim_ordering() == 'th'\n",
    "the backend": "import keras.backend as K\nK.tensorflow_backend._get_available_gpus()\n",
    "the backend, spelled out": "import keras\nkeras.backend.tensorflow_backend.set_session(None)\n",
    "its session": "from keras.backend.tensorflow_backend import set_session\n",
    "a condition": "from keras import backend as K\nif K.image_dim_ordering() == 'th':\n    pass\n",
    "what comes along": "from keras.layers import Input, K\n",
    "what comes along with models": "from keras.models import K, Sequential\n",
    "objectives": "from keras import objectives\n",
    "a session": "import tensorflow as tf\nsession = tf.Session()\n",
    "a scope": "import tensorflow as tf\nwith tf.variable_scope('a'):\n    pass\n",
    "a function": "import tensorflow as tf\ndef log2(x):\n    return tf.log(x) / tf.log(2.0)\n",
    "contrib": "from tensorflow.contrib import rnn\n",
}
LATER = {
    "TensorFlow 2 in the clothes of 1": "import tensorflow.compat.v1 as tf\nsession = tf.Session()\n",
    "both": "import tensorflow as tf\nprint(tf.__version__)\nsession = tf.Session()\n",
    "a comment": "import tensorflow as tf\n# tf.Session() is gone\n",
    "a text": "import tensorflow as tf\nprint('tf.Session')\n",
    "other names": "import tensorflow as tf\ntf.logical_not(True)\n",
    "the engine of TensorFlow": "import tensorflow as tf\n\ndef base():\n    return tf.keras.engine.Layer\n",
}


@pytest.fixture(autouse=True)
def keras_3_beside_the_linter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "installed", lambda files: V3)


def codes(folder: Path, text: str, beside: str = "") -> list[str]:
    (folder / ".git").mkdir(parents=True)
    (folder / "net.py").write_text(text)
    (folder / "beside.py").write_text(beside)
    found = check_source(text, str(folder / "net.py"), Settings())
    return [finding.code for finding in found]


@pytest.mark.parametrize("text", EARLY.values(), ids=EARLY)
def test_a_file_that_has_such_a_name_means_an_early_keras(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path / "own", text + OWN) == []
    assert codes(tmp_path / "both", text + BOTH) == ["KML111"]


@pytest.mark.parametrize("text", LATER.values(), ids=LATER)
def test_others_do_not(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path, text + OWN) == ["KML306"]


ALWAYS = [
    "the package engine", "the order of dimensions", "the backend", "the backend, spelled out", "its session",
    "a condition", "what comes along", "what comes along with models", "objectives", "a session", "contrib",
]  # fmt: skip


@pytest.mark.parametrize("name", ALWAYS)
def test_what_always_runs_tells_it_for_the_files_beside(name: str, tmp_path: Path) -> None:
    assert codes(tmp_path / "with", OWN, EARLY[name]) == []
    assert codes(tmp_path / "without", OWN) == ["KML306"]


@pytest.mark.parametrize("name", ["the backend", "its session"])
def test_what_may_not_run_tells_nothing(name: str, tmp_path: Path) -> None:
    *imports, last = EARLY[name].splitlines()
    tried = "\n".join([*imports, "try:", f"    {last}", "except Exception:", "    pass", ""])
    assert codes(tmp_path, OWN, tried) == ["KML306"]


UNFIT = """
from keras.layers import Conv2D, Input
from keras.utils import np_utils

def block(x, filters, regularizer, rate=None):
    return Conv2D(filters, 3, kernel_regularizer=regularizer)(x)

def net():
    return block(Input((8, 8, 3)), 16, {last})
"""


@pytest.mark.parametrize(
    ("last", "wanted"), [("rate=0.5", ["KML309"]), ("None, 0.5, 3", ["KML309"]), ("None", [])]
)
def test_a_call_of_its_own_function_fits_with_every_keras_or_none(
    last: str, wanted: list[str], tmp_path: Path
) -> None:
    for name, text in [("early", EARLY["its session"]), ("later", "")]:
        assert codes(tmp_path / name, text + UNFIT.format(last=last)) == wanted


# A property since Keras 2.4, which was TensorFlow's.
NAMED = """
from keras import layers
from keras.utils import np_utils

class Named(layers.Layer):
    def __init__(self, name):
        super().__init__()
        self.name = name
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (NAMED, []),
        (f"from keras.src.engine import base_layer\n{NAMED}", ["KML405"]),
        (NAMED.replace("from keras", "from tf_keras"), ["KML405"]),
        (NAMED.replace("from keras.utils import np_utils", "import tensorflow_addons as tfa"), []),
    ],
)
def test_any_keras_2_may_let_attributes_be_set(
    text: str, wanted: list[str], tmp_path: Path
) -> None:
    assert codes(tmp_path / "own", text) == wanted


def test_a_required_release_tells(tmp_path: Path) -> None:
    tmp_path.joinpath("requirements.txt").write_text("keras==2.10.0\n")
    found = check_source(NAMED, str(tmp_path / "net.py"), Settings())
    assert [finding.code for finding in found] == ["KML405"]


@pytest.mark.parametrize(
    ("requirements", "wanted"),
    [
        ("tensorflow==2.2.0\nkeras\n", ["KML111"]),
        ("tensorflow<2.3\n", ["KML111"]),
        ("tensorflow==2.3.0\nkeras\n", ["KML306", "KML111"]),
        ("tensorflow==2.2.0\nkeras==2.4.3\n", ["KML306", "KML111"]),
    ],
)
def test_the_package_beside_an_early_tensorflow_2_may_be_2_3(
    tmp_path: Path, requirements: str, wanted: list[str]
) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "requirements.txt").write_text(requirements)
    assert codes(tmp_path / "project", BOTH) == wanted


def test_the_keras_of_an_early_tensorflow_2_is_known(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "requirements.txt").write_text("tensorflow==2.2.0\n")
    program = BOTH.replace("from keras", "from tensorflow.keras")
    assert codes(tmp_path / "project", program) == ["KML306", "KML111"]


def test_who_has_keras_from_another_file_has_the_one_of_that(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "requirements.txt").write_text("tensorflow==2.2.0\n")
    made = "from keras.layers import Dense\n\ndef build():\n    return Dense(3, init='normal')\n"
    assert codes(tmp_path / "project", "from beside import build\n\nbuild()\n", made) == []
