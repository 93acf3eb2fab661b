"""Names that only Keras 2 has: the real packages lack exactly these."""

from __future__ import annotations

import importlib
from operator import attrgetter
from types import ModuleType

import pytest

from kerasmergelint.keras_api.gone import gone, gone_module
from kerasmergelint.keras_api.module_names import _tables

MODULES = _tables("modules.json")["2"]


def public(package: str) -> ModuleType:
    if package == "keras":
        return importlib.import_module("keras")
    found: ModuleType = importlib.import_module("tensorflow").keras
    return found


@pytest.mark.oracle
@pytest.mark.parametrize("package", ["keras", "tensorflow.keras"])
def test_the_names_of_keras_2_that_keras_3_lacks(package: str) -> None:
    """A name is told to be gone if and only if its module is there, and does not have it."""
    root = public(package)
    wrong = []
    for room, names in MODULES.items():
        try:
            module = attrgetter(room)(root) if room else root
        except AttributeError:
            continue
        for name in names:
            told = gone(f"{package}.{room}.{name}".replace("..", ".")) is not None
            if told == hasattr(module, name) and name not in ("src", "saving"):
                wrong.append(f"{room}.{name}")
    assert not wrong


@pytest.mark.oracle
@pytest.mark.parametrize("package", ["keras", "tensorflow.keras"])
@pytest.mark.parametrize(
    "module",
    ["layers.core", "layers.experimental", "engine.topology", "utils.np_utils", "wrappers.scikit_learn",
     "layers.experimental.preprocessing", "preprocessing.text", "preprocessing.image", "utils",
     "optimizers.schedules", "optimizers.legacy", "applications.regnet", "datasets.mnist"],
)  # fmt: skip
def test_modules_that_an_import_does_not_find(package: str, module: str) -> None:
    public(package)  # TensorFlow finds its Keras once it was asked for
    dotted = f"{package}.{module}"
    if gone_module(dotted) is None:
        assert importlib.import_module(dotted)
    else:
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module(dotted)


@pytest.mark.parametrize(
    ("dotted", "told"),
    [
        ("keras.backend.square", "use keras.ops.square"),
        ("keras.backend.permute_dimensions", "use keras.ops.transpose"),
        ("keras.losses.mse", "use losses.mean_squared_error"),
        ("tensorflow.keras.losses.mean_squared_error", "use losses.MSE"),
        ("keras.layers.core", "import from keras.layers"),
        ("keras.layers.LocallyConnected1D", None),
    ],
)
def test_what_to_use_instead(dotted: str, told: str | None) -> None:
    found = gone(dotted)
    assert found is not None
    assert found.instead == told


@pytest.mark.parametrize("dotted", ["keras.ops.Foo", "tf_keras.backend.mean", "keras", "numpy"])
def test_other_names(dotted: str) -> None:
    assert gone(dotted) is None
    assert gone_module(dotted) is None


@pytest.mark.oracle
def test_what_is_named_instead_is_there() -> None:
    keras = public("keras")
    found = [gone(f"keras.{room}.{name}") for room, names in MODULES.items() for name in names]
    words = {word.strip(",") for one in found if one for word in (one.instead or "").split()}
    named = {word.removeprefix("keras.") for word in words if word.count(".") and word[0] in "klm"}
    assert len(named) > 50
    assert [name for name in named if not attrgetter(name)(keras)] == []
