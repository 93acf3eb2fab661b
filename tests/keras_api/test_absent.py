"""Names that no Keras has, told from names that some Keras may have."""

from __future__ import annotations

import importlib

import pytest

from kerasmergelint.keras_api.absent import absent, nearest


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Concatenat", "Concatenate"),
        ("Conv2d", "Conv2D"),
        ("Flaten", "Flatten"),
        ("BatchNormalisation", "BatchNormalization"),
        ("Maxpooling2D", "MaxPooling2D"),
        ("Embeddings", "Embedding"),
        ("Substract", "Subtract"),
    ],
)
def test_misspelt(name: str, meant: str) -> None:
    found = absent(f"tensorflow.keras.layers.{name}")
    assert found is not None
    assert found.instead == f"did you mean {meant}?"
    assert not found.removed


@pytest.mark.parametrize(
    "name",
    ["Conv4D", "Convolution2D", "CuDNNLSTM", "BatchNormalizationV1", "RMSNorm", "core", "dense", "Highway",
     "GroupedQueryAttention", "AdaptiveAveragePooling2D", "TFSMLayer", "Dense", "Add", "MaxPool2D"],
)  # fmt: skip
def test_may_be_there(name: str) -> None:
    assert absent(f"keras.layers.{name}") is None


def test_dimensions_are_no_slips() -> None:
    assert nearest("Conv4D") is None
    assert nearest("MaxPooling4D") is None


@pytest.mark.parametrize(
    "dotted", ["keras.layers.core.Concatenat", "mylib.layers.Concatenat", "keras.Concatenat"]
)
def test_other_places_are_not_ours(dotted: str) -> None:
    assert absent(dotted) is None


def test_keras_1() -> None:
    found = absent("keras.layers.merge")
    assert found is not None
    assert found.removed


@pytest.mark.oracle
@pytest.mark.parametrize("version", ["2", "3"])
def test_the_list_of_names_is_that_of_the_installed_keras(version: str) -> None:
    import json

    from scripts import generate_layer_names

    stored = json.loads(
        (generate_layer_names.DATA / "layer_names.json").read_text(encoding="utf-8")
    )
    assert stored[version] == generate_layer_names.names()[version]


@pytest.mark.parametrize(
    "dotted", ["keras.regularizers.activity_l2", "keras.utils.visualize_util.plot"]
)
def test_keras_1_elsewhere(dotted: str) -> None:
    found = absent(dotted)
    assert found is not None
    assert found.removed


@pytest.mark.parametrize(
    "dotted", ["keras.regularizers.l2", "keras.constraints.maxnorm", "keras.utils.plot"]
)
def test_elsewhere_it_may_be_there(dotted: str) -> None:
    assert absent(dotted) is None


@pytest.mark.oracle
@pytest.mark.parametrize("root", ["keras", "tf_keras"])
def test_what_keras_1_had_elsewhere_is_gone(root: str) -> None:
    from kerasmergelint.keras_api.absent import _KERAS_1_ELSEWHERE

    there = [path for path in _KERAS_1_ELSEWHERE if _has(root, path)]
    assert there == []


def _has(root: str, path: str) -> bool:
    module, _, name = f"{root}.{path}".rpartition(".")
    try:
        return hasattr(importlib.import_module(module), name)
    except ImportError:
        return False
