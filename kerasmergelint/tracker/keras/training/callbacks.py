"""Callbacks of the program's own: what ``fit`` calls them for in its first epoch."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BoundMethod, ClassV, FunctionV, Instance
from kerasmergelint.tracker.values.value import External, Value

# In the order of the first epoch, and whether the number of an epoch or batch is passed.
_HOOKS = {
    "on_train_begin": False, "on_epoch_begin": True, "on_train_batch_begin": True,
    "on_batch_begin": True, "on_train_batch_end": True, "on_batch_end": True,
    "on_epoch_end": True, "on_train_end": False,
}  # fmt: skip


def run(interp: Interpreter, model: Value, given: Value, site: Site) -> None:
    """Call the hooks of the callbacks passed to ``fit``, until one fails."""
    own = list(_own(interp, given))
    for callback in own:
        interp.heap.touch(callback)
        callback.attributes["model"] = model
    found = interp.outputs.failures
    for hook, counts in _HOOKS.items():
        for callback in own:
            method = find(callback.cls, hook)
            if method is None or not isinstance(method[1], FunctionV):
                continue
            numbers: list[Value] = [0] if counts else []
            interp.call(BoundMethod(callback, method[1]), [*numbers, _logs(interp)], {}, site)
            if interp.outputs.failures > found:
                return


def class_problem(interp: Interpreter, given: Value) -> Problem | None:
    """Why Keras refuses callbacks: a class is among them, not an object of it."""
    given = interp.resolve(given)
    items = given.items if isinstance(given, ListV) and not given.open else given
    for item in items if isinstance(items, (list, tuple)) else ():
        callback = interp.resolve(item)
        own = isinstance(callback, ClassV) and any(map(_is_of_keras, callback.mro))
        if own or _is_of_keras(callback):
            name = callback.name if isinstance(callback, ClassV) else str(callback)
            name = name.rpartition(".")[2]
            detail = f"callbacks: {name} is a class, and no object of it"
            hint = f"write `{name}(...)`"
            return Problem(ProblemKind.ARGUMENT, "TypeError", detail, hint=hint)
    return None


def _own(interp: Interpreter, given: Value) -> Iterator[Instance]:
    """The callbacks of classes that the program derives from Keras's."""
    given = interp.resolve(given)
    items = given.items if isinstance(given, ListV) else given
    for item in items if isinstance(items, (list, tuple)) else (items,):
        callback = interp.resolve(item)
        if isinstance(callback, Instance) and any(map(_is_of_keras, callback.cls.mro)):
            yield callback


def _is_of_keras(base: Value) -> bool:
    path = inner_path(base.dotted) if isinstance(base, External) else None
    return path is not None and path.startswith("callbacks.")


def _logs(interp: Interpreter) -> DictV:
    """What was measured, by names."""
    logs = DictV(interp.heap, {})
    logs.open = True
    return logs
