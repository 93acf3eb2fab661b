"""What other files of a project say about its Keras, where nothing else does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerasmergelint.keras_api.versions import V3
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program import version

# Keras 3 has no default for the window.
NET = "from tensorflow.keras import Input, layers\nlayers.AveragePooling2D()(Input((8, 8, 3)))\n"
BOTH = NET + "layers.Add()([Input((2,)), Input((3,))])\n"


@pytest.fixture(autouse=True)
def keras_3_beside_the_linter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "installed", lambda files: V3)


def codes(root: Path, others: dict[str, str], text: str = NET, marker: str = ".git") -> list[str]:
    (root / marker).mkdir()
    for name, content in {**others, "models/net.py": text}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    found = check_source(text, str(root / "models" / "net.py"), Settings())
    return [finding.code for finding in found]


def notebook(*lines: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": [f"{one}\n" for one in lines]}]})


OLD = {
    "an argument": {"train.py": "import keras\nmodel.compile(keras.optimizers.Adam(lr=1e-3))\n"},
    "an import, two folders down": {"tools/data/read.py": "import tf_keras\n"},
    "a method of layers": {
        "net.py": "import keras\nclass Own(keras.layers.Layer):\n    def call(self, x):\n"
        "        self.add_metric(x, name='mean', aggregation='mean')\n"
    },
    "a method of metrics": {
        "train.py": "import tensorflow as tf\nloss = tf.metrics.Mean(name='loss')\nloss.reset_states()\n"
    },
    "a method of models": {"train.py": "import keras\nmodel.fit(x)\nmodel.reset_states()\n"},
    "the rate of an optimizer": {
        "train.py": "import keras\nadam = keras.optimizers.Adam(1e-3)\nprint(adam.lr.numpy())\n"
    },
    "a folder to save to": {"train.py": "import keras\nmodel.save('net', save_format='tf')\n"},
    "a layer of TensorFlow 1": {
        "net.py": "import tensorflow as tf\ny = tf.compat.v1.layers.batch_normalization(x)\n"
    },
    "a notebook": {"train.ipynb": notebook("import keras", "keras.optimizers.Adam(lr=1e-3)")},
    "what a notebook installs": {"a.ipynb": notebook("!pip install -q tensorflow-gpu==2.3.0")},
    "beside a module that asks which one is there": {
        "a.ipynb": notebook("import os", "os.environ['TF_USE_LEGACY_KERAS'] = '1'", "import keras"),
        "keras_of.py": "try:\n    import tf_keras\nexcept ImportError:\n    import keras.src as keras\n",
    },
    "a TensorFlow that may have tf-keras beside it": {
        "train.py": "import keras\nmodel.compile(keras.optimizers.Adam(lr=1e-3))\n",
        "requirements.txt": "tensorflow>=2.17\ntf-keras>=2.17\n",
    },
    "a page that says so": {"README.md": "Users of TF 2.16 must **set TF_USE_LEGACY_KERAS=1**.\n"},
    "an image": {"Dockerfile": "FROM python:3.11\nENV TF_USE_LEGACY_KERAS 1\n"},
    "a default of the environment": {
        "conftest.py": "import os\nimport tensorflow\nos.environ.setdefault('TF_USE_LEGACY_KERAS', '1')\n"
    },
    "a module that only Keras 2 has": {"old.py": "from keras.src.engine import base_layer\n"},
    "a package that both have": {
        "old.py": "import tf_keras\n",
        "either.py": "from keras.src import backend\nfrom keras.src.layers import core\n",
    },
    "what may be used with either": {
        "setup.py": "REQUIRES = ['tensorflow>=2.16', 'tf-keras']\n",
        "train.py": "import tf_keras\n",
    },
    "the TensorFlow of Colab": {"a.ipynb": notebook("%tensorflow_version 1.x", "import keras")},
}
NEITHER = {
    "nothing": {},
    "one of each": {
        "train.py": "import keras\nmodel.compile(keras.optimizers.Adam(lr=1e-3))\n",
        "new.py": "import keras\nkeras.ops.relu(x)\n",
    },
    "what asks which one is there": {
        "keras_of.py": "try:\n    import tf_keras\nexcept ImportError:\n    import keras.src as keras\n",
    },
    "one of each in the package": {
        "train.py": "import tf_keras\n",
        "new.py": "from keras.src import ops\n",
    },
    "a page that leaves it": {"README.md": "TF_USE_LEGACY_KERAS=0 is the default.\n"},
    "no Keras": {"train.py": "optimizer = Adam(lr=1e-3)\n"},
    "a notebook that is none": {"train.ipynb": "import tf_keras", "a.ipynb": "[]", "b.ipynb": "{}"},
    "what a notebook installs, whatever its release": {
        "a.ipynb": notebook("!pip install tensorflow", "%tensorflow_version 2.x")
    },
    "a method of its own": {
        "net.py": "import keras\nclass Own:\n    def add_metric(self, x):\n        return x\n"
        "Own().add_metric(3)\n"
    },
    "a method of recurrent layers": {"train.py": "import keras\nlstm.reset_states()\n"},
    "a rate that is set": {
        "train.py": "import keras\nadam = keras.optimizers.Adam(1e-3)\nadam.lr = 1e-4\n"
    },
    "a file to save to": {"train.py": "import keras\nmodel.save('net.h5', save_format='tf')\n"},
    "both names of a method": {
        "train.py": "import keras\nloss = keras.metrics.Mean()\n"
        "(loss.reset_state if hasattr(loss, 'reset_state') else loss.reset_states)()\n"
    },
    "in an environment": {
        ".venv/train.py": "import tf_keras\n",
        "venv/train.py": "import tf_keras\n",
    },
    "a backend that both have": {
        "train.py": "import os\nimport keras\nos.environ['KERAS_BACKEND'] = 'tensorflow'\n"
    },
}


@pytest.mark.parametrize("name", OLD)
def test_a_project_for_keras_2_is_told_what_keras_2_refuses(name: str, tmp_path: Path) -> None:
    assert codes(tmp_path, OLD[name], BOTH) == ["KML111"]


@pytest.mark.parametrize("name", NEITHER)
def test_otherwise_the_installed_one_counts(name: str, tmp_path: Path) -> None:
    assert codes(tmp_path, NEITHER[name]) == ["KML306"]


def test_a_file_for_keras_3_is_not_asked_about(tmp_path: Path) -> None:
    text = NET + "import keras\nkeras.ops.relu(1.0)\n"
    assert codes(tmp_path, OLD["an argument"], text) == ["KML306"]


def test_without_a_repository_the_files_beside_it_count(tmp_path: Path) -> None:
    assert codes(tmp_path, OLD["an argument"], marker="other") == []
