"""What constructors raise for an argument that they do not have."""

from __future__ import annotations

import inspect
import warnings
from typing import Any

import pytest

from kerasmergelint.keras_api.layers import find
from kerasmergelint.keras_api.protocol import Broken, KerasVersion
from tests.oracle import keras_of

pytestmark = pytest.mark.oracle
INSTALLED = (KerasVersion.V2, KerasVersion.V3)
# Their constructors need something else that is not installed, or ask for it first.
LEFT_OUT = ("FlaxLayer", "JaxLayer", "STFTSpectrogram", "InputLayer", "AbstractRNNCell")


def layer_names(version: KerasVersion) -> list[str]:
    layers = keras_of(version).layers
    classes = {name: getattr(layers, name) for name in dir(layers)}
    return [
        name
        for name, cls in classes.items()
        if inspect.isclass(cls) and issubclass(cls, layers.Layer) and name not in LEFT_OUT
    ]


def required(cls: Any, layers: Any) -> dict[str, Any]:
    """Something for each argument that must be given."""
    parameters = list(inspect.signature(cls.__init__).parameters.values())[1:]
    names = [
        p.name
        for p in parameters
        if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    ]
    inner = {"cell": layers.LSTMCell(2), "cells": [layers.LSTMCell(2)], "layer": layers.LSTM(2)}
    return {name: inner.get(name, 2) for name in names}


@pytest.mark.parametrize("version", INSTALLED, ids=lambda version: version.name)
def test_an_argument_that_no_layer_has(version: KerasVersion) -> None:
    layers = keras_of(version).layers
    wrong = []
    for name in layer_names(version):
        cls = getattr(layers, name)
        entry = find(name, version)
        assert entry is not None, name
        arguments = required(cls, layers)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                cls(**arguments, no_such_argument=4)
            theirs = None
        except Exception as error:
            theirs = type(error).__name__
        try:
            entry.signature(version).bind([], {**arguments, "no_such_argument": 4})
            ours = None
        except Broken as broken:
            ours = broken.problem.exception
        silent = name == "HashedCrossing" and ours is None  # Keras 3 takes anything
        if ours != theirs and not silent:
            wrong.append((name, ours, theirs))
    assert not wrong


def _takes(cls: Any, arguments: dict[str, Any]) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cls(**arguments)
    except Exception:
        return False
    return True


def test_the_arguments_that_only_keras_2_has() -> None:
    """Keras 3 refuses them, but for those that a constructor still knows."""
    layers = keras_of(KerasVersion.V3).layers
    refused, wrong = set(), []
    for name in layer_names(KerasVersion.V3):
        cls, entry = getattr(layers, name), find(name, KerasVersion.V3)
        assert entry is not None, name
        arguments = required(cls, layers)
        if not _takes(cls, arguments):
            continue  # what is required is not any number
        older = (
            set(entry.signature(KerasVersion.V2).names) | entry.signature(KerasVersion.V2).elsewhere
        )
        for strange in sorted(older - {*entry.signature(KerasVersion.V3).names, *arguments}):
            try:
                entry.signature(KerasVersion.V3).bind([], {**arguments, strange: None})
            except Broken:
                refused.add((name, strange))
                if _takes(cls, {**arguments, strange: None}):
                    wrong.append((name, strange))
    assert not wrong
    assert refused >= {
        ("Dense", "weights"),
        ("LSTM", "time_major"),
        ("DepthwiseConv2D", "kernel_initializer"),
    }
