"""Dicts whose items are attributes, too: EasyDict, ConfigDict, CfgNode, Munch, Box."""

from __future__ import annotations

from kerasmergelint.tracker.library.data_readers import text_of
from kerasmergelint.tracker.library.formats import yaml
from kerasmergelint.tracker.library.from_plain import from_plain
from kerasmergelint.tracker.library.opened import FileV, content_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Method, Native
from kerasmergelint.tracker.python.builtins import iterables
from kerasmergelint.tracker.python.builtins.containers import DICT_METHODS
from kerasmergelint.tracker.python.builtins.methods import methods
from kerasmergelint.tracker.python.records import stored
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Args, Keywords, Value

NOT_READ = "a file that cannot be read here may say otherwise"


class AttributeDictV(DictV):
    """A dict whose items are attributes, nested dicts included."""

    __slots__ = ()

    def empty(self, interp: Interpreter) -> AttributeDictV:
        """An empty dict of the same kind, to be nested in this one."""
        return AttributeDictV(interp.heap, {})

    def taken(self, interp: Interpreter, value: Value) -> Value:
        """A value in the form in which this dict keeps it."""
        return attribute_dict(interp, value)


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
        names = [name for name, _ in stored(value.cls)]
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
    value.items[name] = value.taken(interp, content)


def _same(interp: Interpreter, made: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    return made


def _nothing(interp: Interpreter, made: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    return None


def _merge_file(
    interp: Interpreter, made: AttributeDictV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``config.merge_from_file(path)``."""
    merge(interp, made, attribute_dict(interp, loaded(interp, args[0] if args else None)))
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


_METHODS: dict[str, Method] = {
    **DICT_METHODS, "lock": _same, "unlock": _same, "freeze": _nothing, "defrost": _nothing,
    "unlocked": _same, "to_dict": _same, "toDict": _same, "merge_from_file": _merge_file,
    "merge_from_list": _merge_list, "clone": _copy, "copy": _copy,
    "copy_and_resolve_references": _copy, "set_new_allowed": _nothing,
}  # fmt: skip
_methods = methods(_METHODS)


def merge(interp: Interpreter, made: AttributeDictV, value: Value) -> None:
    """Merge another dict in, recursively where both have dicts."""
    if not isinstance(value, DictV):
        interp.forget(made, NOT_READ)
        return
    interp.heap.touch(made)
    for key, item in value.items.items():
        old = made.items.get(key)
        if isinstance(item, DictV):
            inner = old if isinstance(old, AttributeDictV) else made.empty(interp)
            merge(interp, inner, item)
            made.items[key] = inner
        else:
            made.items[key] = made.taken(interp, item)
    if value.open:
        interp.forget(made, value.reason or NOT_READ)


def loaded(interp: Interpreter, source: Value) -> Value:
    """The content of a YAML file."""
    text = text_of(interp, source) if isinstance(source, FileV) else None
    if isinstance(source, str):
        text = content_of(interp, str(source))
    if text is None:
        return interp.unknown(NOT_READ)
    try:
        plain = yaml.parse(text)
    except ValueError:
        return interp.unknown("YAML that is not understood")
    return from_plain(interp, plain)


_CLASSES = (
    "easydict.EasyDict", "ml_collections.ConfigDict", "ml_collections.config_dict.ConfigDict",
    "ml_collections.config_dict.create", "ml_collections.FrozenConfigDict", "munch.Munch",
    "munch.munchify", "munch.DefaultMunch", "box.Box", "attrdict.AttrDict", "addict.Dict", "dotmap.DotMap",
    "yacs.config.CfgNode", "bunch.Bunch", "sklearn.utils.Bunch",
)  # fmt: skip
FUNCTIONS: dict[str, Native] = dict.fromkeys(_CLASSES, _make)
