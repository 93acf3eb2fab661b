"""Many findings cost little more than one: TensorFlow is imported once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.runtime.confirm import Confirmer, Options
from kerasmergelint.runtime.verdict import Confirmation
from tests.runtime.programs import KERAS

pytestmark = pytest.mark.oracle

FUNCTION = """
def build{number}():
    image = keras.Input(({size}, {size}, 3))
    a = layers.Conv2D({filters}, 3, padding="same", activation="relu")(image)
    b = layers.BatchNormalization()(layers.Conv2D({filters}, 3, strides=2, padding="same")(a))
    c = layers.Conv2D({filters} + 1, 1)(layers.MaxPooling2D(2)(a))
    return keras.Model(image, layers.Add()([b, c]))
"""


def test_a_hundred_findings(tmp_path: Path) -> None:
    with Confirmer(Settings(), Options()) as confirmer:
        files = []
        for file in range(20):
            text = KERAS + "".join(
                FUNCTION.format(number=number, size=32 + file, filters=4 + number)
                for number in range(5)
            )
            files.append(confirmer.lint(text, str(tmp_path / f"net{file}.py")))
        started = time.monotonic()
        verdicts = confirmer.confirm(files)
        seconds = time.monotonic() - started
        imported = confirmer.versions[3]["seconds"]
    found = [item.verdict.confirmation for judged in verdicts.values() for item in judged]
    assert found == [Confirmation.CONFIRMED] * 100
    # Each of these graphs takes less than a tenth of a second to build, on a slow machine.
    assert seconds <= 3 * imported + 100 * 0.1, (seconds, imported)
