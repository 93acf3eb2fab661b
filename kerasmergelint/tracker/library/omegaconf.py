"""OmegaConf and Hydra: trees of settings in which one may refer to another.

A reference, ``${net.width}``, is looked up where it is read, in the tree that it stands in then: what was
merged or assigned in the meantime counts.
"""

from __future__ import annotations

import os.path

from kerasmergelint.tracker.library.attribute_dicts import (
    AttributeDictV,
    attribute_dict,
    loaded,
    merge,
)
from kerasmergelint.tracker.library.formats import yaml
from kerasmergelint.tracker.library.formats.plain import UNCLEAR, Plain
from kerasmergelint.tracker.library.from_plain import from_plain
from kerasmergelint.tracker.library.opened import content_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import subscripts
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.objects import ClassV, Instance, NativeV
from kerasmergelint.tracker.values.value import Args, Keywords, UnknownV, Value

_REFERENCE = "a reference in a configuration"
_DEEPEST = 8  # references to references


class ConfigV(AttributeDictV):
    """A part of a tree of settings; ``root`` is the whole."""

    __slots__ = ("root",)

    def __init__(self, heap: Heap, root: ConfigV | None = None) -> None:
        super().__init__(heap, {})
        self.root = self if root is None else root

    def empty(self, interp: Interpreter) -> ConfigV:
        return ConfigV(interp.heap, self.root)

    def taken(self, interp: Interpreter, value: Value) -> Value:
        return _as_config(interp, value, self.root)


def _as_config(interp: Interpreter, value: Value, root: ConfigV | None = None) -> Value:
    """Dicts become parts of a tree, and texts that refer to other settings are looked up later."""
    interp.step()
    value = attribute_dict(interp, value)
    if isinstance(value, DictV):
        made = ConfigV(interp.heap, root)
        for key, item in value.items.items():
            made.items[key] = _as_config(interp, item, made.root)
        made.open, made.reason = value.open, value.reason
        return made
    if isinstance(value, ListV):
        listed = ListV(interp.heap, [_as_config(interp, item, root) for item in value.items])
        listed.open, listed.reason = value.open, value.reason
        return listed
    if isinstance(value, str) and "${" in value:
        return UnknownV(_REFERENCE, (_REFERENCE, value))
    return value


def item(interp: Interpreter, value: ConfigV, index: Value, site: Site) -> Value:
    """``config[index]``, or the attribute of that name."""
    return _looked_up(value.root, subscripts.READ[DictV](interp, value, index, site), 0)


def _looked_up(root: ConfigV, value: Value, depth: int) -> Value:
    """What a reference stands for now; any other value is itself."""
    term = value.term if isinstance(value, UnknownV) else None
    if not isinstance(term, tuple) or term[0] != _REFERENCE or depth > _DEEPEST:
        return value
    path = str(term[1])[2:-1]
    if term[1] != f"${{{path}}}" or not path.replace(".", "").isidentifier():
        return UnknownV(_REFERENCE)
    found: Value = root
    for part in path.split("."):
        inside = isinstance(found, ConfigV) and part in found.items and not found.reason
        if not isinstance(found, ConfigV) or not inside:
            return UnknownV(_REFERENCE)
        found = _looked_up(root, found.items[part], depth + 1)
    return found


def _load(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``OmegaConf.load(path)``."""
    found = loaded(interp, args[0] if args else keywords.get("file_"))
    return _as_config(interp, found)


def _create(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``OmegaConf.create({...})``, ``OmegaConf.structured(Config)``."""
    source = args[0] if args else keywords.get("obj")
    if isinstance(source, ClassV):
        source = interp.call(source, [], {}, site)
    if source is None:
        return ConfigV(interp.heap)
    if isinstance(source, (DictV, ListV, Instance)):
        return _as_config(interp, source)
    return interp.unknown("a configuration that is not known")


def _merge(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``OmegaConf.merge(one, other, ...)``: the last one wins."""
    made = ConfigV(interp.heap)
    for argument in args:
        merge(interp, made, _create(interp, [argument], {}, site))
    return made


def _from_command_line(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``OmegaConf.from_cli()``: empty, since the program is started without arguments."""
    return _create(interp, [], {}, site) if not args else interp.unknown("arguments")


def _from_words(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``OmegaConf.from_dotlist(["net.width=64"])``."""
    words = interp.iterate(args[0], site) if args else None
    plain: dict[object, Plain] = {}
    for word in words or [None]:
        path, found, text = word.partition("=") if isinstance(word, str) else ("", "", "")
        try:
            value = yaml.parse(text)
        except ValueError:
            value = UNCLEAR
        if not found or value is UNCLEAR:
            return interp.unknown("settings in words that are not known")
        for name in reversed(path.split(".")):
            value = {name: value}
        _update(plain, value)
    return _as_config(interp, from_plain(interp, plain))


def _select(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``OmegaConf.select(config, "net.width")``: None, or the default, for what there is not."""
    config, path = args[:2] if len(args) > 1 else (None, None)
    if not isinstance(config, ConfigV) or not isinstance(path, str) or "[" in path:
        return interp.unknown("a setting that is not known")
    found: Value = config
    for name in path.split("."):
        if not isinstance(found, ConfigV) or (found.open and name not in found.items):
            return interp.unknown("a setting that is not known")
        if name not in found.items:
            return keywords.get("default", args[2] if len(args) > 2 else None)
        found = item(interp, found, name, site)
    return found


def _first(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``OmegaConf.to_container(config)``."""
    return args[0] if args else interp.unknown("a configuration")


def _no_result(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return None


# -- Hydra ----------------------------------------------------------------------------------


def _hydra(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``@hydra.main(config_path=..., config_name=...)``: passes the configuration that it reads."""
    folder, name = (
        keywords.get("config_path", args[0] if args else None),
        keywords.get("config_name"),
    )
    beside = os.path.dirname(os.path.abspath(interp.frame.module.path))

    def start(again: Interpreter, function: Value, given: Args, where: Site) -> Value:
        if given:
            return again.call(function, given, {}, where)
        config: Value = again.unknown("a configuration that is not known")
        if isinstance(folder, str) and isinstance(name, str):
            plain = composed(again, os.path.join(beside, folder), name.removesuffix(".yaml"))
            if plain is not UNCLEAR:
                config = _as_config(again, from_plain(again, plain))
        return again.call(function, [config], {}, where)

    def decorate(again: Interpreter, inner: Args, more: Keywords, where: Site) -> Value:
        function = inner[0] if inner else None
        return NativeV("main", lambda third, a, k, s: start(third, function, a, s))

    return NativeV("decorator", decorate)


def composed(interp: Interpreter, folder: str, name: str, depth: int = 0) -> Plain:
    """A file composed with those in its defaults list; UNCLEAR if one is not understood."""
    text = content_of(interp, os.path.join(folder, f"{name}.yaml"))
    try:
        own = UNCLEAR if text is None or depth > 4 else yaml.parse(text)
    except ValueError:
        return UNCLEAR
    if not isinstance(own, dict):
        return {} if own is None else UNCLEAR
    parts = []
    defaults = own.pop("defaults", [])
    for entry in defaults if isinstance(defaults, list) else [UNCLEAR]:
        part = own if entry == "_self_" else _default(interp, folder, entry, depth)
        if part is UNCLEAR:
            return UNCLEAR
        parts.append(part)
    if "_self_" not in defaults:
        parts.append(own)
    result: dict[object, Plain] = {}
    for part in parts:
        _update(result, part)
    return result


def _default(interp: Interpreter, folder: str, entry: Plain, depth: int) -> Plain:
    """One entry of a defaults list: another file, or an option of a config group."""
    if isinstance(entry, str) and entry.replace("_", "").replace("/", "").isalnum():
        return composed(interp, folder, entry, depth + 1)
    if isinstance(entry, dict) and len(entry) == 1:
        [(group, option)] = entry.items()
        if isinstance(group, str) and group.isidentifier() and isinstance(option, str):
            inner = composed(interp, os.path.join(folder, group), option, depth + 1)
            return UNCLEAR if inner is UNCLEAR else {group: inner}
        if option is None or (isinstance(group, str) and group.startswith("override hydra/")):
            return {}
    return UNCLEAR


def _update(result: dict[object, Plain], part: dict[object, Plain]) -> None:
    for key, value in part.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            _update(result[key], value)
        else:
            result[key] = value


FUNCTIONS: dict[str, Native] = {
    "omegaconf.OmegaConf.load": _load, "omegaconf.OmegaConf.create": _create,
    "omegaconf.OmegaConf.structured": _create, "omegaconf.OmegaConf.merge": _merge,
    "omegaconf.OmegaConf.from_cli": _from_command_line, "omegaconf.DictConfig": _create,
    "omegaconf.OmegaConf.to_container": _first, "omegaconf.OmegaConf.to_object": _first,
    "omegaconf.OmegaConf.set_struct": _no_result, "omegaconf.OmegaConf.set_readonly": _no_result,
    "omegaconf.OmegaConf.resolve": _no_result, "omegaconf.OmegaConf.to_yaml": lambda interp, *_: (
        interp.unknown("a text")
    ),
    "omegaconf.OmegaConf.from_dotlist": _from_words, "omegaconf.OmegaConf.select": _select,
    "hydra.main": _hydra,
}  # fmt: skip
