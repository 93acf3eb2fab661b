"""Models of ``keras.applications``: known by their shapes, not by their layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasmergelint.tracker.graph import Site
from kerasmergelint.tracker.values import Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.interpreter import Interpreter


def construct(
    interp: Interpreter, name: str, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    """``ResNet50(include_top=False, input_shape=(224, 224, 3))``."""
    return interp.unknown(f"the application {name} is not modelled")
