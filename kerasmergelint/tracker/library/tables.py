"""What libraries make of their names, of arrays and of numbers: this room's share of the tables."""

from __future__ import annotations

from kerasmergelint.tracker.library import numeric, registry, tensors
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Tables
from kerasmergelint.tracker.python.builtins.methods import methods
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.value import External

TABLES: Tables[Interpreter] = Tables(
    call={External: registry.call},
    attribute={
        External: registry.attribute,
        TensorV: tensors.attribute,
        **dict.fromkeys((int, float), methods(numeric.NUMBER_METHODS)),
    },
    has_attribute={External: registry.has_attribute},
    set_attribute={External: registry.set_attribute},
)
