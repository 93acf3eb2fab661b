"""``save`` and ``load_model``: what one program writes down and makes again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.versions import V3, since
from kerasmergelint.tracker.keras.model_layers import layers_of
from kerasmergelint.tracker.keras.serializing import cloning, file_names, own_objects
from kerasmergelint.tracker.keras.serializing.own_objects import OwnObject
from kerasmergelint.tracker.keras.serializing.saved_weights import MODEL, place_of
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.forgetting import forget_functions
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance, compiled_with
from kerasmergelint.tracker.values.training import Compiled
from kerasmergelint.tracker.values.value import Args, Keywords, UnknownV, Value


@dataclass(frozen=True, slots=True)
class Saved:
    """A model in a file, and what it was compiled with when it was written."""

    model: Value
    compiled: Compiled | None


def saved_at(interp: Interpreter, path: Value) -> Saved | None:
    """The model that the program has saved in this file; None if it has not, or that is unknown."""
    place = place_of(interp, [path], {}, MODEL)
    saved = None if place is None else interp.path.written.get(place)
    return saved if isinstance(saved, Saved) else None


def note_model(interp: Interpreter, model: Value, args: Args, keywords: Keywords) -> None:
    """Remember what ``model.save(path)`` has written."""
    place = place_of(interp, args, keywords, MODEL)
    if place is not None:
        interp.path.written[place] = Saved(model, compiled_with(model))


# -- saving ---------------------------------------------------------------------------------


def save(interp: Interpreter, model: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    """``model.save(path)``"""
    bound = bind_native(interp, ("filepath",), args, keywords)
    path, alone = bound.get("filepath"), set(bound) <= {"filepath", "overwrite"}
    problem = file_names.refused(interp, path, file_names.OF_MODELS, "a saved model")
    sure = alone and interp.written_for(V3)  # Keras 2 made a folder
    if problem is not None and sure and isinstance(model, (ModelV, SequentialV)):
        return interp.broken(problem, site, "save", None)
    if own_objects.certain_for(interp.resolve(path)):
        write_down(interp, model, site)
    note_model(interp, model, args, keywords)
    forget_functions(interp.heap, (*args, *keywords.values()), "passed to a method of Keras")
    return None


def to_json(interp: Interpreter, model: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    """``model.to_json()``"""
    write_down(interp, model, site)
    text = interp.unknown("a model as text")
    if text.term is not None:
        interp.path.written[_TEXT, text.term] = Saved(model, None)
    return text


_TEXT = "model as the text"


def write_down(interp: Interpreter, model: Value, site: Site) -> None:
    """Ask all layers of the program's own for their configurations, as Keras does."""
    for layer in _own_layers(interp, model):
        interp.call(interp.attribute(layer, "get_config", site), [], {}, site)


def _own_layers(interp: Interpreter, model: Value) -> Iterator[Instance]:
    if isinstance(model, Instance):
        yield model
    elif isinstance(model, (ModelV, SequentialV)):
        for layer in layers_of(interp, model) or ():
            yield from _own_layers(interp, layer)


# -- loading --------------------------------------------------------------------------------

_PARAMETERS = ("filepath", "custom_objects", "compile", "safe_mode")
_IS_SAFE = since("3.11")  # for each kind of file; before, HDF5 files brought their lambdas along


def load(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``keras.models.load_model(path)``: a model of the same layers."""
    bound = bind_native(interp, _PARAMETERS, args, keywords)
    saved = saved_at(interp, bound.get("filepath"))
    compiles = interp.resolve(bound.get("compile", True))
    if saved is None or not isinstance(compiles, bool):
        return interp.unknown("a model that was loaded")
    _check_found(interp, saved, bound, site)
    compiled = saved.compiled if compiles else None
    return _again(interp, saved.model, compiled, "a model that was loaded", site)


def _again(
    interp: Interpreter, model: Value, compiled: Compiled | None, what: str, site: Site
) -> Value:
    """A model of copies of the layers; unknown if not all copies are known."""
    if not _is_known(interp, model):
        return interp.unknown(what)
    made = cloning.copy_of(interp, model, site)
    if isinstance(made, (ModelV, SequentialV)):
        interp.outputs.models.append(made)
        made.compiled = compiled
    return made


def from_json(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``model_from_json(text)``"""
    bound = bind_native(interp, ("json_string", "custom_objects"), args, keywords)
    text = interp.resolve(bound.get("json_string"))
    term = text.term if isinstance(text, UnknownV) else None
    saved = None if term is None else interp.path.written.get((_TEXT, term))
    if not isinstance(saved, Saved):
        return interp.unknown("a model that was made of a text")
    if interp.surely(own_objects.BY_NAME_ALONE):
        objects = own_objects.within(interp, saved.model)
        _check(interp, "model_from_json", objects, bound, site)
    return _again(interp, saved.model, None, "a model that was made of a text", site)


def _check_found(interp: Interpreter, saved: Saved, bound: dict[str, Value], site: Site) -> None:
    """Fail for what Keras does not find, or refuses to make of a file."""
    path = interp.resolve(bound.get("filepath"))
    sure = own_objects.certain_for(path)
    if not sure or not interp.surely(sure):
        return
    objects = own_objects.within(interp, saved.model)
    if bound.get("compile", True) is True:
        objects = chain(objects, own_objects.of_compiling(saved.compiled))
    safe = bound.get("safe_mode", True) is True and interp.surely(_IS_SAFE)
    asked = (one for one in objects if safe or not one.is_lambda)
    _check(interp, "load_model", asked, bound, site)


def _check(
    interp: Interpreter,
    action: str,
    objects: Iterator[OwnObject],
    bound: dict[str, Value],
    site: Site,
) -> None:
    given = own_objects.names_of(interp, bound.get("custom_objects"))
    found = own_objects.unfound(interp, objects, given)
    if found is not None:
        raise interp.fails(own_objects.problem(action, found), site)


def _is_known(interp: Interpreter, model: Value) -> bool:
    """Whether a model, or each of its layers, is one whose copy is known."""
    if isinstance(model, Instance):
        return model.state.model is None and interp.surely(V3)
    layers = layers_of(interp, model) if isinstance(model, (ModelV, SequentialV)) else None
    return layers is not None and all(
        isinstance(layer, Instance) or (isinstance(layer, LayerV) and layer.type.name != "Lambda")
        for layer in layers
    )
