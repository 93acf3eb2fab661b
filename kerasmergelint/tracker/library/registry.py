"""Looking up what a dotted name of a library means."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kerasmergelint.keras_api.absent import absent
from kerasmergelint.keras_api.star_imports import star_names
from kerasmergelint.tracker.library import (
    argument_parser,
    array_functions,
    collections,
    keras,
    numeric,
    standard,
    tensors,
)
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.python.builtins import containers, strings
from kerasmergelint.tracker.python.builtins import functions as builtins
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.terms import opaque
from kerasmergelint.tracker.values.values import (
    DictV,
    External,
    GeneratorV,
    Instance,
    IteratorV,
    ListV,
    NativeV,
    SetV,
    TensorV,
    UnknownV,
    Value,
)

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter
    from kerasmergelint.tracker.values.graph import Site

Native = Callable[["Interpreter", list[Value], dict[str, Value], "Site"], Value]

_FUNCTIONS: dict[str, Native] = {
    **builtins.FUNCTIONS,
    **array_functions.FUNCTIONS,
    **standard.FUNCTIONS,
    **argument_parser.FUNCTIONS,
    **numeric.FUNCTIONS,
    **collections.FUNCTIONS,
    **keras.FUNCTIONS,
}
_CONSTANTS: dict[str, Any] = {**standard.CONSTANTS, **numeric.CONSTANTS, **keras.CONSTANTS}

_CHANGES_NOTHING = frozenset(
    {"numpy", "tensorflow", "keras", "tf_keras", "os", "sys", "math", "json", "logging", "pandas",
     "matplotlib", "sklearn", "cv2", "time", "pathlib", "glob", "re", "warnings", "pprint",
     "argparse", "pickle", "h5py", "skimage", "PIL", "scipy", "tqdm", "inspect", "typing"}
)  # fmt: skip


def _bounded_method(
    interp: Interpreter,
    method: Any,
    value: Value,
    args: list[Value],
    keywords: dict[str, Value],
    site: Site,
) -> Value:
    """A method of a builtin type; neither its result nor the value itself may grow too large."""
    result = limits.bounded(interp, method(interp, value, args, keywords, site))
    limits.trim(value)
    return result


class Library:
    """The doors of the library rooms.

    ``patched`` are the names that the program itself gives to modules of a library.
    """

    def __init__(self) -> None:
        self.patched: set[str] = set()

    def builtin(self, name: str) -> Value | None:
        """A builtin name, or None."""
        return External(name) if name in builtins.NAMES else None

    def call(
        self,
        interp: Interpreter,
        callee: External,
        args: list[Value],
        keywords: dict[str, Value],
        site: Site,
    ) -> Value:
        """A function or class of a library."""
        dotted = callee.dotted
        native, of_keras = _meaning(dotted)
        if native is not None:
            return limits.bounded(interp, native(interp, args, keywords, site))
        if of_keras:
            found = keras.call(interp, dotted, args, keywords, site)
            if found is not NotImplemented:
                return found
        if normal(dotted).startswith("numpy."):
            return array_functions.through_op(normal(dotted).removeprefix("numpy."))(
                interp, args, keywords, site
            )
        if dotted.partition(".")[0] not in _CHANGES_NOTHING:
            for value in (*args, *keywords.values()):
                interp.forget(value, f"passed to {dotted}")
        return UnknownV(f"{dotted} is not modelled", opaque((dotted, interp.opaque_term()[1])))

    def member(self, interp: Interpreter, owner: External, name: str, site: Site) -> Value:
        """``owner.name``."""
        value, missing = _member(owner.dotted, name)
        if missing:
            keras.check_name(interp, value.dotted, site)
        return value

    def import_star(self, interp: Interpreter, module: External, scope: Scope) -> None:
        """``from library import *``: the names are known for Keras and math."""
        names = star_names(module.dotted, interp.version)
        if names is None:
            scope.open = True
            return
        for name in names:
            scope.variables[name] = module.child(name)

    def method(self, interp: Interpreter, value: Value, name: str, site: Site) -> Value:
        """A method or attribute of a builtin type."""
        table: dict[str, Any] = {}
        if isinstance(value, str):
            table = strings.METHODS
        elif isinstance(value, ListV):
            table = containers.LIST_METHODS
        elif isinstance(value, DictV):
            table = containers.DICT_METHODS
        elif isinstance(value, SetV):
            table = containers.SET_METHODS
        elif isinstance(value, tuple):
            table = containers.TUPLE_METHODS
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            table = numeric.NUMBER_METHODS
        elif isinstance(value, (IteratorV, GeneratorV)):
            table = containers.ITERATOR_METHODS
        method = table.get(name)
        if method is not None:
            return NativeV(
                name, lambda again, a, k, s: _bounded_method(again, method, value, a, k, s)
            )
        if value is None:
            raise interp.raised("AttributeError", f"'NoneType' object has no attribute '{name}'")
        return interp.unknown(f"the attribute {name} of a {type(value).__name__}")

    def tensor_attribute(
        self, interp: Interpreter, tensor: TensorV, name: str, site: Site
    ) -> Value:
        return tensors.attribute(interp, tensor, name, site)

    def any_item(self, interp: Interpreter, iterable: Value) -> Value:
        """Any one item of an iterable whose items are not all known."""
        return containers.any_item(interp, iterable)

    def delete_item(self, interp: Interpreter, container: Value, index: Value) -> None:
        containers.delete_item(interp, container, index)

    def record_method(self, interp: Interpreter, instance: Instance, name: str) -> Value:
        return collections.record_method(interp, instance, name)


@lru_cache(maxsize=4096)
def _meaning(dotted: str) -> tuple[Native | None, bool]:
    """Our function for a dotted name, and whether the name belongs to Keras or TensorFlow."""
    return _FUNCTIONS.get(normal(dotted)), keras.is_keras(dotted)


@lru_cache(maxsize=4096)
def _member(owner: str, name: str) -> tuple[Value, bool]:
    """A member of a library, and whether it is a name that no Keras has."""
    dotted = f"{owner}.{name}"
    if normal(dotted) in _CONSTANTS:
        return _CONSTANTS[normal(dotted)], False
    return External(dotted), keras.is_keras(dotted) and absent(dotted) is not None


@lru_cache(maxsize=4096)
def normal(dotted: str) -> str:
    """One spelling for the several names of the same function."""
    for prefix, plain in _PREFIXES:
        if dotted.startswith(prefix):
            return plain + dotted[len(prefix) :]
    return dotted


_PREFIXES = (
    ("tensorflow.experimental.numpy.", "numpy."),
    ("np.", "numpy."),
    ("builtins.", ""),
    ("six.moves.", ""),
)
