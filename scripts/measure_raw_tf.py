"""Measure which TensorFlow and old backend functions refuse Keras tensors under Keras 3.

Run it after an upgrade of Keras or TensorFlow, from the root of the repository::

    python scripts/measure_raw_tf.py

For each function of which the tests know good arguments, one tensor argument at a time becomes a
KerasTensor while the others hold data.  A parameter counts as refused if every good call that has a
tensor there raises because of it.  Other functions are tried with a Keras tensor in the first place,
and count only if the error names it.  ``tf.concat``'s list is written ``values[]``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).parent.parent))

from hypothesis import HealthCheck, given, settings

from kerasmergelint.keras_api.ops import binding, raw_tf
from kerasmergelint.keras_api.protocol import KerasVersion
from tests.keras_api import op_draws
from tests.keras_api.op_answers import GRAPH, Drawn, T, function_of, real, replaced
from tests.oracle import Raised

DATA = Path(__file__).parent.parent / "kerasmergelint" / "keras_api" / "data" / "raw_tf_v3.json"
V3 = KerasVersion.V3
GOOD_CALLS = 6
# What an error says that is about the Keras tensor and nothing else.
TELLING = (
    "KerasTensor cannot be used as input to a TensorFlow function",
    "A KerasTensor is symbolic",
    "object of type 'KerasTensor' has no len()",
    "<class 'keras.src.backend.common.keras_tensor.KerasTensor'>",
    "cannot convert it to a NumPy array",
)
# They ask for a function, a context, or end the process; no tensors are meant.
SKIPPED = ("tf.py_function", "tf.numpy_function", "tf.load_", "tf.group", "tf.device")


def good_calls(name: str, draws: op_draws.Draws) -> list[Drawn]:
    """Calls that work."""
    found: list[Drawn] = []

    @settings(max_examples=40, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(draws)
    def collect(drawn: Drawn) -> None:
        fixed = replaced(drawn, lambda t: T(tuple(2 if d is None else d for d in t.dims), t.dtype))
        wanted = len(found) < GOOD_CALLS and fixed not in found
        # In a graph: with data some kernels end the process when a window does not fit.
        if wanted and not isinstance(real(name, fixed, GRAPH, V3), Raised):
            found.append(fixed)

    collect()
    return found


def places(name: str, drawn: Drawn) -> list[tuple[str, Any]]:
    """Each parameter that holds tensors: its name, and where it stands in the call."""
    args, kwargs = drawn
    found: list[tuple[str, Any]] = []
    for index, (parameter, value) in enumerate(zip(raw_tf.names_of(name, len(args)), args)):
        found += _place(parameter, index, value)
    for key, value in kwargs.items():
        found += _place(key, key, value)
    return found


def _place(parameter: str, where: Any, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, T):
        return [(parameter, where)]
    if isinstance(value, (list, tuple)) and any(isinstance(item, T) for item in value):
        return [(parameter + "[]", where)]
    return []


def refused(name: str, drawn: Drawn, where: Any) -> bool:
    """Whether the call raises because of the Keras tensor at one place."""
    args, kwargs = drawn
    made_args = [
        replaced(value, _keras if index == where else _data) for index, value in enumerate(args)
    ]
    made_kwargs = {
        key: replaced(value, _keras if key == where else _data) for key, value in kwargs.items()
    }
    return raises_for_keras(function_of(name, V3), made_args, made_kwargs)


def raises_for_keras(function: Any, args: Any, kwargs: Any) -> bool:
    try:
        function(*args, **kwargs)
    except Exception as error:
        return any(words in str(error) for words in TELLING) or _misses_attribute(error)
    return False


def _misses_attribute(error: Exception) -> bool:
    """The old backend asks for what a KerasTensor does not have."""
    text = str(error)
    return isinstance(error, AttributeError) and (
        "'KerasTensor' object has no attribute" in text
        or "'tuple' object has no attribute 'rank'" in text
        or "'tuple' object has no attribute 'as_list'" in text
        or "'tuple' object has no attribute 'ndims'" in text
        or "'str' object has no attribute 'base_dtype'" in text
    )


def _keras(tensor: T) -> Any:
    import keras

    return keras.KerasTensor((None, *tensor.dims[1:]) if tensor.dims else (), tensor.dtype)


def _data(tensor: T) -> Any:
    import tensorflow as tf

    return tf.zeros(tensor.dims, tensor.dtype)


def measure_known(name: str, draws: op_draws.Draws) -> tuple[list[str], list[str]]:
    """The parameters that refuse Keras tensors, and those that do not."""
    verdicts: dict[str, set[bool]] = {}
    for drawn in good_calls(name, draws):
        for parameter, where in places(name, drawn):
            verdicts.setdefault(parameter, set()).add(refused(name, drawn, where))
    yes = [parameter for parameter, found in verdicts.items() if found == {True}]
    return yes, [parameter for parameter in verdicts if parameter not in yes]


def measure_unknown(name: str) -> list[str]:
    """Functions without draws: a Keras tensor, and data for what else they ask for."""
    import keras
    import tensorflow as tf

    function = function_of(name, V3)
    signature = binding.parameters(name, V3)
    required = [] if signature is None else [it.name for it in signature.named if it.required]
    if function is None or not 1 <= len(required) <= 4:
        return []
    tensors = [keras.KerasTensor((None, 4, 4)), *[tf.zeros((2, 4, 4))] * (len(required) - 1)]
    return [required[0]] if raises_for_keras(function, tensors, {}) else []


def measure() -> dict[str, Any]:
    import keras
    import tensorflow as tf

    table = op_draws.table()
    raises: dict[str, list[str]] = {}
    works: list[str] = []
    for plain in sorted(binding.functions()):
        space = plain.partition(".")[0]
        name = plain.replace("K3.", "K.", 1)
        if space not in ("tf", "K3", "random") or name.startswith(SKIPPED):
            continue
        if name in table:
            yes, no = measure_known(name, table[name])
        else:
            yes, no = measure_unknown(name), []
        if yes:
            raises[plain] = sorted(yes)
        if no:
            works.append(plain)
    return {
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "raises": raises,
        "works": sorted(works),
    }


def main() -> int:
    measured = measure()
    lines = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(places)}" for name, places in measured["raises"].items()
    )
    head = {key: measured[key] for key in ("keras", "tensorflow", "works")}
    text = json.dumps(head, indent=1)[:-2] + ',\n "raises": {\n' + lines + "\n }\n}\n"
    DATA.write_text(text, encoding="utf-8")
    print(f"{len(measured['raises'])} raise, {len(measured['works'])} do not")
    return 0


if __name__ == "__main__":
    sys.exit(main())
