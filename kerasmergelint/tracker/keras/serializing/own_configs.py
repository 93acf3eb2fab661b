"""``get_config`` of the program's own layers and models, where it ends at Keras.

From Keras's ``Operation.__new__`` and ``Layer.get_config``, which tests compare with: a class with a
``get_config`` of its own gets the name, whether it is trained, and its type; for others Keras 3
remembers what the constructor was called with, if it is made of numbers, texts, and None.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3, before, since
from kerasmergelint.tracker.keras import dtypes
from kerasmergelint.tracker.keras.configuration import open_config
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LAYERS
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassV,
    FunctionV,
    Instance,
    PartialV,
    is_all_own,
)
from kerasmergelint.tracker.values.value import REST, Spread, SymInt, Value, named

# Since then, defaults count as if they had been given; measured with each release of Keras 3.
_WITH_DEFAULTS = since("3.12")


def of_base(interp: Interpreter, layer: Instance, site: Site) -> DictV:
    """``super().get_config()``, or ``layer.get_config()`` where the program's classes have none."""
    state = layer.state
    derived = state.base not in ("Layer", "Model") or state.model is not None
    if derived or layer.cls.unknown_base or layer.open:
        return open_config(interp)
    plain = _plain(interp, layer)
    if find(layer.cls, "get_config") is not None:
        return DictV(interp.heap, plain)
    return _automatic(interp, layer, plain, site)


def _plain(interp: Interpreter, layer: Instance) -> dict[Value, Value]:
    """What the configuration of each layer has."""
    own = layer.state.own_dtype
    computes, holds = dtypes.compute_dtype(interp, own), dtypes.variable_dtype(interp, own)
    policy = computes if computes is not None and computes == holds else None
    return {
        "name": layer.state.name,
        "trainable": layer.attributes.get("trainable", True),
        "dtype": interp.unknown("the policy of a layer") if policy is None else policy,
    }


class _Kind(enum.Enum):
    """Whether Keras keeps an argument of the constructor."""

    PLAIN = enum.auto()
    OTHER = enum.auto()
    UNSURE = enum.auto()


def _automatic(
    interp: Interpreter, layer: Instance, plain: dict[Value, Value], site: Site
) -> DictV:
    """What Keras 3 remembers of the constructor's arguments; it raises if they are no plain values.

    It keeps lists themselves, and not what they hold at the call.
    """
    initialiser = find(layer.cls, "__init__")
    function = None if initialiser is None else initialiser[1]
    if not isinstance(function, FunctionV) or not interp.surely(V3):
        return open_config(interp)
    given = _given(layer, function)
    if given is None:
        return open_config(interp)
    late = interp.surely(_WITH_DEFAULTS)
    kept = {**function.defaults, **given} if late else given
    kinds = {name: _kind(value) for name, value in kept.items()}
    lost = [name for name in required(function) if late and name not in kept]
    lost += [name for name, kind in kinds.items() if kind is _Kind.OTHER]
    if lost:
        raise interp.fails(_not_kept(layer, lost), site)
    if _Kind.UNSURE in kinds.values() or not (late or interp.surely(before("3.12"))):
        return open_config(interp)
    config: dict[Value, Value] = {}
    config.update(kept)
    config.update(plain)
    if not _takes_name(function):
        del config["name"]
    return DictV(interp.heap, config)


def _given(layer: Instance, function: FunctionV) -> dict[str, Value] | None:
    """The arguments that Keras saw, by name; None if they are not all known."""
    parameters = function.code.parameters[1:]
    if any(one.kind in ("positional_only", "var_positional") for one in parameters):
        return None
    if layer.state.base == "Model":
        return {}  # its `__new__` passes nothing on
    made = layer.state.made_with
    if made is None or REST in made.keywords or any(isinstance(one, Spread) for one in made.args):
        return None
    positional = [one.name for one in parameters if one.kind == "positional"]
    return {**dict(zip(positional, made.args)), **named(made.keywords)}


def required(function: FunctionV) -> list[str]:
    """The arguments without which a constructor cannot be called."""
    return [
        one.name
        for one in function.code.parameters[1:]
        if not one.kind.startswith("var_") and one.name not in function.defaults
    ]


def _takes_name(function: FunctionV) -> bool:
    """Whether Keras gives the name back to the constructor: it looks for ``name`` and ``**kwargs``."""
    return any(
        one.name == "name" or (one.name == "kwargs" and one.kind == "var_keyword")
        for one in function.code.parameters
    )


def _kind(value: Value) -> _Kind:
    if value is None or isinstance(value, (str, int, float, bool, SymInt)):
        return _Kind.PLAIN
    if isinstance(value, (tuple, ListV, DictV)):
        if isinstance(value, (ListV, DictV)) and value.open:
            return _Kind.UNSURE
        kinds = {_kind(part) for part in _parts(value)}
        worst = (_Kind.OTHER, _Kind.UNSURE, _Kind.PLAIN)
        return next((kind for kind in worst if kind in kinds), _Kind.PLAIN)
    if isinstance(value, (*LAYERS, FunctionV, BoundMethod, PartialV, ClassV)):
        return _Kind.OTHER
    if isinstance(value, Instance):
        own = value.layer is not None or (value.cls.kind == "class" and is_all_own(value.cls))
        return _Kind.OTHER if own else _Kind.UNSURE
    if isinstance(value, TensorV):
        return _Kind.OTHER if value.spec.dims else _Kind.UNSURE
    return _Kind.UNSURE


def _parts(nest: tuple[Value, ...] | ListV | DictV) -> Iterator[Value]:
    if isinstance(nest, DictV):
        yield from nest.items.values()
    else:
        yield from nest.items if isinstance(nest, ListV) else nest


def _not_kept(layer: Instance, names: list[str]) -> Problem:
    """The problem of arguments that Keras does not keep by itself."""
    what, words = "model" if layer.state.base == "Model" else "layer", listed(names)
    detail = (
        f"get_config: {layer.cls.name} has none of its own, and Keras does not keep its argument"
        f"{'' if len(names) == 1 else 's'} {words}"
    )
    hint = f"write a `get_config` for the {what} that gives {words}"
    return Problem(ProblemKind.SERIALIZATION, "NotImplementedError", detail, hint=hint)


def listed(names: list[str]) -> str:
    """Names as code, in a row."""
    return ", ".join(f"`{name}`" for name in names)
