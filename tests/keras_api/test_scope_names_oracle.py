"""Names of layers that a functional model calls, against both Kerases: Keras 2 makes scopes of them."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.layers.base_class import refused_name, refused_scope
from kerasmergelint.keras_api.protocol import KerasVersion
from tests.oracle import keras_of

pytestmark = pytest.mark.oracle
NAMES = ("_a", "-a", "/a", ">a", ".a", "1a", "a b", "a-b", "a/b", "a//b", "a/", "a:b", "a,b", "a+b", "a(b)",
         "a&b", "a@b", "a=b", "a[0]", "a>b", "a\\b", "a_b", "a\n", "ä", "block/_a", " a", "")  # fmt: skip


@pytest.mark.parametrize("version", [KerasVersion.V3, KerasVersion.V2])
@pytest.mark.parametrize("name", NAMES)
def test_like_keras(name: str, version: KerasVersion) -> None:
    layers = keras_of(version).layers
    image = layers.Input((3,))
    try:
        layers.Dense(2, name=name)(image)
    except ValueError:
        works = False
    else:
        works = True
    refused = refused_name(name, version) or refused_scope(name, version)
    assert (refused is None) == works
