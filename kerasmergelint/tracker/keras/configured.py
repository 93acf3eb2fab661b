"""From the arguments of a layer's constructor to its configuration."""

from __future__ import annotations

import itertools
from collections.abc import Hashable

from kerasmergelint.keras_api.layers import foreign_integers
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import Broken, Config, KerasVersion
from kerasmergelint.shapes import UNKNOWN
from kerasmergelint.tracker.keras import memo, outcomes
from kerasmergelint.tracker.keras.convert import to_plain
from kerasmergelint.tracker.machine import by_version
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.numpy_numbers import NumPyInt
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value, named

_AS_IT_IS = frozenset({int, str, bool, float, type(None)})  # to a rule as in the program

_KNOWN: memo.Memo[tuple[Config, int]] = memo.Memo()
_SERIALS = itertools.count()


def configured(
    interp: Interpreter, entry: LayerType, args: Args, keywords: Keywords, site: Site
) -> tuple[Config, int | None]:
    """The configuration for these arguments, and its serial number; raises :class:`Broken`.

    Most arguments are plain, or tuples of what is plain: then they are the key under which the answer is
    remembered, and there are neither integers of NumPy nor open sizes to look for.
    """
    keywords = _to_be_checked(keywords)
    given = (*args, *keywords.values())
    types = tuple(map(type, given))
    kinds = types if _AS_IT_IS.issuperset(types) else _kinds_if_plain(given)
    if kinds is not None and REST not in keywords:
        # What is equal is not the same to a rule unless the types are, too.
        key = (entry.name, interp.versions, tuple(keywords), given, kinds)
        return _KNOWN.get(key) or _remembered(interp, entry, args, named(keywords), key)
    config, serial = _converted(interp, entry, args, keywords)
    outcomes.note_sizes(interp, site, entry.name, config)
    return config, serial


def _kinds_if_plain(given: tuple[Value, ...]) -> tuple[object, ...] | None:
    """The types of plain arguments, and of the items of tuples; None if others are among them."""
    of_items: list[object] = []
    for value in given:
        kind = type(value)
        if kind is tuple and isinstance(value, tuple):
            items = tuple(map(type, value))
            if not _AS_IT_IS.issuperset(items):
                return None
            of_items.append(items)
        elif kind in _AS_IT_IS:
            of_items.append(kind)
        else:
            return None
    return tuple(of_items)


def _to_be_checked(keywords: Keywords) -> Keywords:
    """All but a name of its own, which nearly every layer has, and which hardly any Keras refuses."""
    name = keywords.get("name")
    if type(name) is str and "/" not in name:
        checked = keywords.copy()
        del checked["name"]
        return checked
    return keywords


def _converted(
    interp: Interpreter, entry: LayerType, args: Args, keywords: Keywords
) -> tuple[Config, int | None]:
    """The same for arguments that a rule does not take as they are, or some of which are unknown."""
    plain, known = _plain(interp, args, keywords)
    if REST in keywords or len(plain) < len(args):
        return _partly_known(interp, entry, plain, known), None  # nothing to refuse
    try:
        key = (entry.name, interp.versions, memo.key_of(plain), memo.key_of(known))
    except memo.NoKey:
        config, serial = _made_of(interp, entry, plain, known), None
    else:
        config, serial = _remembered(interp, entry, plain, known, key)
    _refuse_foreign_integers(interp, entry, args, keywords)
    return config, serial


def _plain(
    interp: Interpreter, args: Args, keywords: Keywords
) -> tuple[list[object], dict[str, object]]:
    """The arguments as the rules take them, up to a spread that is not known."""
    certain = itertools.takewhile(lambda argument: not isinstance(argument, Spread), args)
    plain = [to_plain(interp, argument) for argument in certain]
    return plain, {key: to_plain(interp, value) for key, value in named(keywords).items()}


def _remembered(
    interp: Interpreter,
    entry: LayerType,
    args: list[object],
    keywords: dict[str, object],
    key: Hashable,
) -> tuple[Config, int]:
    """The configuration for plain arguments, by their key."""
    known = _KNOWN.get(key)
    if known is None:
        divided = interp.divided
        known = _made_of(interp, entry, args, keywords), next(_SERIALS)
        if interp.divided == divided:
            _KNOWN.keep(key, known)
    return known


def _made_of(
    interp: Interpreter, entry: LayerType, args: list[object], keywords: dict[str, object]
) -> Config:
    return by_version.applied(interp, lambda version: entry.construct(args, keywords, version))


def meant(
    interp: Interpreter, entry: LayerType, args: Args, keywords: Keywords, site: Site
) -> Config:
    """What a refused configuration was meant to be.

    The argument at fault is read in lower case, or is not known.
    """
    config = _mended(interp, entry, *_plain(interp, args, _to_be_checked(keywords)))
    outcomes.note_sizes(interp, site, entry.name, config)
    return config


def _mended(
    interp: Interpreter, entry: LayerType, args: list[object], keywords: dict[str, object]
) -> Config:
    def made(given: dict[str, object]) -> Config | None:
        try:
            return by_version.applied(interp, lambda version: entry.construct([], given, version))
        except Broken:
            return None

    given = {**dict(zip(entry.unknown_config(interp.version), args)), **keywords}
    for key, value in given.items():
        small = made({**given, key: value.lower()}) if isinstance(value, str) else None
        if small is not None:
            return small
        rest = {name: other for name, other in given.items() if name != key}
        config = made(rest)
        if config is not None and key in config:
            return {**config, key: UNKNOWN}
        if config is not None:  # no such argument: it may mean any that is not given
            rest.setdefault("data_format", config.get("data_format"))
            return _partly_known(interp, entry, [], rest)
    return _partly_known(interp, entry, [], {})


def _refuse_foreign_integers(
    interp: Interpreter, entry: LayerType, args: Args, keywords: Keywords
) -> None:
    """Integers of NumPy where the constructor wants a Python one; raises :class:`Broken`."""
    if NumPyInt not in map(type, (*args, *keywords.values())):
        return

    def check(version: KerasVersion) -> None:
        given = entry.signature(version).bind(args, named(keywords))
        for name, value in given.items():
            if isinstance(value, NumPyInt):
                refused = foreign_integers.refusal(entry.name, name, value, version)
                if refused is not None:
                    raise refused

    by_version.applied(interp, check)


def _partly_known(
    interp: Interpreter, entry: LayerType, plain: list[object], known: dict[str, object]
) -> Config:
    """A configuration of which some arguments are known; the others need not be defaults."""
    unknown: dict[str, object] = dict(entry.unknown_config(interp.version))
    given = dict(zip(list(unknown), plain))
    for key, value in {**given, **known}.items():
        if key in unknown:
            unknown[key] = value
    return unknown
