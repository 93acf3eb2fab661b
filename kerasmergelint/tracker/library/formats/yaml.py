"""A small part of YAML 1.1, as PyYAML reads it: what configuration files use.

Block and flow collections, plain and quoted scalars on one line, block scalars, anchors, aliases
and merge keys.  A scalar that YAML readers disagree about, such as ``1e-3``, is UNCLEAR; anything
else makes the whole text :class:`Unreadable`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.regex import regex
from kerasmergelint.tracker.library.formats.flow import Flow, balance
from kerasmergelint.tracker.library.formats.plain import Plain, Unreadable
from kerasmergelint.tracker.library.formats.scalars import scalar

_DEEPEST = 40
_KEY = regex(
    r"""(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'\[\]{}#&*!|>%@`,?-][^\n]*?|-[^\s][^\n]*?)"""
    r"\s*:(?:\s+|$)"
)
_ANCHOR = regex(r"&(?P<name>[^\s,\[\]{}]+)(?:\s+|$)")
_ALIAS = regex(r"\*(?P<name>[^\s,\[\]{}]+)$")
_BLOCK_SCALAR = regex(r"[|>][+-]?$")


@dataclass(frozen=True, slots=True)
class _Line:
    indent: int
    text: str
    number: int


def parse(text: str) -> Plain:
    """The one document of a text; raises :class:`Unreadable`."""
    reader = _Reader(text)
    if not reader.lines:
        return None
    value = reader.block(reader.lines[0].indent, 0)
    if reader.position < len(reader.lines):
        raise Unreadable("text after the document")
    return value


@dataclass(slots=True)
class _Reader:
    text: str
    raw: list[str] = field(init=False)
    lines: list[_Line] = field(init=False)
    position: int = 0
    anchors: dict[str, Plain] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.raw = self.text.lstrip("\ufeff").splitlines()
        self.lines = list(_significant(self.raw))

    @property
    def line(self) -> _Line | None:
        return self.lines[self.position] if self.position < len(self.lines) else None

    # -- blocks --------------------------------------------------------------------------

    def block(self, indent: int, depth: int) -> Plain:
        """The node whose lines are indented by ``indent``."""
        line = self.line
        if line is None or line.indent != indent or depth > _DEEPEST:
            raise Unreadable("indentation")
        if _is_item(line.text):
            return self._sequence(indent, depth)
        if _KEY.match(line.text):
            return self._mapping(indent, depth)
        self.position += 1
        return self._value(line.text, line, indent, depth)

    def _sequence(self, indent: int, depth: int) -> Plain:
        items: list[Plain] = []
        while (line := self.line) is not None and line.indent == indent and _is_item(line.text):
            rest = line.text[1:].lstrip()
            inner = indent + len(line.text) - len(rest)
            if rest and (_is_item(rest) or _KEY.match(rest)):
                self.lines[self.position] = _Line(inner, rest, line.number)
                items.append(self.block(inner, depth + 1))
            else:
                self.position += 1
                items.append(self._value(rest, line, indent, depth))
        return items

    def _mapping(self, indent: int, depth: int) -> Plain:
        items: dict[Plain, Plain] = {}
        merged: list[dict[Plain, Plain]] = []
        while (line := self.line) is not None and line.indent == indent:
            found = _KEY.match(line.text)
            if found is None:
                raise Unreadable("a line that is no item of a mapping")
            self.position += 1
            key = scalar(found["key"])
            value = self._value(line.text[found.end() :], line, indent, depth, below=True)
            if key == "<<":
                merged.extend(_mappings(value))
            else:
                items[key] = value
        inherited: dict[Plain, Plain] = {}
        for mapping in merged:
            inherited = {**inherited, **mapping, **inherited}
        return {**inherited, **items}

    # -- values --------------------------------------------------------------------------

    def _value(
        self, text: str, line: _Line, indent: int, depth: int, *, below: bool = False
    ) -> Plain:
        """The value on the rest of a line, or indented below it.

        ``below`` the key of a mapping a sequence need not be indented.
        """
        anchor = _ANCHOR.match(text)
        if anchor is not None:
            value = self._value(text[anchor.end() :], line, indent, depth, below=below)
            self.anchors[anchor["name"]] = value
            return value
        alias = _ALIAS.match(text)
        if alias is not None:
            if alias["name"] not in self.anchors:
                raise Unreadable("an alias of nothing")
            return self.anchors[alias["name"]]
        if not text:
            return self._nested(indent, depth, below=below)
        if _BLOCK_SCALAR.match(text):
            return self._block_scalar(text, line, indent)
        if text[0] in "[{":
            return self._flow(text)
        if (following := self.line) is not None and following.indent > indent:
            raise Unreadable("a scalar of several lines")
        return scalar(text)

    def _nested(self, indent: int, depth: int, *, below: bool) -> Plain:
        line = self.line
        if line is not None and line.indent > indent:
            return self.block(line.indent, depth + 1)
        if below and line is not None and line.indent == indent and _is_item(line.text):
            return self._sequence(indent, depth + 1)
        return None

    def _flow(self, text: str) -> Plain:
        while balance(text) > 0 and (line := self.line) is not None:
            text += " " + line.text
            self.position += 1
        return Flow(text, self.anchors).whole()

    def _block_scalar(self, style: str, line: _Line, indent: int) -> Plain:
        """``|`` keeps line ends; of ``>`` only the shortest form is understood."""
        content: list[str] = []
        for raw in self.raw[line.number + 1 :]:
            if raw.strip() and len(raw) - len(raw.lstrip(" ")) <= indent:
                break
            content.append(raw)
        last = line.number + len(content)
        while (following := self.line) is not None and following.number <= last:
            self.position += 1
        shown = [raw for raw in content if raw.strip()]
        margin = min((len(raw) - len(raw.lstrip(" ")) for raw in shown), default=0)
        if style[0] == ">" and (len(shown) > 1 or any(raw[margin:][:1] == " " for raw in shown)):
            raise Unreadable("a folded text")
        if style.endswith("+"):
            raise Unreadable("a text with its empty lines")
        text = "\n".join(raw[margin:] for raw in content).rstrip("\n")
        return text if style.endswith("-") or not text else text + "\n"


def _is_item(text: str) -> bool:
    return text == "-" or text.startswith("- ")


def _mappings(value: Plain) -> list[dict[Plain, Plain]]:
    """The items of a merge key; the first one wins."""
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(item, dict) for item in found):
        raise Unreadable("a merge of something else")
    return found


def _significant(raw: list[str]) -> Iterator[_Line]:
    """The lines with content, without comments."""
    for number, line in enumerate(raw):
        text = _without_comment(line).rstrip()
        stripped = text.lstrip(" ")
        if not stripped:
            continue
        if stripped.startswith(("%", "\t", "? ")) or stripped == "...":
            raise Unreadable("a directive, a tab or an explicit key")
        if text.startswith("---"):
            if number and any(_without_comment(before).strip() for before in raw[:number]):
                raise Unreadable("several documents")
            if text != "---":
                raise Unreadable("a document on its first line")
            continue
        yield _Line(len(text) - len(stripped), stripped, number)


_COMMENT = regex(
    r"""^((?:[^"'#]|(?<=\w)'|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?<=\S)#)*?)(?:(?:^|(?<=\s))#.*)?$"""
)


def _without_comment(line: str) -> str:
    if "#" not in line:
        return line
    if not ("'" in line or '"' in line):
        found = re.search(r"(?:^|\s)#", line)
        return line if found is None else line[: found.start()]
    match = _COMMENT.match(line)
    if match is None:
        raise Unreadable("quotes and a comment")
    return match[1]
