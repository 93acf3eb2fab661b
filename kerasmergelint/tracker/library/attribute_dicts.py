"""Dicts whose items are attributes, too: EasyDict, OmegaConf, ConfigDict, CfgNode, Munch, Box."""

from __future__ import annotations

import os.path
from typing import Any

from kerasmergelint.tracker.library.data_readers import text_of
from kerasmergelint.tracker.library.formats import yaml
from kerasmergelint.tracker.library.formats.plain import UNCLEAR, Plain
from kerasmergelint.tracker.library.from_plain import from_plain
from kerasmergelint.tracker.library.opened import FileV, content_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.builtins import iterables
from kerasmergelint.tracker.python.builtins.containers import DICT_METHODS
from kerasmergelint.tracker.python.builtins.methods import methods
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, Instance, NativeV
from kerasmergelint.tracker.values.value import Args, Keywords, Value

_NOT_READ = "a file that cannot be read here may say otherwise"


class AttributeDictV(DictV):
    """A dict whose items are attributes, nested dicts included."""

    __slots__ = ()


def attribute_dict(interp: Interpreter, value: Value) -> Value:
    """The same content with attributes, for dicts nested in lists and dicts, too."""
    interp.step()
    if isinstance(value, DictV) and not isinstance(value, AttributeDictV):
        items = {key: attribute_dict(interp, item) for key, item in value.items.items()}
        made = AttributeDictV(interp.heap, items)
        made.open, made.reason = value.open, value.reason
        return made
    if isinstance(value, ListV) and any(isinstance(item, DictV) for item in value.items):
        listed = ListV(interp.heap, [attribute_dict(interp, item) for item in value.items])
        listed.open, listed.reason = value.open, value.reason
        return listed
    if isinstance(value, Instance) and value.cls.kind == "dataclass":
        names = [name for name, _ in value.cls.fields or []]
        made = AttributeDictV(interp.heap, {})
        made.items.update(
            {name: attribute_dict(interp, value.attributes.get(name)) for name in names}
        )
        made.open, made.reason = value.open, value.reason
        return made
    return value


def _make(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``EasyDict(mapping, **more)``."""
    source = args[0] if args else None
    first = [] if source is None else [source]
    return attribute_dict(interp, iterables.make_dict(interp, first, keywords, site))


# -- what they do ---------------------------------------------------------------------------


def read(interp: Interpreter, value: AttributeDictV, name: str, site: Site) -> Value:
    """``config.name``"""
    if name in value.items:
        return interp.item(value, name, site)
    return _methods(interp, value, name, site)


def has(interp: Interpreter, value: AttributeDictV, name: str) -> bool | None:
    if name in value.items or hasattr({}, name):
        return True
    return None if value.open else False


def assign(
    interp: Interpreter, value: AttributeDictV, name: str, content: Value, site: Site
) -> None:
    """``config.name = content``"""
    interp.heap.touch(value)
    value.items[name] = attribute_dict(interp, content)


def _same(interp: Interpreter, made: Any, args: Args, keywords: Keywords, site: Site) -> Value:
    return made


def _nothing(interp: Interpreter, made: Any, args: Args, keywords: Keywords, site: Site) -> Value:
    return None


def _merge_file(
    interp: Interpreter, made: AttributeDictV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``config.merge_from_file(path)``."""
    merge(interp, made, _loaded(interp, args[0] if args else None))
    return None


def _merge_list(
    interp: Interpreter, made: AttributeDictV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``config.merge_from_list(["A.B", 3, ...])``; options from the command line are empty."""
    items = interp.iterate(args[0], site) if args else []
    if items != []:
        interp.forget(made, "merged with a list of options")
    return None


def _copy(
    interp: Interpreter, made: AttributeDictV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """A deep copy."""
    copied = AttributeDictV(interp.heap, {})
    merge(interp, copied, made)
    return copied


_METHODS: dict[str, Any] = {
    **DICT_METHODS, "lock": _same, "unlock": _same, "freeze": _nothing, "defrost": _nothing,
    "unlocked": _same, "to_dict": _same, "toDict": _same, "merge_from_file": _merge_file,
    "merge_from_list": _merge_list, "clone": _copy, "copy": _copy,
    "copy_and_resolve_references": _copy, "set_new_allowed": _nothing,
}  # fmt: skip
_methods = methods(_METHODS)


def merge(interp: Interpreter, made: AttributeDictV, value: Value) -> None:
    """Merge another one in, recursively where both have dicts."""
    if not isinstance(value, DictV):
        interp.forget(made, _NOT_READ)
        return
    interp.heap.touch(made)
    for key, item in value.items.items():
        old = made.items.get(key)
        if isinstance(item, DictV):
            inner = old if isinstance(old, AttributeDictV) else AttributeDictV(interp.heap, {})
            merge(interp, inner, item)
            made.items[key] = inner
        else:
            made.items[key] = attribute_dict(interp, item)
    if value.open:
        interp.forget(made, value.reason or _NOT_READ)


# -- OmegaConf ------------------------------------------------------------------------------


def _loaded(interp: Interpreter, source: Value) -> Value:
    """The content of a YAML file, with attributes."""
    text = text_of(interp, source) if isinstance(source, FileV) else None
    if isinstance(source, str):
        text = content_of(interp, str(source))
    if text is None:
        return interp.unknown(_NOT_READ)
    try:
        plain = yaml.parse(text)
    except ValueError:
        return interp.unknown("YAML that is not understood")
    return attribute_dict(interp, from_plain(interp, resolved(plain, plain)))


def resolved(plain: Plain, root: Plain, depth: int = 0) -> Plain:
    """The content with references such as ``${net.width}`` resolved."""
    if depth > 8:
        return UNCLEAR
    if isinstance(plain, dict):
        return {key: resolved(value, root, depth) for key, value in plain.items()}
    if isinstance(plain, list):
        return [resolved(value, root, depth) for value in plain]
    if not isinstance(plain, str) or "${" not in plain:
        return plain
    path = plain[2:-1]
    if not plain.startswith("${") or plain[-1] != "}" or not path.replace(".", "").isidentifier():
        return UNCLEAR
    found = root
    for part in path.split("."):
        found = found.get(part, UNCLEAR) if isinstance(found, dict) else UNCLEAR
    return found if isinstance(found, (dict, list)) else resolved(found, root, depth + 1)


def _load(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``OmegaConf.load(path)``."""
    return _loaded(interp, args[0] if args else keywords.get("file_"))


def _create(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``OmegaConf.create({...})``, ``OmegaConf.structured(Config)``."""
    source = args[0] if args else keywords.get("obj")
    if isinstance(source, ClassV):
        source = interp.call(source, [], {}, site)
    if source is None:
        return AttributeDictV(interp.heap, {})
    if isinstance(source, (DictV, ListV, Instance)):
        return attribute_dict(interp, source)
    return interp.unknown("a configuration that is not known")


def _merge(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``OmegaConf.merge(one, other, ...)``: the last one wins."""
    made = AttributeDictV(interp.heap, {})
    for argument in args:
        merge(interp, made, _create(interp, [argument], {}, site))
    return made


def _from_command_line(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``OmegaConf.from_cli()``: empty, since the program is started without arguments."""
    return _create(interp, [], {}, site) if not args else interp.unknown("arguments")


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
                config = attribute_dict(again, from_plain(again, resolved(plain, plain)))
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
    result: dict[Any, Plain] = {}
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


def _update(result: dict[Any, Plain], part: dict[Any, Plain]) -> None:
    for key, value in part.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            _update(result[key], value)
        else:
            result[key] = value


_CLASSES = (
    "easydict.EasyDict", "ml_collections.ConfigDict", "ml_collections.config_dict.ConfigDict",
    "ml_collections.config_dict.create", "ml_collections.FrozenConfigDict", "munch.Munch",
    "munch.munchify", "munch.DefaultMunch", "box.Box", "attrdict.AttrDict", "addict.Dict", "dotmap.DotMap",
    "yacs.config.CfgNode", "bunch.Bunch", "sklearn.utils.Bunch",
)  # fmt: skip
FUNCTIONS: dict[str, Native] = {
    **dict.fromkeys(_CLASSES, _make),
    "omegaconf.OmegaConf.load": _load, "omegaconf.OmegaConf.create": _create,
    "omegaconf.OmegaConf.structured": _create, "omegaconf.OmegaConf.merge": _merge,
    "omegaconf.OmegaConf.from_cli": _from_command_line, "omegaconf.DictConfig": _create,
    "omegaconf.OmegaConf.to_container": _first, "omegaconf.OmegaConf.to_object": _first,
    "omegaconf.OmegaConf.set_struct": _no_result, "omegaconf.OmegaConf.set_readonly": _no_result,
    "omegaconf.OmegaConf.resolve": _no_result, "omegaconf.OmegaConf.to_yaml": lambda interp, *_: (
        interp.unknown("a text")
    ),
    "hydra.main": _hydra,
}  # fmt: skip
