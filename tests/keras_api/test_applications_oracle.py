"""``keras.applications`` by our data, and as Keras 3 and Keras 2 build them: every layer by name.

By default a few models of each version are built, one of each family.  ``KML_APPLICATIONS=all`` builds all
of them, ``KML_APPLICATIONS=ResNet50,VGG16`` only these, each with all arguments; that takes half an hour.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from unittest import mock

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program.analysis import evaluate
from tests.keras_api.test_models_oracle import PACKAGES, as_plain, tracked

pytestmark = pytest.mark.oracle
ASKED = os.environ.get("KML_APPLICATIONS", "")
BARE = {"include_top": False, "input_shape": (96, 80, 3)}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "with its top": {},
    "without": BARE,
    "of any size": {"include_top": False},
    "avg": {**BARE, "pooling": "avg"},
    "max": {**BARE, "pooling": "max"},
    "classes": {"classes": 7},
    "no preprocessing": {**BARE, "include_preprocessing": False},
    "alpha": {**BARE, "alpha": 0.75},
    "minimalistic": {**BARE, "minimalistic": True},
}
# In the short run: the name, the arguments, and the versions.
FEW = [
    ("VGG16", "of any size", (2, 3)),
    ("ResNet50", "avg", (2, 3)),
    ("ResNet50V2", "of any size", (3,)),
    ("DenseNet121", "max", (2,)),
    ("EfficientNetB0", "without", (2, 3)),
    ("EfficientNetV2B0", "no preprocessing", (3,)),
    ("MobileNet", "classes", (2, 3)),
    ("MobileNetV2", "alpha", (3,)),
    ("MobileNetV3Small", "minimalistic", (2, 3)),
    ("MobileNetV3Small", "without", (2,)),
    ("ConvNeXtTiny", "no preprocessing", (3,)),
    ("ConvNeXtTiny", "with its top", (2,)),
    ("Xception", "without", (3,)),
    ("RegNetX002", "without", (2,)),
    ("RegNetY002", "with its top", (2,)),
    ("ResNetRS50", "avg", (2,)),
]


def package_of(version: int) -> Any:
    import keras
    import tf_keras

    return keras if version == 3 else tf_keras


def builder(name: str, version: int) -> Any:
    return getattr(package_of(version).applications, name)


def cases() -> Iterator[tuple[str, str, int]]:
    if not ASKED:
        for name, arguments, versions in FEW:
            for version in versions:
                yield name, arguments, version
        return
    for version in PACKAGES:
        for name in dir(package_of(version).applications):
            wanted = ASKED == "all" or name in ASKED.split(",")
            if not name[0].isupper() or not wanted:
                continue
            parameters = inspect.signature(builder(name, version)).parameters
            for title, arguments in ARGUMENTS.items():
                if set(arguments) <= set(parameters):
                    yield name, title, version


def text_of(name: str, arguments: dict[str, Any], version: int) -> str:
    keywords = {"weights": None, **arguments}
    written = ", ".join(f"{key}={value!r}" for key, value in keywords.items())
    return (
        f"from {PACKAGES[version]}.applications import {name}\n"
        f"model = {name}({written})\n"
        "RESULT = [\n"
        "    model.name, model.output.shape, model.count_params(),\n"
        "    [layer.name for layer in model.layers][1:],\n"
        "    [model.get_layer(layer.name).output.shape for layer in model.layers],\n"
        "]\n"
    )


def real(text: str, version: int) -> Any:
    """The models themselves, with zeros for weights."""
    import tensorflow as tf

    def zeros(initializer: Any, shape: Any, dtype: Any = None, **more: Any) -> Any:
        return tf.zeros(shape, dtype or "float32")

    package = package_of(version)
    package.backend.clear_session()
    scope: dict[str, Any] = {"__name__": "program"}
    with ExitStack() as stack:
        for name in ("VarianceScaling", "RandomNormal", "TruncatedNormal"):
            owner = getattr(package.initializers, name)
            stack.enter_context(mock.patch.object(owner, "__call__", zeros))
        exec(compile(text, "program.py", "exec"), scope)
    return as_plain(scope["RESULT"])


@pytest.mark.parametrize(("name", "title", "version"), cases())
def test_as_keras_builds_it(name: str, title: str, version: int) -> None:
    compare(name, ARGUMENTS[title], version)


@pytest.mark.parametrize("version", [2, 3])
def test_padding_by_parity_of_open_rows(version: int) -> None:
    # Keras looks at the rows alone: where they are open, columns count as even, too.
    compare("MobileNetV2", {"include_top": False, "input_shape": (None, 65, 3)}, version)


def test_open_sizes_where_other_layers_are_built() -> None:
    # NASNet of open sizes fails on whatever it is given; the recorded graph works on some sizes.
    text = text_of("NASNetMobile", {"include_top": False, "input_shape": (None, None, 3)}, 3)
    assert not check_source(text, "/program.py", Settings(keras_version="3", enabled=("KML2",)))


def compare(name: str, arguments: dict[str, Any], version: int) -> None:
    """Every layer, by name, as the package builds it."""
    text = text_of(name, arguments, version)
    report = evaluate(text, "program.py", Settings(keras_version=str(version)))
    assert not report.errors and not report.events
    assert report.module is not None
    ours = tracked(report.module.scope.variables["RESULT"])
    theirs = real(text, version)
    assert ours[:3] == theirs[:3]
    assert ours[3] == theirs[3]
    differing = [row for row in zip(["", *ours[3]], ours[4], theirs[4]) if row[1] != row[2]]
    assert not differing


def test_every_application_has_data() -> None:
    from kerasmergelint.keras_api.applications import find
    from kerasmergelint.keras_api.protocol import KerasVersion

    for version in PACKAGES:
        found = [name for name in dir(package_of(version).applications) if name[0].isupper()]
        assert len(found) >= 40
        for name in found:
            application = find(name, {}, KerasVersion(version))
            assert application is not None, (name, version)
            parameters = inspect.signature(builder(name, version)).parameters
            theirs = [p for p in parameters if p != "kwargs"]
            # Keras 2 may have the data of Keras 3, which takes a name last.
            assert list(application.parameters)[: len(theirs)] == theirs
