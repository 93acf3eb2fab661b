"""``configparser``: sections of named texts, from files of the project, texts and dicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from kerasmergelint.tracker.library.data_readers import text_of
from kerasmergelint.tracker.library.native import NativeObject, text_argument
from kerasmergelint.tracker.library.opened import content_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Method, Native
from kerasmergelint.tracker.python.builtins.containers import DICT_METHODS
from kerasmergelint.tracker.python.builtins.methods import methods
from kerasmergelint.tracker.python.subscripts import READ
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value, named

if TYPE_CHECKING:
    import configparser

_NOT_READ = "a file that cannot be read here may say otherwise"
_OPTIONS = frozenset(
    {"allow_no_value", "delimiters", "comment_prefixes", "inline_comment_prefixes", "strict",
     "empty_lines_in_values", "default_section"}
)  # fmt: skip
_TRUE, _FALSE = ("1", "yes", "true", "on"), ("0", "no", "false", "off")


class SectionV(DictV):
    """The options of a section, as ``parser["section"]`` gives them."""

    __slots__ = ()


class ParserV(NativeObject):
    """A parser, and what it has read."""

    __slots__ = ("make", "sections")

    def __init__(self, heap: Heap, make: Callable[[], configparser.RawConfigParser] | None) -> None:
        super().__init__(heap, "configparser.ConfigParser", _METHODS)
        self.make = make  # None if the parser may have unknown options
        self.sections = DictV(heap, {})


def _parser(name: Literal["ConfigParser", "RawConfigParser"]) -> Native:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        given = named(keywords)
        plain: dict[str, Any] = {
            name: list(value.items) if isinstance(value, ListV) else value
            for name, value in given.items()
        }
        known = not args and REST not in keywords and not set(plain) - _OPTIONS
        if known and all(is_constant(v) for value in plain.values() for v in _leaves(value)):
            import configparser  # late: few programs read such files

            cls = getattr(configparser, name)
            return ParserV(interp.heap, lambda: cls(**plain))
        return ParserV(interp.heap, None)

    return native


def _leaves(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


# -- reading --------------------------------------------------------------------------------


def _add(interp: Interpreter, parser: ParserV, text: str | None) -> None:
    """Add the content of a text; an unknown one may replace everything."""
    content = None if text is None else _content(parser, text)
    interp.heap.touch(parser.sections)
    if content is None:
        interp.forget(parser.sections, _NOT_READ)
        return
    for name, options in content.items():
        section = parser.sections.items.get(name)
        if not isinstance(section, SectionV):
            section = parser.sections.items[name] = SectionV(interp.heap, {})
        interp.heap.touch(section)
        section.items.update(options)


def _content(parser: ParserV, text: str) -> dict[str, dict[str, str | None]] | None:
    """The sections of a text, with the defaults in each of them."""
    if parser.make is None:
        return None
    import configparser  # late: few programs read such files

    made = parser.make()
    if "optionxform" in parser.attributes:  # keeps upper case, the usual reason to set it
        vars(made)["optionxform"] = str
    try:
        made.read_string(text)
        return {name: dict(made[name]) for name in (made.default_section, *made.sections())}
    except (configparser.Error, ValueError):
        return None


def _read(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``parser.read(paths)``."""
    paths = args[1] if len(args) > 1 else keywords.get("filenames")
    names = [paths] if isinstance(paths, str) else interp.iterate(paths, site)
    for name in names or [None]:
        text = content_of(interp, str(name)) if isinstance(name, str) else None
        _add(interp, _receiver(args), text)
    return paths if isinstance(paths, ListV) else ListV(interp.heap, list(names or []))


def _read_text(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``parser.read_file(file)``, ``parser.read_string(text)``."""
    _add(interp, _receiver(args), text_of(interp, args[1] if len(args) > 1 else None))
    return None


def _read_dict(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    source = args[1] if len(args) > 1 else None
    if not isinstance(source, DictV) or source.open:
        _add(interp, _receiver(args), None)
        return None
    for name, options in source.items.items():
        _set_section(interp, [args[0], name, options], {}, site)
    return None


def _set_section(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``parser["section"] = {...}``."""
    parser, name, options = _receiver(args), args[1], args[2]
    if (
        not isinstance(options, DictV)
        or options.open
        or not all(map(is_constant, options.items.values()))
    ):
        _add(interp, parser, None)
        return None
    interp.heap.touch(parser.sections)
    texts = {str(key).lower(): str(value) for key, value in options.items.items()}
    default = parser.sections.items.get("DEFAULT")
    inherited = default.items if isinstance(default, SectionV) else {}
    parser.sections.items[name] = SectionV(interp.heap, {**inherited, **texts})
    return None


def _set(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``parser.set(section, option, value)``."""
    section = _section(interp, _receiver(args), args[1] if len(args) > 1 else None, site)
    if isinstance(section, SectionV) and len(args) > 3:
        interp.set_item(section, _option(section, args[2]), args[3], site)
    return None


# -- asking ---------------------------------------------------------------------------------


def _receiver(args: Args) -> ParserV:
    assert isinstance(args[0], ParserV)
    return args[0]


def _section(interp: Interpreter, parser: ParserV, name: Value, site: Site) -> Value:
    if not isinstance(name, str):
        return interp.unknown("a section of an unknown name")
    if name not in parser.sections.items and not parser.sections.open:
        raise interp.raised("NoSectionError", name)
    return interp.item(parser.sections, name, site)


def _option(section: SectionV, name: Value) -> Value:
    """The option of this name; case matters only if the parser keeps it."""
    return name.lower() if isinstance(name, str) and name not in section.items else name


def _item(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return _section(interp, _receiver(args), args[1], site)


def _names(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``parser.sections()``."""
    sections = _receiver(args).sections
    made = ListV(interp.heap, [name for name in sections.items if name != "DEFAULT"])
    made.open = sections.open
    return made


def _has(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``parser.has_section(section)``, ``parser.has_option(section, option)``, ``in``."""
    sections, name = _receiver(args).sections, args[1] if len(args) > 1 else None
    section = sections.items.get(name) if isinstance(name, str) else None
    if sections.open or not isinstance(name, str):
        return interp.unknown("whether a file has a section")
    if len(args) < 3 or section is None:
        return section is not None
    assert isinstance(section, SectionV)
    return _option(section, args[2]) in section.items


def _options(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    section = _section(interp, _receiver(args), args[1] if len(args) > 1 else None, site)
    if not isinstance(section, SectionV) or section.open:
        return interp.unknown("the options of a section")
    return ListV(interp.heap, list(section.items))


def _items(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) < 2:
        return interp.unknown("the sections of a file")
    section = _section(interp, _receiver(args), args[1], site)
    if not isinstance(section, SectionV) or section.open:
        return interp.unknown("the options of a section")
    return ListV(interp.heap, list(section.items.items()))


def _boolean(text: str) -> bool:
    if text.lower() not in _TRUE + _FALSE:
        raise ValueError(text)
    return text.lower() in _TRUE


def _of_parser(convert: Callable[[str], Value]) -> Native:
    """``parser.getint(section, option, fallback=...)``."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        parser = _receiver(args)
        name, option = (
            text_argument(args, keywords, 1, "section"),
            text_argument(args, keywords, 2, "option"),
        )
        if name is None or option is None:
            return interp.unknown("an option of an unknown name")
        absent = name not in parser.sections.items and not parser.sections.open
        if absent and "fallback" in keywords:
            return keywords["fallback"]
        section = _section(interp, parser, name, site)
        if isinstance(section, SectionV):
            return _converted(interp, section, option, convert, keywords)
        return interp.unknown("an option of a section that is not known")

    return native


def _of_section(convert: Callable[[str], Value]) -> Method:
    """``section.getint(option, fallback)``."""

    def native(
        interp: Interpreter, section: SectionV, args: Args, keywords: Keywords, site: Site
    ) -> Value:
        option = args[0] if args else None
        more: Keywords = {**keywords}
        more.setdefault("fallback", args[1] if len(args) > 1 else None)
        if not isinstance(option, str):
            return interp.unknown("an option of an unknown name")
        return _converted(interp, section, option, convert, more)

    return native


def _converted(
    interp: Interpreter,
    section: SectionV,
    option: str,
    convert: Callable[[str], Value],
    keywords: Keywords,
) -> Value:
    key = _option(section, option)
    if section.open or (key in section.items and not isinstance(section.items[key], str)):
        return interp.unknown(_NOT_READ)
    if key not in section.items:
        if "fallback" in keywords:
            return keywords["fallback"]
        raise interp.raised("NoOptionError", option)
    try:
        return convert(str(section.items[key]))
    except ValueError:
        raise interp.raised("ValueError") from None


_CONVERSIONS: dict[str, Callable[[str], Value]] = {
    "get": str, "getint": int, "getfloat": float, "getboolean": _boolean,
}  # fmt: skip
_METHODS: dict[str, Native] = {
    "read": _read, "read_file": _read_text, "readfp": _read_text, "read_string": _read_text,
    "read_dict": _read_dict, "__getitem__": _item, "__setitem__": _set_section, "set": _set,
    "sections": _names, "has_section": _has, "has_option": _has, "__contains__": _has,
    "options": _options, "items": _items,
    **{name: _of_parser(convert) for name, convert in _CONVERSIONS.items()},
}  # fmt: skip

section_attribute = methods(
    {**DICT_METHODS, **{name: _of_section(convert) for name, convert in _CONVERSIONS.items()}}
)


def section_item(interp: Interpreter, section: SectionV, index: Value, site: Site) -> Value:
    """``section["option"]``"""
    return READ[DictV](interp, section, _option(section, index), site)


FUNCTIONS: dict[str, Native] = {
    "configparser.ConfigParser": _parser("ConfigParser"),
    "configparser.RawConfigParser": _parser("RawConfigParser"),
    "configparser.SafeConfigParser": _parser("ConfigParser"),
}
