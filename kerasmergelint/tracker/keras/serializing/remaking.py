"""``from_config``: layers made again from what ``get_config`` gives."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.tracker.keras import layers
from kerasmergelint.tracker.keras.serializing.own_configs import listed, required
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, FunctionV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value


def of_builtin(interp: Interpreter, name: str, args: Args, keywords: Keywords, site: Site) -> Value:
    """``Dense.from_config(config)``: the constructor with these arguments."""
    entry = find_layer(name, interp.version)
    given = args[0] if args else keywords.get("config")
    if entry is None or name in ("Lambda", "InputLayer"):
        return interp.unknown(f"{name}.from_config is not modelled")
    known = _known(given)
    return layers.construct(interp, entry, [], {REST: given} if known is None else known, site)


def of_own(interp: Interpreter, cls: ClassV, args: Args, keywords: Keywords, site: Site) -> Value:
    """``Own.from_config(config)``: calls the constructor of the program's class with these arguments."""
    given = args[0] if args else keywords.get("config")
    config = _known(given)
    if config is None:
        return interp.call(cls, [], {REST: given}, site)
    problem = _refused(cls, config)
    if problem is not None:
        raise interp.fails(problem, site)
    return interp.call(cls, [], config, site)


def _known(given: Value) -> dict[Any, Value] | None:
    """The items of a configuration that is known."""
    if isinstance(given, DictV) and not given.open and all(type(k) is str for k in given.items):
        return dict(given.items)
    return None


def _refused(cls: ClassV, config: Collection[str]) -> Problem | None:
    """Why the constructor of a class does not take the items of a configuration."""
    initialiser = find(cls, "__init__")
    function = None if initialiser is None else initialiser[1]
    if not isinstance(function, FunctionV) or find(cls, "__new__") is not None:
        return None
    parameters = function.code.parameters[1:]
    by_name = {one.name for one in parameters if one.kind in ("positional", "keyword")}
    missing = [name for name in required(function) if name not in config]
    takes_any = any(one.kind == "var_keyword" for one in parameters)
    surplus = [] if takes_any else [name for name in config if name not in by_name]
    if missing:
        detail = f"`{cls.name}()` needs {listed(missing)}, which the configuration lacks"
        hint = f"let `get_config` give {listed(missing)}"
    elif surplus:
        detail = f"`{cls.name}()` does not take {listed(surplus)} of the configuration"
        hint = "let `__init__` take `**kwargs` and pass them to `super().__init__`"
    else:
        return None
    words = f"from_config: {detail}"
    return Problem(ProblemKind.SERIALIZATION, "TypeError", words, hint=hint)
