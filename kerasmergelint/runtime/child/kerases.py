"""The Keras of the child: imported once, before any fork."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import os
import sys
from typing import Any

_LOADED: dict[str, Any] = {}


class Missing(Exception):
    """The interpreter lacks something; the message says what."""


def load(version: str) -> dict[str, str]:
    """Import TensorFlow and a major version of Keras; "none" imports nothing."""
    if version == "none":
        return {}
    if version == "2":
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
    tensorflow = _import("tensorflow")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    keras = _keras_2(tensorflow) if version == "2" else _keras_3(tensorflow)
    _LOADED.update(tensorflow=tensorflow, keras=keras, version=version)
    _LOADED["folders"] = _folders(tensorflow, keras)
    _warm(tensorflow, keras)
    return {"tensorflow": tensorflow.__version__, "keras": keras.__version__}


def _keras_3(tensorflow: object) -> Any:
    keras = _import("keras")
    if not keras.__version__.startswith("3."):
        raise Missing(f"Keras 3 is needed, but Keras {keras.__version__} is installed")
    if keras.config.backend() != "tensorflow":
        raise Missing("Keras runs on a backend other than TensorFlow")
    return keras


def _keras_2(tensorflow: object) -> Any:
    """``tf_keras`` if it exists; before TensorFlow 2.16, ``keras`` itself was Keras 2."""
    try:
        keras = _import("tf_keras")
        sys.meta_path.insert(0, _Alias())
        return keras
    except Missing:
        keras = _import("keras")
        if keras.__version__.startswith("2."):
            return keras
        raise Missing("Keras 2 is needed: pip install tf_keras") from None


class _Alias(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Makes ``import keras`` import ``tf_keras``, which a program for Keras 2 means."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        if name.partition(".")[0] != "keras":
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: object) -> Any:
        return None

    def exec_module(self, module: Any) -> None:
        name = module.__name__
        sys.modules[name] = importlib.import_module(_place_in_tf_keras(name))


_FORMER = {
    "layers": ("merge", "core", "convolutional", "pooling", "normalization", "recurrent",
               "advanced_activations", "embeddings", "noise", "wrappers", "local"),
    "utils": ("np_utils", "vis_utils", "generic_utils", "layer_utils"),
}  # fmt: skip


def _place_in_tf_keras(name: str) -> str:
    """The current place of a module of Keras 2."""
    parts = name.split(".")[1:]
    if len(parts) >= 2 and parts[1] in _FORMER.get(parts[0], ()):
        return f"tf_keras.{parts[0]}"
    if parts[:1] == ["engine"]:
        return ".".join(["tf_keras.src", *parts])
    return ".".join(["tf_keras", *parts])


def _import(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise Missing(f"{name} cannot be imported: {error}") from error


def _warm(tensorflow: Any, keras: Any) -> None:
    """Load now what loads on first use, or every fork would load it again."""
    for name in ("layers", "backend", "models", "applications", "utils"):
        getattr(getattr(tensorflow.keras, name, None), "__name__", None)
        getattr(getattr(keras, name, None), "__name__", None)
    sys.modules.setdefault("tensorflow.keras", tensorflow.keras)


def tensorflow() -> Any:
    return _LOADED["tensorflow"]


def keras() -> Any:
    return _LOADED["keras"]


def version() -> str:
    return str(_LOADED.get("version", "none"))


def owns(filename: str) -> bool:
    """Whether a file in a traceback belongs to Keras or TensorFlow."""
    return filename.startswith(tuple(_LOADED.get("folders", ())))


def _folders(*modules: Any) -> list[str]:
    """The folders of packages, with a trailing separator; ``keras`` counts beside ``tf_keras``."""
    names = {module.__name__.partition(".")[0] for module in modules} | {"keras", "tf_keras"}
    found = (getattr(sys.modules.get(name), "__file__", None) for name in names)
    return [os.path.dirname(path) + os.sep for path in found if path]


def find(path: str) -> Any:
    """Look up ``keras:layers.Add`` or ``tensorflow:concat``; raises AttributeError if there is none.

    ``spelled:keras.losses.mse`` is looked up in the package that it names alone.
    """
    root, _, dotted = path.partition(":")
    if root == "spelled":
        package, _, dotted = dotted.partition(".")
        return _walk(keras() if package == "keras" else tensorflow(), dotted)
    if root == "tensorflow":
        return _walk(tensorflow(), dotted)
    try:
        return _walk(keras(), dotted)
    except AttributeError:
        # Some names exist only in tf.keras.
        return _walk(tensorflow().keras, dotted)


def _walk(start: object, dotted: str) -> Any:
    for name in filter(None, dotted.split(".")):
        start = getattr(start, name)
    return start
