"""Integers and floats in one merge."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api import differences
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, HazardKind
from kerasmergelint.tracker.hazards.operands import Operands
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.graph import TensorV


def mixed_dtypes(interp: Interpreter, operands: Operands) -> Iterator[Hazard]:
    """Integers and floats together: Keras 3 converts them, Keras 2 refuses."""
    classes = [(index, _number_class(tensor)) for index, tensor, _ in operands]
    integer = next((index for index, name in classes if name == "int"), None)
    floating = next((index for index, name in classes if name == "float"), None)
    if integer is None or floating is None:
        return
    refused = interp.surely(differences.REFUSES_MIXED_DTYPES)
    yield Hazard(
        HazardKind.MIXED_DTYPES,
        "an integer and a floating operand: "
        + ("Keras 2 refuses to mix them" if refused else "Keras 3 converts, Keras 2 refuses"),
        (integer, floating),
        hint="cast one of them, or embed the integers",
        sure=refused,
    )


_FLOATING, _TYPED = Kind.FLOATING, Kind.INPUT | Kind.CAST


def _number_class(tensor: TensorV) -> str | None:
    """``int`` or ``float`` if certain; most rules do not follow dtypes that far."""
    node = tensor.node
    if node is None:
        return None
    if node.kind.is_any(_FLOATING):
        return "float"
    if not node.kind.is_any(_TYPED):
        return None
    dtype = tensor.spec.dtype or ""
    if dtype.startswith(("int", "uint")):
        return "int"
    return "float" if dtype.startswith(("float", "bfloat")) else None
