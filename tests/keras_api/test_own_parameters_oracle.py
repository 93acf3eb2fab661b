"""Functions refuse arguments that they do not have, in whatever they are called on."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import pytest

from kerasmergelint.keras_api.ops import binding, own_parameters
from kerasmergelint.keras_api.protocol import Broken
from kerasmergelint.keras_api.versions import KerasVersion

FUNCTIONS = sorted(
    name for name in binding.functions() if name.startswith(("ops.", "random.", "tf."))
)
STRANGE = "a_name_of_no_argument"


def _told(name: str, positional: int, keywords: set[str]) -> bool:
    try:
        own_parameters.refuse(name, positional, keywords, KerasVersion.V3)
    except Broken:
        return True
    return False


def _function(name: str) -> Any:
    import keras
    import tensorflow

    root, _, path = name.partition(".")
    if root == "tf":
        try:
            return attrgetter(path)(tensorflow)
        except AttributeError:  # it is in tf.compat.v1 only, and never asked about
            return None
    return attrgetter(name)(keras)


@pytest.mark.oracle
@pytest.mark.parametrize("name", FUNCTIONS)
def test_arguments_that_do_not_fit(name: str) -> None:
    function = _function(name)
    signature = binding.parameters(name, KerasVersion.V3)
    assert signature is not None
    if function is None:
        return
    required = [parameter.name for parameter in signature.named if parameter.required]
    given = dict.fromkeys(required)
    if _told(name, 0, {*given, STRANGE}):
        with pytest.raises(TypeError):
            function(**given, **{STRANGE: None})
    if required and signature.rest is None and _told(name, 0, set()):
        with pytest.raises(TypeError):
            function()
    many = len(signature.first) + 1
    if _told(name, many, set()):
        with pytest.raises(TypeError):
            function(*[None] * many)
