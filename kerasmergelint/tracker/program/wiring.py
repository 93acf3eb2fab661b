"""The rooms put together: all tables of the interpreter."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.tracker.hazards.observers import OBSERVERS
from kerasmergelint.tracker.keras import tables as keras
from kerasmergelint.tracker.keras.subclasses import BASE_CLASSES
from kerasmergelint.tracker.library import configuration, native_bases
from kerasmergelint.tracker.library import tables as library
from kerasmergelint.tracker.library.registry import star_names
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Semantics, together
from kerasmergelint.tracker.python import tables as python
from kerasmergelint.tracker.python.mishaps import after_statement
from kerasmergelint.tracker.values.layers import Making
from kerasmergelint.tracker.values.objects import Instance


def _adopt(interp: Interpreter, instance: Instance, made_with: Making | None) -> None:
    """What an instance gets from a base class of Keras, or of another library."""
    BASE_CLASSES.adopt(interp, instance, made_with)
    native_bases.adopt(interp, instance)


SEMANTICS: Semantics[Interpreter] = together(
    (python.TABLES, keras.TABLES, library.TABLES, configuration.TABLES),
    base_classes=replace(BASE_CLASSES, adopt=_adopt),
    observers=OBSERVERS,
    star_names=star_names,
    after_bug=after_statement,
)
