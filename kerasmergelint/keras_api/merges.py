"""The functional forms of the merge layers: ``concatenate([a, b])`` makes a layer, and calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kerasmergelint.keras_api.layers.merge_inputs import wrong_operands
from kerasmergelint.keras_api.versions import KerasVersion

# The class of the layer that each function makes.
FUNCTIONS = {
    "add": "Add", "subtract": "Subtract", "multiply": "Multiply", "average": "Average",
    "maximum": "Maximum", "minimum": "Minimum", "concatenate": "Concatenate", "dot": "Dot",
}  # fmt: skip
_ARGUMENTS = {"concatenate": ("axis",), "dot": ("axes", "normalize")}


def bind_function(
    name: str, args: Sequence[object], kwargs: Mapping[str, object], version: KerasVersion
) -> tuple[object, dict[str, object]]:
    """The inputs of a call, and the configuration of the layer."""
    names = ("inputs", *_ARGUMENTS.get(name, ()))
    if len(args) > len(names):
        detail = f"takes one list of tensors, got {len(args)} arguments"
        raise wrong_operands(detail, "TypeError", hint="put the tensors into one list")
    bound = {**dict(zip(names, args)), **kwargs}
    if "inputs" not in bound:
        raise wrong_operands("is called without inputs", "TypeError")
    inputs = bound.pop("inputs")
    if name == "dot":
        bound.setdefault("axes", -1)
    return inputs, bound
