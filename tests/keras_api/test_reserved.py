"""The attributes that Keras reserves: the data file against the installed Keras."""

from __future__ import annotations

import json

import pytest

from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.keras_api.reserved import is_reserved
from scripts import measure_reserved


@pytest.mark.oracle
def test_the_data_file_is_what_keras_does_now() -> None:
    stored = json.loads((measure_reserved.DATA / "reserved.json").read_text(encoding="utf-8"))
    assert stored == measure_reserved.measure()


@pytest.mark.parametrize("version", list(KerasVersion))
@pytest.mark.parametrize("base", ["Layer", "Model", "Sequential", "Dense"])
def test_what_everybody_stumbles_over(base: str, version: KerasVersion) -> None:
    for name in ("weights", "input", "output", "losses", "metrics", "dtype", "variables"):
        assert is_reserved(name, base, version)
    for name in ("units", "filters", "_weights", "trainable", "built"):
        assert not is_reserved(name, base, version)


def test_versions_differ() -> None:
    assert is_reserved("output_shape", "Layer", KerasVersion.V2)
    assert not is_reserved("output_shape", "Layer", KerasVersion.V3)
    assert is_reserved("layers", "Model", KerasVersion.V3)
    assert not is_reserved("layers", "Layer", KerasVersion.V3)


def test_what_old_keras_let_layers_set() -> None:
    assert is_reserved("trainable_weights", "Layer", KerasVersion.V3)
    assert not is_reserved("trainable_weights", "Layer", KerasVersion.V2)
