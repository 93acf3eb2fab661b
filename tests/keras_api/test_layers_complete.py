"""Every public name of ``keras.layers`` has an entry, and every entry is drawn against Keras."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kerasmergelint.keras_api import merges
from kerasmergelint.keras_api.layers import find
from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.keras_api.signatures import DATA
from tests.keras_api.layer_draws import CASES
from tests.oracle import keras_of

pytestmark = pytest.mark.oracle
VERSIONS = [KerasVersion.V3, KerasVersion.V2]

NO_LAYERS = {
    "InputSpec": "describes inputs",
    "Input": "makes a tensor",
    "serialize": "turns a layer into a dict",
    "deserialize": "turns a dict into a layer",
    "experimental": "a module",
    "AbstractRNNCell": "abstract: a program's own cells derive from it",
}
NOT_DRAWN = {
    "Layer": "the base class",
    "Wrapper": "the base class of wrappers",
    "InputLayer": "is not called",
    "Lambda": "its function is evaluated by the tracker",
    "JaxLayer": "needs JAX",
    "FlaxLayer": "needs Flax",
    "TorchModuleWrapper": "needs PyTorch",
    "TFSMLayer": "needs a saved model",
    "DenseFeatures": "needs feature columns",
    "MaxNumBoundingBoxes": "takes a dict of boxes, and is not modelled",
}


def public(package: Any) -> list[str]:
    return [name for name in sorted(dir(package.layers)) if not name.startswith("_")]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_public_name_has_an_entry(version: KerasVersion) -> None:
    package = keras_of(version)
    missing = [
        name
        for name in public(package)
        if name not in NO_LAYERS and name not in merges.FUNCTIONS and find(name, version) is None
    ]
    assert not missing


@pytest.mark.parametrize("version", VERSIONS)
def test_every_layer_is_drawn(version: KerasVersion) -> None:
    package = keras_of(version)
    titles = {(title.partition("(")[0], v) for title, case in CASES.items() for v in case.versions}
    drawn = {getattr(package.layers, name, None) for name, v in titles if v is version}
    missing = [
        name
        for name in public(package)
        if isinstance(getattr(package.layers, name), type)
        and name not in NO_LAYERS
        and name not in NOT_DRAWN
        and getattr(package.layers, name) not in drawn
    ]
    assert not missing


@pytest.mark.parametrize("version", VERSIONS)
def test_exceptions_are_still_there(version: KerasVersion) -> None:
    names = set(public(keras_of(KerasVersion.V3))) | set(public(keras_of(KerasVersion.V2)))
    assert set(NO_LAYERS) | set(NOT_DRAWN) <= names


def test_signatures_are_those_of_the_installed_keras() -> None:
    script = _script("generate_signatures")
    for version in VERSIONS:
        stored = json.loads((DATA / f"signatures_v{int(version)}.json").read_text())
        assert script.tables()[int(version)] == stored, "run scripts/generate_signatures.py"
    stored = json.loads((DATA / "object_signatures.json").read_text())
    assert script.objects() == stored, "run scripts/generate_signatures.py"


def _script(name: str) -> ModuleType:
    path = Path(__file__).parent.parent.parent / "scripts" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
