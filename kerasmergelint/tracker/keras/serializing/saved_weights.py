"""``save_weights`` and ``load_weights``: what one program writes and reads must belong to like layers.

Keras 3 writes the weights of a layer under the name of its class and its place among those of this class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import Shape
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.keras.model_layers import layers_of
from kerasmergelint.tracker.keras.serializing import file_names
from kerasmergelint.tracker.keras.weights import of_layer
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.constants import to_term
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import Args, Keywords, Value

# By the class of a layer and its place among those: the shapes, None if they are not known.
_Written = Mapping[tuple[str, int], list[Shape] | None]


def save(interp: Interpreter, model: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    """``model.save_weights(path)``"""
    bound = bind_native(interp, ("filepath",), args, keywords)
    problem = file_names.refused(
        interp, bound.get("filepath"), file_names.OF_WEIGHTS, "a file of weights"
    )
    if problem is not None and "max_shard_size" not in bound and interp.written_for(V3):
        return interp.broken(problem, site, "save_weights", None)
    place = place_of(interp, args, keywords)
    if place is not None:
        interp.path.written[place] = model
    return None


def load(interp: Interpreter, model: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    """``model.load_weights(path)``: Keras 3 refuses what it has written of other layers."""
    if _filepath(interp, args, keywords) is ...:
        detail = "load_weights: takes a path, got `...`"
        raise interp.fails(Problem(ProblemKind.ARGUMENT, "TypeError", detail), site)
    place = place_of(interp, args, keywords)
    saved = interp.path.written.get(place) if place is not None else None
    plain = len(args) + len(keywords) == 1
    if saved is None or saved is model or not plain or not interp.surely(V3):
        return None
    before, now = _layers(interp, saved), _layers(interp, model)
    if before is None or now is None:
        return None
    for key, wanted in now.items():
        problem = _problem(key[0], wanted, before.get(key, []))
        if problem is not None:
            raise interp.fails(problem, site)
    return None


def forget(interp: Interpreter) -> None:
    """Something else may have written files."""
    for place in [
        key for key in interp.path.written if isinstance(key, tuple) and key[0] in _FILES
    ]:
        del interp.path.written[place]


WEIGHTS, MODEL = _FILES = ("weights in", "model in")


def place_of(interp: Interpreter, args: Args, keywords: Keywords, what: str = WEIGHTS) -> Term:
    """Where a file is noted; None if its name has no term."""
    term = to_term(_filepath(interp, args, keywords))
    return None if term is None else (what, term)


def _filepath(interp: Interpreter, args: Args, keywords: Keywords) -> Value:
    return interp.resolve(bind_native(interp, ("filepath",), args, keywords).get("filepath"))


def _layers(interp: Interpreter, model: Value) -> _Written | None:
    """The layers of a model; None if they are not all known, or hold others."""
    layers = layers_of(interp, model) if isinstance(model, (ModelV, SequentialV)) else None
    if layers is None or not all(isinstance(layer, LayerV) for layer in layers):
        return None
    found: dict[tuple[str, int], list[Shape] | None] = {}
    count: Counter[str] = Counter()
    for layer in layers:
        if isinstance(layer, LayerV):
            name = layer.type.name
            found[name, count[name]] = of_layer(layer, only_trained=False)
            count[name] += 1
    return found


def _problem(name: str, wanted: list[Shape] | None, held: list[Shape] | None) -> Problem | None:
    """Why the weights of a layer are not those that were written of another one."""
    if wanted is None or held is None:
        return None
    differ = len(wanted) != len(held) or any(map(_never_alike, wanted, held))
    if not differ or not wanted:
        return None
    what = "no such layer" if not held else f"one of {' and '.join(map(str, held))}"
    detail = f"load_weights: a {name} has the weights {' and '.join(map(str, wanted))}, the file has {what}"
    hint = "load into a model of the same layers, or pass `skip_mismatch=True`"
    return Problem(ProblemKind.ARGUMENT, "ValueError", detail, hint=hint)


def _never_alike(one: Shape, other: Shape) -> bool:
    return len(one.dims) != len(other.dims) or any(map(never_equal, one.dims, other.dims))
