"""Files that use what another file of the project defines, and how they call it.

They are read by patterns, one call at a time: a file that Python cannot read has callers, too.
"""

from __future__ import annotations

import ast
import os.path
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from kerasmergelint.dataclass import dataclass
from kerasmergelint.regex import regex

# Calls of one function that are read, and the characters of one of them.
_MOST_CALLS, _LONGEST_CALL = 200, 2_000
_IMPORT = regex(r"^[ \t]*(?:from|import)\b(?:[^\n(#]*\([^()]*\)|[^\n#]*)", re.MULTILINE)
# `from a.b import c`: the module, and what is taken from it.
_FROM = regex(r"[ \t]*from[ \t]+([\w.]+)[ \t]+import\b([^#]*)")
_WORD = regex(r"\w+|\*")
_ALIAS = regex(r"\b(\w+)\s+as\s+(\w+)")
_BY_NAME = regex(r"\bgetattr\(\s*(\w+)\s*,(?!\s*[\"'])")


# One of which nothing is known.
_ANY_CALL = ast.Call(ast.Name("called"), [], [ast.keyword(None, ast.Name("given"))])


@dataclass(frozen=True, slots=True)
class User:
    """A file that imports another, and the words of its imports."""

    text: str
    imported: frozenset[str]

    def calls(self, name: str, *, is_method: bool) -> Iterator[ast.Call]:
        """The calls of a name that may come from the other file, as far as each can be read by itself.

        Whoever gets the function may call it in any way.
        """
        if self.imported & set(_BY_NAME.findall(self.text)):
            yield _ANY_CALL
        if name not in self.text or re.search(rf"\b(?:def|class)\s+{name}\b", self.text):
            return
        rest = _IMPORT.sub("", self.text)
        spelled = "|".join(self._spellings(name, is_method=is_method))
        for found in islice(re.finditer(rf"(?:{spelled})\s*\(", rest), _MOST_CALLS):
            call = _call_at(rest[found.start() : found.start() + _LONGEST_CALL])
            if call is not None:
                yield call
        if re.search(rf"(?:[=(\[,:{{]|\breturn\b)\s*(?:{spelled})\s*(?=[,)\]}}\n]|$)", rest):
            yield _ANY_CALL

    def _spellings(self, name: str, *, is_method: bool) -> Iterator[str]:
        """Patterns for what the name is called in the file."""
        if is_method:
            yield rf"(?:\w+\.)*(?<=\.){name}"
            return
        pairs = [pair for line in _IMPORT.findall(self.text) for pair in _ALIAS.findall(line)]
        owners = self.imported | {alias for _, alias in pairs}
        yield rf"(?<!\w)(?:\w+\.)*(?:{'|'.join(map(re.escape, sorted(owners)))})\.{name}"
        if name in self.imported or "*" in self.imported:
            yield rf"(?<![\w.]){name}"
        yield from (rf"(?<![\w.]){alias}" for known, alias in pairs if known == name)


def users_of(paths: Sequence[str], below: Sequence[tuple[str, str]]) -> list[User]:
    """The files that import one of some, or one that does: packages pass on what is in their modules."""
    files = {o: (text, _words_of_imports(text)) for o, text in below if o != paths[0]}
    stems = frozenset(os.path.splitext(path)[0] for path, _ in below)
    wanted, users = list(paths), dict[str, User]()
    for _ in range(2):
        found = {
            other: User(text, words)
            for other, (text, words) in files.items()
            if any(_may_import(other, text, words, path, stems) for path in wanted)
        }
        users |= found
        wanted = list(found)
    return list(users.values())


def _may_import(
    other: str, text: str, words: frozenset[str], path: str, stems: frozenset[str]
) -> bool:
    """Whether a file imports another: not if all modules of this name that it imports are found elsewhere."""
    module = _module(path)
    if module not in words:
        return False
    lines = [line for line in _IMPORT.findall(text) if module in _WORD.findall(line)]
    return any(_may_be(other, line, path, stems) for line in lines)


def _may_be(other: str, line: str, path: str, stems: frozenset[str]) -> bool:
    """Whether what an import in ``other`` names may be the file of a path: if no other file fits better."""
    found = _FROM.match(line)
    if found is None:
        return True
    folder, places = os.path.dirname(other), set[str]()
    while folder not in places:
        places.add(folder)
        folder = os.path.dirname(folder)
    module = os.path.join(*found[1].strip(".").split("."))
    named = {os.path.join(place, module) for place in places}
    if _module(path) in _WORD.findall(found[2]):
        named |= {os.path.join(place, _module(path)) for place in named}
    return os.path.splitext(os.path.abspath(path))[0] in named or not named & stems


def _words_of_imports(text: str) -> frozenset[str]:
    return frozenset(word for line in _IMPORT.findall(text) for word in _WORD.findall(line))


def _module(path: str) -> str:
    """The last word of the name by which a file is imported."""
    folder, name = os.path.split(os.path.splitext(path)[0])
    return os.path.basename(folder) if name == "__init__" else name


def _call_at(text: str) -> ast.Call | None:
    """The call with which a text begins."""
    try:
        call = ast.parse(text[: _end_of_call(text)], mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return call if isinstance(call, ast.Call) else None


def _end_of_call(text: str) -> int:
    depth = 0
    for found in re.finditer(r"[()]|'[^'\n]*'|\"[^\"\n]*\"|#[^\n]*", text):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0 and found[0] == ")":
            return found.end()
    return len(text)
