"""The program's own classes and functions, which Keras looks for by name when it makes objects again.

It finds them among the ``custom_objects`` that it is given, and among those that the program registers.
Of a ``.keras`` file, releases before 3.9 imported the module that a class came from instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.module_names import public_names
from kerasmergelint.keras_api.object_names import Kind, finds
from kerasmergelint.keras_api.protocol import KerasVersion, Opaque, Problem, ProblemKind
from kerasmergelint.keras_api.versions import EVERY, Versions, since
from kerasmergelint.tracker.keras.convert import Inner
from kerasmergelint.tracker.keras.model_layers import layers_of
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, leaves
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import ClassV, FunctionV, Instance, is_all_own
from kerasmergelint.tracker.values.training import Compiled
from kerasmergelint.tracker.values.value import Value

# The versions that find nothing in the module of a class.
BY_NAME_ALONE = since("3.9")
LAMBDA = "<lambda>"
# What a loss, a metric, or a function of the program may have the name of.
_SHARE_NAMES = (Kind.LOSS, Kind.METRIC, Kind.ACTIVATION)
_TAKE_CUSTOM_OBJECTS = ("load_model", "model_from_json")


@dataclass(frozen=True, slots=True)
class OwnObject:
    """A class or function by the name that Keras writes down."""

    name: str
    kind: str  # "layer", "model", "loss", "metric", "function"

    @property
    def is_lambda(self) -> bool:
        return self.name == LAMBDA


def within(interp: Interpreter, layer: Value) -> Iterator[OwnObject]:
    """The program's own objects in the configuration of a layer or model."""
    interp.step()
    if isinstance(layer, Instance):
        if layer.layer is not None and not _is_decorated(layer.cls):
            kind = "model" if layer.state.base in ("Model", "Sequential") else "layer"
            yield OwnObject(layer.cls.name, kind)
    elif isinstance(layer, (ModelV, SequentialV)):
        for part in layers_of(interp, layer) or ():
            yield from within(interp, part)
    elif isinstance(layer, LayerV):
        for name, value in layer.config.items():
            yield from _in_argument(interp, name, value)


def _in_argument(interp: Interpreter, name: str, value: object) -> Iterator[OwnObject]:
    if isinstance(value, Inner):
        yield from within(interp, value.layer)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _in_argument(interp, name, item)
    elif isinstance(value, FunctionV):
        yield OwnObject(value.code.name, "function")
    elif name.endswith("activation") and value == Opaque(FunctionV.__name__):
        yield OwnObject("", "activation")


def of_compiling(compiled: Compiled | None) -> Iterator[OwnObject]:
    """Those that a model was compiled with."""
    if compiled is None:
        return
    measured = (("metric", compiled.metrics), ("metric", compiled.weighted_metrics))
    for kind, nest in (("loss", compiled.loss), *measured):
        for value in leaves(nest):
            if isinstance(value, FunctionV):
                yield OwnObject(value.code.name, kind)
            elif isinstance(value, Instance) and not is_all_own(value.cls):
                yield OwnObject(value.cls.name, kind)


def _is_decorated(cls: ClassV) -> bool:
    """Whether something else got hold of a class, such as a function that registers it."""
    return cls.code is None or bool(cls.code.decorators)


def names_of(interp: Interpreter, custom_objects: Value) -> frozenset[Value] | None:
    """The names among the ``custom_objects`` that Keras is given; None if they are not all known."""
    given = interp.resolve(custom_objects)
    if given is None:
        return frozenset()
    if isinstance(given, DictV) and not given.open:
        return frozenset(given.items)
    return None


def unfound(
    interp: Interpreter, objects: Iterator[OwnObject], given: frozenset[Value] | None
) -> OwnObject | None:
    """The first that Keras does not find."""
    if given is None:
        return None
    for one in objects:
        unsure = (not one.name and given) or one.name in given or _has_keras(one.name)
        if not unsure and not interp.registers_name(one.name):
            return one
    return None


@lru_cache(maxsize=512)
def _has_keras(name: str) -> bool:
    """Whether Keras may take an object of its own, which has the same name."""
    return name in (public_names("layers") or ()) or any(
        finds(kind, name, version) for kind in _SHARE_NAMES for version in KerasVersion
    )


def check_copied(interp: Interpreter, action: str, layer: Value, site: Site) -> None:
    """Fail where Keras copies a layer by writing it down and looking for its class by name."""
    if interp.surely(BY_NAME_ALONE):
        compiled = layer.compiled if isinstance(layer, (ModelV, SequentialV)) else None
        objects = chain(within(interp, layer), of_compiling(compiled))
        found = unfound(interp, objects, frozenset())
        if found is not None:
            raise interp.fails(problem(action, found), site)


def problem(action: str, one: OwnObject) -> Problem:
    """The problem that Keras does not find an object of the program's own."""
    if one.is_lambda:
        loads = action == "load_model"
        return Problem(
            ProblemKind.SERIALIZATION,
            "ValueError",
            f"{action}: Keras makes no lambda of what was written down",
            hint="write a named function, and register it"
            + (", or pass `safe_mode=False`" if loads else ""),
        )
    name = f" `{one.name}`" if one.name else ""
    return Problem(
        ProblemKind.SERIALIZATION,
        "TypeError",
        f"{action}: Keras does not find the program's own {one.kind}{name}",
        hint="decorate it with `@keras.saving.register_keras_serializable()`"
        + (", or pass it in `custom_objects`" if action in _TAKE_CUSTOM_OBJECTS else ""),
    )


def certain_for(path: Value) -> Versions:
    """The versions that certainly look only among registered and given objects, for such a file."""
    if isinstance(path, str):
        if path.endswith((".h5", ".hdf5")):
            return EVERY
        if path.endswith(".keras"):
            return BY_NAME_ALONE
    return frozenset()
