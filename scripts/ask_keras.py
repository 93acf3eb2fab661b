"""Put probes to the Keras of this environment, whichever it is, and write down what it answers.

usage: python ask_keras.py PROBES ANSWERS

Both are JSON; the answers stand under ``answers``, and public names under ``names``.  A probe calls one
layer on symbolic tensors, or one op in one world (see ``tests/keras_api/version_probes.py`` for how they are
written).  An answer is a tensor as ``[dims, dtype]`` under the key ``t``, a nest of such, a plain value,
``{"raised": "ValueError"}``, or ``"absent"`` where this Keras has no such name.  Nothing but Keras and
TensorFlow is imported: it runs in any environment.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")


class Absent(Exception):
    """This Keras has no such name."""


def decoded(value: Any, tensor: Any, layer: Any) -> Any:
    """A value of a probe: ``tensor`` makes tensors of dims and dtype, ``layer`` layers of name and config."""
    if isinstance(value, list):
        return [decoded(item, tensor, layer) for item in value]
    if not isinstance(value, dict):
        return value
    if "t" in value:
        dims, dtype = value["t"]
        return tensor(tuple(dims), dtype)
    if "tuple" in value:
        return tuple(decoded(item, tensor, layer) for item in value["tuple"])
    if "layer" in value:
        return layer(value["layer"], decoded(value["config"], tensor, layer))
    return {key: decoded(item, tensor, layer) for key, item in value["dict"].items()}


def layer(name: str, config: dict[str, Any]) -> Any:
    import keras

    found = getattr(keras.layers, name, None)
    if found is None:
        raise Absent
    return found(**config)


def shape_and_dtype(tensor: Any) -> tuple[list[Any] | None, str | None]:
    """Those of a tensor, as far as Keras knows them."""
    import keras

    shape = tensor.shape
    known = isinstance(shape, tuple) or shape.rank is not None
    try:
        dtype = keras.backend.standardize_dtype(tensor.dtype)
    except ValueError:
        dtype = None
    return list(shape) if known else None, dtype


def described(result: Any) -> Any:
    """An answer as JSON has it."""
    if isinstance(result, (list, tuple)) and type(result).__name__ != "TensorShape":
        return [described(item) for item in result]
    if isinstance(result, dict):
        return {"dict": {str(key): described(item) for key, item in result.items()}}
    if hasattr(result, "shape") and hasattr(result, "dtype"):
        return {"t": list(shape_and_dtype(result))}
    return result if isinstance(result, (int, float, str, bool, type(None))) else repr(type(result))


def asked(probe: dict[str, Any]) -> Any:
    """What Keras answers to one probe."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return described(layer_answer(probe) if "layer" in probe else op_answer(probe))
    except Absent:
        return "absent"
    except Exception as error:
        return {"raised": type(error).__name__}


def layer_answer(probe: dict[str, Any]) -> Any:
    import keras

    def symbolic(dims: Any, dtype: str) -> Any:
        return keras.KerasTensor(dims, dtype=dtype)

    def given(key: str) -> Any:
        return decoded(probe[key], symbolic, layer)

    return layer(probe["layer"], given("config"))(given("inputs"), **given("arguments"))


def op_answer(probe: dict[str, Any]) -> Any:
    import keras
    import tensorflow as tf
    from tensorflow.python.framework.func_graph import FuncGraph

    function: Any = keras
    for part in probe["op"].split("."):
        function = getattr(function, part, None)
        if function is None:
            raise Absent
    worlds = {
        "symbolic": lambda dims, dtype: keras.KerasTensor(dims, dtype),
        "graph": lambda dims, dtype: tf.compat.v1.placeholder(dtype, dims),
    }
    with FuncGraph("scratch").as_default():
        tensor = worlds[probe["world"]]
        args = decoded(probe["args"], tensor, layer)
        return function(*args, **decoded(probe["kwargs"], tensor, layer))


def names() -> list[str]:
    """The public names that tell a version."""
    import keras

    found = []
    for space in ("layers", "ops", "activations", "random"):
        module = getattr(keras, space)
        found += [f"{space}.{name}" for name in dir(module) if not name.startswith("_")]
    return found


def main() -> int:
    with open(sys.argv[1], encoding="utf-8") as stream:
        probes = json.load(stream)
    told = {"answers": [asked(probe) for probe in probes], "names": names()}
    with open(sys.argv[2], "w", encoding="utf-8") as stream:
        json.dump(told, stream)
    return 0


if __name__ == "__main__":
    sys.exit(main())
