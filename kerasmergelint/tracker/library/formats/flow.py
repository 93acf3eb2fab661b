"""Collections of YAML in brackets: ``[1, 2]``, ``{a: 1, b: [x, y]}``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kerasmergelint.regex import regex
from kerasmergelint.tracker.library.formats.plain import Plain, Unreadable
from kerasmergelint.tracker.library.formats.scalars import scalar

_DEEPEST = 40
_QUOTED = r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\''
_TOKEN = regex(
    rf"\s*(?P<token>{_QUOTED}|[\[\]{{}},]|:(?=[\s,\[\]{{}}]|$)"
    r"|(?:[^\s\[\]{},:]|:(?=[^\s,\[\]{}])|[ \t]+(?=[^\s\[\]{},:]))+)\s*"
)


def balance(text: str) -> int:
    """The number of open brackets at the end of a text; raises if a quote is open."""
    tokens = [found["token"] for found in _TOKEN.finditer(text)]
    if any(token[0] in "'\"" and not re.fullmatch(_QUOTED, token) for token in tokens):
        raise Unreadable("a quote over several lines")
    return sum(token in ("[", "{") for token in tokens) - sum(
        token in ("]", "}") for token in tokens
    )


class Flow:
    """A reader of one collection."""

    def __init__(self, text: str, anchors: Mapping[str, Plain]) -> None:
        self._text = text
        self._anchors = anchors
        self._position = 0
        self._token: str | None = None
        self._advance()

    def whole(self) -> Plain:
        """The collection that is the whole text."""
        value = self._node(0)
        if self._token is not None:
            raise Unreadable("text after a collection")
        return value

    def _advance(self) -> str | None:
        """Go to the next token; returns the one before."""
        passed = self._token
        if self._position >= len(self._text):
            self._token = None
            return passed
        found = _TOKEN.match(self._text, self._position)
        if found is None:
            raise Unreadable("something in brackets")
        self._token, self._position = found["token"], found.end()
        return passed

    def _node(self, depth: int) -> Plain:
        if depth > _DEEPEST:
            raise Unreadable("too deep")
        token = self._advance()
        if token == "[":
            return self._items(depth)
        if token == "{":
            return self._pairs(depth)
        if token is None or token in ("]", "}", ",", ":"):
            raise Unreadable("a missing item")
        if token.startswith("*") and token[1:] in self._anchors:
            return self._anchors[token[1:]]
        return scalar(token)

    def _items(self, depth: int) -> Plain:
        items: list[Plain] = []
        while self._token != "]":
            items.append(self._node(depth + 1))
            self._separate("]")
        self._advance()
        return items

    def _pairs(self, depth: int) -> Plain:
        pairs: dict[Plain, Plain] = {}
        while self._token != "}":
            key = self._node(depth + 1)
            if isinstance(key, (list, dict)):
                raise Unreadable("a collection as a key")
            pairs[key] = None
            if self._token == ":":
                self._advance()
                if self._token not in (",", "}"):
                    pairs[key] = self._node(depth + 1)
            self._separate("}")
        self._advance()
        return pairs

    def _separate(self, end: str) -> None:
        if self._token == ",":
            self._advance()
        elif self._token != end:
            raise Unreadable("a missing comma")
