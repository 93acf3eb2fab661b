"""``os.environ`` and ``.env`` files: a program started as it is uses its defaults.

Other values may be set, so the defaults lead to one path of the program, and other values to
another.
"""

from __future__ import annotations

import os.path

from kerasmergelint.tracker.library.formats import dotenv
from kerasmergelint.tracker.library.from_plain import from_plain
from kerasmergelint.tracker.library.native import text_argument
from kerasmergelint.tracker.library.opened import content_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.builtins.containers import DICT_METHODS
from kerasmergelint.tracker.python.builtins.methods import methods
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.environment import EnvironmentV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import Args, External, Keywords, UnknownV, Value

_MOST_ABOVE = 3
# Variables that can have no other value in a program that runs on TensorFlow.
_SETTLED = {"KERAS_BACKEND": "tensorflow"}


def or_another(interp: Interpreter, term: Term, default: Value, reason: str) -> Value:
    """A default that the environment may replace: on one path it does, on the other it does not.

    None, 0 and an empty text stand for "not given".
    """
    chosen = UnknownV(reason, term)
    if default is None or (type(default) is int and default == 0):
        interp.path.absent[term] = default
        return chosen
    if not is_constant(default) or default == "":
        return chosen if default == "" else default
    if interp.all_paths:
        return interp.resolve(chosen)
    return default if interp.decide(("default", term), prefer=True) else chosen


def _variable(interp: Interpreter, name: str, default: Value) -> Value:
    """An environment variable, or the program's default without one."""
    found = interp.environment.items
    if name in found:
        return found[name]
    term = ("item", ("name", "os.environ"), name)
    return or_another(interp, term, default, f"the environment variable {name}")


def _get(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``os.getenv(name, default)``."""
    name = text_argument(args, keywords, 0, "key")
    if name is None:
        return interp.unknown("the environment")
    return _variable(interp, name, args[1] if len(args) > 1 else keywords.get("default"))


def _get_method(
    interp: Interpreter, environment: EnvironmentV, args: Args, keywords: Keywords, site: Site
) -> Value:
    return _get(interp, args, keywords, site)


def _set_default(
    interp: Interpreter, environment: EnvironmentV, args: Args, keywords: Keywords, site: Site
) -> Value:
    if len(args) == 2 and isinstance(args[0], str) and args[0] not in environment.items:
        interp.heap.touch(environment)
        environment.items[args[0]] = args[1]
    return _get(interp, args, keywords, site)


environment_attribute = methods({**DICT_METHODS, "get": _get_method, "setdefault": _set_default})


def environment_item(
    interp: Interpreter, environment: EnvironmentV, index: Value, site: Site
) -> Value:
    """``os.environ[name]``"""
    if isinstance(index, str):
        found = environment.items.get(index, _SETTLED.get(index))
        return found or UnknownV("the environment", ("item", ("name", "os.environ"), index))
    return interp.unknown("the environment")


# -- files ----------------------------------------------------------------------------------


def _in_file(interp: Interpreter, path: str | None) -> DictV | None:
    """The variables of a ``.env`` file: the given one, or one beside or above the calling code."""
    if path is not None:
        text = content_of(interp, path)
    else:
        folder = os.path.dirname(os.path.abspath(interp.frame.module.path))
        for _ in range(_MOST_ABOVE):
            text = content_of(interp, os.path.join(folder, ".env"))
            if text is not None:
                break
            folder = os.path.dirname(folder)
    if text is None:
        return None
    made = from_plain(interp, dotenv.parse(text))
    assert isinstance(made, DictV)
    return made


def _load(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``load_dotenv()``: variables that exist are not replaced, unless ``override`` is set."""
    path = args[0] if args else keywords.get("dotenv_path")
    if path is not None and not isinstance(path, str):
        return interp.unknown("whether there is a .env file")
    found = _in_file(interp, path)
    if found is None:
        return interp.unknown("whether there is a .env file")
    interp.heap.touch(interp.environment)
    known = interp.environment.items
    if keywords.get("override") is True:
        known.update(found.items)
    else:
        interp.environment.items = {**found.items, **known}
    return True


def _values(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``dotenv_values()``."""
    path = args[0] if args else keywords.get("dotenv_path")
    found = _in_file(interp, path) if path is None or isinstance(path, str) else None
    return interp.unknown("a .env file") if found is None else found


def _decoupled(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``decouple.config(name, default=..., cast=...)``: the environment, ``.env``, the default."""
    name = text_argument(args, keywords, 0, "option")
    if name is None:
        return interp.unknown("a setting of an unknown name")
    found = _in_file(interp, None)
    if name in interp.environment.items or found is None or name not in found.items:
        value = _variable(interp, name, keywords.get("default"))
    else:
        value = found.items[name]
    convert = keywords.get("cast")
    if convert is None or isinstance(value, UnknownV):
        return value
    if convert == External("bool") and isinstance(value, str):
        return value.lower() in ("1", "yes", "true", "on", "y", "t")
    return interp.call(convert, [value], {}, site)


FUNCTIONS: dict[str, Native] = {
    "os.getenv": _get, "os.environ.get": _get,
    "dotenv.load_dotenv": _load, "dotenv.dotenv_values": _values, "decouple.config": _decoupled,
}  # fmt: skip
