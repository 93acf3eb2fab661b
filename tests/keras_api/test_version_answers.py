"""What each Keras 3 answered to the probes on which they differ, and what our rules say for it.

The answers are recorded by ``scripts/compare_keras.py``, in an environment for each version.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kerasmergelint.keras_api.release_names import named
from kerasmergelint.keras_api.versions import in_order, since
from tests.keras_api.version_answers import REFUSED, Recorded, answer_at, contradictions, ours
from tests.oracle import Raised

FILE = Path(__file__).parent / "version_answers.json"
RECORDED: list[Recorded] = json.loads(FILE.read_text(encoding="utf-8"))


def _title(item: Recorded) -> str:
    probe = item["probe"]
    return str(probe.get("layer") or f"{probe['op']}-{probe['world']}")


@pytest.mark.parametrize("item", RECORDED, ids=_title)
def test_no_version_contradicts_us(item: Recorded) -> None:
    assert not list(contradictions(item))


def test_refusals_that_are_new_are_known() -> None:
    """Otherwise nothing would be said of any version, and nothing could be contradicted."""
    found = {
        _title(item)
        for item in RECORDED
        for versions in [in_order(since("3.0"))]
        if answer_at(item, versions[0]) != REFUSED
        and answer_at(item, versions[-1]) == REFUSED
        and isinstance(ours(item["probe"], versions[-1]), Raised)
        and not isinstance(ours(item["probe"], versions[0]), Raised)
    }
    assert {"MaxPooling2D", "Conv2D", "Conv1DTranspose", "ops.stack-symbolic"} <= found


def test_a_name_tells_the_release_that_brought_it() -> None:
    found = named("from keras import layers\ny = layers.RMSNormalization()(layers.Dense(3)(x))")
    assert found is not None
    assert (found.versions, found.name) == (since("3.9"), "layers.RMSNormalization")


def test_a_module_of_the_program_tells_nothing() -> None:
    assert named("from . import layers\ny = layers.RMSNormalization()(x)") is None


@pytest.mark.oracle
def test_the_keras_beside_us_answers_what_was_recorded() -> None:
    script = FILE.parents[2] / "scripts" / "compare_keras.py"
    done = subprocess.run([sys.executable, script, "check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert done.stdout.endswith(f"{len(RECORDED)} calls, 0 differences\n")
