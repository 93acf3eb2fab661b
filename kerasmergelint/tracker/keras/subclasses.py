"""Layers and models that the program defines: what their instances inherit from Keras."""

from __future__ import annotations

from contextlib import nullcontext

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import names
from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.reserved import is_reserved
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.syntax.names import initialises_a_base
from kerasmergelint.tracker.keras import (
    base_arguments,
    configuration,
    functional,
    inputs,
    layer_attributes,
    layers,
    positional,
    sequential,
    traced,
)
from kerasmergelint.tracker.keras.convert import value_to_shape
from kerasmergelint.tracker.keras.layer_methods import TRAINING
from kerasmergelint.tracker.keras.serializing import own_configs, remaking
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.machine.semantics import BaseClasses
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import LayerState, LayerV, Making, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import ClassV, FunctionV, Instance, NativeV
from kerasmergelint.tracker.values.training import RUNS_EAGERLY
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, UnknownV, Value

_BASES = {"Layer": "Layer", "Model": "Model", "Sequential": "Sequential", "Functional": "Model"}


_NAMING = {"name", "dtype", "trainable"}


def adopt(interp: Interpreter, instance: Instance, made_with: Making | None = None) -> None:
    """Give an instance its layer state if its class inherits from Keras."""
    base = keras_base(interp, instance.cls.mro)
    if base is not None:
        name = interp.names.fresh(instance.cls.name)
        instance.layer = LayerState(base, interp.version, name, made_with=made_with)


def keras_base(interp: Interpreter, mro: tuple[Value, ...]) -> str | None:
    """The Keras class that comes first in a method resolution order."""
    for entry in mro:
        if isinstance(entry, External):
            found = names.canonical(entry.dotted, interp.version)
            if found is None:
                continue
            if found.kind in ("Model", "Sequential"):
                return found.kind
            if found.kind == "layer" or found.name in _BASES:
                return _BASES.get(found.name, found.name)
    return None


def required_by_base(interp: Interpreter, mro: tuple[Value, ...]) -> tuple[str, ...]:
    """The arguments without which the constructor of the layer that a class derives from fails."""
    base = keras_base(interp, mro)
    if base is None or base in ("Layer", "Model", "Sequential"):
        return ()
    entry = find_layer(base, interp.version)
    return () if entry is None else entry.signature(interp.version).required


def initialise_base(
    interp: Interpreter,
    instance: Instance,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> Value:
    """``super().__init__(...)`` that ends at Keras."""
    state = instance.state
    interp.heap.touch(instance)
    name = keywords.get("name")
    if isinstance(name, str):
        state = replace(state, name=name)
    if state.base == "Model" and (len(args) >= 2 or "outputs" in keywords):
        model = functional.construct(interp, args, keywords, site)
        if isinstance(model, ModelV):
            state = replace(state, model=model, built=True)
    elif state.base == "Model" and not args and not set(keywords) - _NAMING:
        state = replace(state, subclassed=True)
    elif state.base == "Sequential":
        grown = sequential.construct(interp, args, keywords, site)
        if isinstance(grown, SequentialV):
            state = replace(state, model=grown)
    elif state.base == "Layer":
        refused = base_arguments.of_layer(interp, keywords)
        if refused is not None:
            interp.broken(refused, site, "super().__init__", None)
    elif state.base != "Model":
        entry = find_layer(state.base, interp.version)
        if entry is not None:
            taken = _for_base(instance, entry, keywords)
            silent = aside.unreported(interp) if _has_hooks(instance) else nullcontext()
            with silent:
                inner = layers.construct(interp, entry, args, taken, site)
            if isinstance(inner, LayerV):
                state = replace(state, inner=inner)
            wrapped = args[0] if args else keywords.get("layer")
            if state.base == "Wrapper" and isinstance(wrapped, UnknownV):
                instance.attributes["layer"] = wrapped
    if "dtype" in keywords:
        state = replace(state, own_dtype=keywords["dtype"])
    elif REST in keywords:
        unknown = interp.unknown("whether a dtype is among the arguments")
        state = replace(state, own_dtype=unknown)
    if state.model is None and state.base not in ("Model", "Sequential"):
        state = replace(state, declared=_declared(interp, state.base, keywords, site))
    instance.layer = state
    if "trainable" in keywords:
        instance.attributes["trainable"] = keywords["trainable"]
    return None


def _declared(interp: Interpreter, base: str, keywords: Keywords, site: Site) -> Value:
    """The input shape by which a layer of the program's own begins a Sequential model."""
    shape = inputs.declared_shape(interp, base, keywords, site)
    if shape is None and REST in keywords:
        return interp.unknown("whether an input shape is among the arguments")
    return shape


def _has_hooks(instance: Instance) -> bool:
    """Whether the program's classes have methods that may be hooks, such as Keras 2's ``_validate_init``."""
    return any(
        name.startswith("_") and not name.startswith("__") and isinstance(value, FunctionV)
        for cls in instance.cls.mro
        if isinstance(cls, ClassV)
        for name, value in cls.namespace.items()
    )


def _for_base(instance: Instance, entry: LayerType, keywords: Keywords) -> Keywords:
    """With several bases, an argument that one constructor does not know may be for the next."""
    if len(instance.cls.mro) <= 2:
        return keywords
    known = entry.signature(instance.state.version)
    return {
        name: value
        for name, value in keywords.items()
        if name is REST or name in known.names or name in known.elsewhere
    }


def _build_base(instance: Instance) -> Native:
    """``super().build(input_shape)``: a layer of Keras has its weights from then on."""

    inner = instance.state.inner
    of_layer = instance.state.base == "Layer"

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if of_layer and not args and not keywords:
            detail = "the `build` of the base class needs the shape"
            hint = "write `super().build(input_shape)`"
            problem = Problem(ProblemKind.PYTHON, "TypeError", detail, hint=hint)
            raise interp.fails(problem, site)
        traced.mark_built(interp, instance)
        shape = args[0] if args else next(iter(keywords.values()), None)
        if inner is not None:
            traced.build_inner(interp, inner, value_to_shape(interp, shape))
        return None

    return native


def _own_build(interp: Interpreter, instance: Instance, own: Value) -> Value:
    """``layer.build``, which Keras 3 wraps: it marks the layer as built, and gives back None."""
    if interp.version not in V3:
        return own

    def native(again: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        again.call(own, args, keywords, site)
        traced.mark_built(again, instance)
        return None

    return NativeV("Layer.build", native)


def base_method(interp: Interpreter, instance: Instance, name: str) -> Value:
    """``super().name`` that ends at Keras."""
    if name == "__init__":
        return NativeV(
            "Layer.__init__",
            lambda again, args, keywords, site: initialise_base(
                again, instance, args, keywords, site
            ),
        )
    state = instance.state
    target = state.inner or state.model
    if name in ("call", "__call__") and target is not None:
        return target
    if name in TRAINING and state.base in ("Model", "Sequential"):
        return layer_attributes.of_instance(interp, instance, name, _nowhere(interp))
    if name == "__call__":
        return NativeV(
            "Layer.__call__",
            lambda again, args, keywords, site: call(again, instance, args, keywords, site),
        )
    if name == "build":
        return NativeV("Layer.build", _build_base(instance))
    if name == "get_config":
        return NativeV(
            "Layer.get_config", lambda again, a, k, site: own_configs.of_base(again, instance, site)
        )
    if target is not None:
        return interp.attribute(target, name, _nowhere(interp))
    return interp.unknown(f"super().{name}")


def _nowhere(interp: Interpreter) -> Site:
    """A site for the file that runs, without a place in it."""
    return Site(interp.frame.module, None)


# In each release of TensorFlow; it had others besides.
_ALWAYS_RESERVED = frozenset({"name"})


def reserved(interp: Interpreter, instance: Instance, name: str, site: Site) -> bool:
    """Report the assignment of an attribute that is a read-only property in Keras; whether it was one."""
    base = instance.state.base
    if not all(is_reserved(name, base, version) for version in interp.versions):
        return False
    if instance.cls.unknown_base or find(instance.cls, name) is not None:
        return False
    frozen = any(
        isinstance(c, External) and names.of_frozen_copy(c.dotted) for c in instance.cls.mro
    )
    if frozen and name not in _ALWAYS_RESERVED:
        return False
    what = "models" if base in ("Model", "Sequential") else "layers"
    problem = Problem(
        ProblemKind.RESERVED_ATTRIBUTE,
        "AttributeError",
        f"`{name}` is a read-only property of Keras {what}",
        hint=f"use another name, such as `self.my_{name}`",
    )
    recipe = interp.recipe("attribute", (base, name), [], {})
    interp.broken(problem, site, instance.cls.name, None, recipe)
    interp.handed_out.add(instance.serial)  # not reported again when it is read
    return True


def assigned(interp: Interpreter, instance: Instance, name: str, content: Value) -> None:
    """``self.filters = n``, of a class that derives from a layer of Keras."""
    if instance.layer is not None and instance.layer.inner is not None:
        configuration.replace(interp, instance.layer.inner, name, content)
    if name == "run_eagerly" and content not in (None, False):
        interp.patched.add(RUNS_EAGERLY)


# -- calling --------------------------------------------------------------------------------


def call(interp: Interpreter, layer: Instance, args: Args, keywords: Keywords, site: Site) -> Value:
    """``my_layer(inputs)``, which Keras refuses if its own constructor did not run."""
    layers.charge(interp, args)
    if _forgets_base(layer):
        return _not_initialised(interp, layer, site)
    problem = positional.refused(interp, layer, args, layer.state.version)
    if problem is not None:
        return interp.broken(problem, site, layer.cls.name, args[0])
    return traced.call_custom(interp, layer, args, keywords, site)


def _forgets_base(made: Instance) -> bool:
    """Whether a layer's constructor certainly does not run that of its base."""
    cls = made.cls
    initialiser = find(cls, "__init__")
    if initialiser is None or cls.unknown_base or find(cls, "__new__") is not None:
        return False
    function = initialiser[1]
    if not isinstance(function, FunctionV) or not function.code.parameters:
        return False
    receiver = function.code.parameters[0].name
    return not initialises_a_base(function.code.body, receiver)


def _not_initialised(interp: Interpreter, layer: Instance, site: Site) -> Value:
    """Report the missing call of the base constructor, which Keras 2 and 3 notice at the first call."""
    problem = Problem(
        ProblemKind.NOT_INITIALISED,
        "RuntimeError",
        "the constructor does not call `super().__init__()`",
        hint="make it the first statement of `__init__`",
    )
    return interp.broken(problem, site, layer.cls.name, None)


# -- asking ---------------------------------------------------------------------------------


def _is_instance(interp: Interpreter, value: Instance, dotted: str) -> bool | None:
    if dotted.rpartition(".")[2] == "Layer":
        return True
    return False if names.canonical(dotted, interp.version) else None


def class_attribute(
    interp: Interpreter, cls: ClassV, base: External, name: str, site: Site
) -> Value:
    """``cls.name``, inherited by a class of the program from a library's base class."""
    if name == "from_config" and keras_base(interp, cls.mro) is not None:
        return NativeV(
            name, lambda again, args, keywords, s: _from_config(again, cls, args, keywords, s)
        )
    return interp.attribute(base, name, site)


def _from_config(
    interp: Interpreter, cls: ClassV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``Own.from_config(config)``, where the class has none of its own."""
    if keras_base(interp, cls.mro) == "Sequential":
        return interp.unknown("a Sequential model of the program's own, made of a configuration")
    return remaking.of_own(interp, cls, args, keywords, site)


BASE_CLASSES: BaseClasses[Interpreter] = BaseClasses(
    adopt=adopt,
    initialise=initialise_base,
    call=call,
    attribute=layer_attributes.of_instance,
    has_attribute=layer_attributes.instance_has,
    refuses=reserved,
    assigned=assigned,
    inherited=base_method,
    of_class=class_attribute,
    build=_own_build,
    is_instance=_is_instance,
)
