"""The rooms put together: all tables of the interpreter."""

from __future__ import annotations

from kerasmergelint.tracker.hazards.observers import OBSERVERS
from kerasmergelint.tracker.keras import tables as keras
from kerasmergelint.tracker.keras.subclasses import BASE_CLASSES
from kerasmergelint.tracker.library import configuration
from kerasmergelint.tracker.library import tables as library
from kerasmergelint.tracker.library.registry import star_names
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Semantics, together
from kerasmergelint.tracker.python import tables as python

SEMANTICS: Semantics[Interpreter] = together(
    (python.TABLES, keras.TABLES, library.TABLES, configuration.TABLES),
    base_classes=BASE_CLASSES,
    observers=OBSERVERS,
    star_names=star_names,
)
