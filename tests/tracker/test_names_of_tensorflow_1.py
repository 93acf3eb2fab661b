"""What only TensorFlow 1 has at its top: where a later one is sure, Python does not get past it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.keras_api.tensorflow_1 import GONE
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

BROKEN = "layers.Add()([Input((4,)), Input((5,))])"
PROGRAM = """import tensorflow as tf
from tensorflow.keras import Input, layers


def build():
{before}
    return {broken}


build()
"""


def codes(root: Path, before: str, requirement: str | None, head: str = "") -> list[str]:
    (root / ".git").mkdir()
    if requirement is not None:
        (root / "requirements.txt").write_text(requirement)
    program = head + PROGRAM.format(before=before, broken=BROKEN)
    (root / "net.py").write_text(program)
    return [finding.code for finding in check_source(program, str(root / "net.py"), Settings())]


LATER = ["tensorflow==2.4.1", "keras>=3"]
ENDS = [
    "    sess = tf.Session()",
    "    x = tf.log(1.0)",
    "    with tf.variable_scope('a'):\n        pass",
]


@pytest.mark.parametrize("requirement", LATER)
@pytest.mark.parametrize("before", ENDS)
def test_what_comes_after_it_is_not_reached(tmp_path: Path, before: str, requirement: str) -> None:
    assert codes(tmp_path, before, requirement) == []


@pytest.mark.parametrize("before", ENDS)
def test_it_may_be_there(tmp_path: Path, before: str) -> None:
    assert codes(tmp_path, before, None) == ["KML111"]


@pytest.mark.parametrize(
    "before",
    [
        "    sess = tf.compat.v1.Session()",
        "    x = tf.math.log(1.0)",
        "    try:\n        sess = tf.Session()\n    except AttributeError:\n        pass",
        "    if hasattr(tf, 'Session'):\n        sess = tf.Session()",
    ],
)
def test_programs_that_get_past_it(tmp_path: Path, before: str) -> None:
    assert codes(tmp_path, before, LATER[0]) == ["KML111"]


def test_the_module_of_old_names(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("")
    program = PROGRAM.format(before=ENDS[0], broken=BROKEN)
    program = program.replace("import tensorflow as tf", "import tensorflow.compat.v1 as tf")
    assert [one.code for one in check_source(program, str(tmp_path / "net.py"), Settings())] == [
        "KML111"
    ]


@pytest.mark.oracle
def test_tensorflow_2_has_none_of_them() -> None:
    tf = pytest.importorskip("tensorflow")
    assert [name for name in GONE if hasattr(tf, name)] == []
    assert [name for name in GONE - {"contrib"} if not hasattr(tf.compat.v1, name)] == []
