"""Which files of its project a file imports, by a cheap look at its import lines.

This only decides whether a file is worth a real analysis: it may name too many files, and files
that it misses are skipped.  Texts and folders are remembered for the whole process, since many
files import the same ones.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from kerasmergelint.files import names_in, read
from kerasmergelint.regex import regex

# The most files searched for one; and the size above which a Python file holds data.
_MOST_FILES = 2_000
_LARGEST = 500_000

# Matched at the beginning of a line.
_IMPORT = regex(
    r"[ \t]*(?:from[ \t]+(?P<module>\.*[\w.]*)[ \t]+import[ \t]*(?P<members>\([^)]*|[^\n;#]*)"
    r"|import[ \t]+(?P<modules>[^\n;#]+))"
)
_BY_NAME = regex(r"\b(?:import_module|__import__)\(\s*f?[\"'](?P<module>[\w.]+)")
_PATH_CHANGED = regex(r"\bsys\.path\.(?:insert|append|extend)\b")
_STRING = regex(r"[\"']([^\"'\n]*)[\"']")
_NAME = regex(r"[\w.]+")


# Files, with the roots used, that are known not to lead to the wanted text.
Without = set[tuple[str, tuple[str, ...]]]


def leads_to(
    wanted: Callable[[str], bool], text: str, path: str, roots: tuple[str, ...], without: Without
) -> bool:
    """Whether a program imports, directly or not, a file whose text is ``wanted``.

    Files known to be ``without`` it are skipped, and those found to be are added.
    """
    start = os.path.abspath(path)
    seen = {start}
    waiting = list(_imported(text, path, roots))
    while waiting:
        file = waiting.pop()
        if file in seen or (file, roots) in without:
            continue
        if len(seen) >= _MOST_FILES:
            return False
        seen.add(file)
        if wanted(_text(file)):
            return True
        waiting.extend(_imports_of(file, roots))
    without.update((file, roots) for file in seen if file != start)
    return False


@lru_cache(maxsize=20_000)
def _imports_of(file: str, roots: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_imported(_text(file), file, roots))


@lru_cache(maxsize=512)
def _text(file: str) -> str:
    content = read(file)
    return "" if content is None or len(content) > _LARGEST else content.decode("utf-8", "replace")


def _imported(text: str, path: str, roots: tuple[str, ...]) -> Iterator[str]:
    """The files of the project that the import lines of a text lead to."""
    folder = os.path.dirname(os.path.abspath(path))
    places = _search_path(text, folder, roots)
    for found in _import_lines(text):
        if found["modules"] is not None:
            for module in found["modules"].split(","):
                yield from _files(places, module.split()[0] if module.split() else "")
        elif found["module"].startswith("."):
            name = found["module"].lstrip(".")
            place = folder
            for _ in range(len(found["module"]) - len(name) - 1):
                place = os.path.dirname(place)
            yield from _with_members((place,), name, found["members"])
        else:
            yield from _with_members(places, found["module"], found["members"])
    for word in ("import_module(", "__import__("):
        for at in _each_place(text, word):
            named = _BY_NAME.match(text, at)
            if named is not None:
                yield from _all_of(places, named["module"].strip("."))


def _import_lines(text: str) -> Iterator[re.Match[str]]:
    """The lines that import something."""
    end = 0
    for at in _each_place(text, "import"):
        if at < end:  # on a line, or in brackets, that was read already
            continue
        start = text.rfind("\n", end, at) + 1 or end
        found = _IMPORT.match(text, start)
        if found is not None:
            yield found
        line_end = text.find("\n", at)
        end = max(len(text) if line_end < 0 else line_end, 0 if found is None else found.end())


def _each_place(text: str, word: str) -> Iterator[int]:
    """Where a word is: looking for it first is many times as fast as matching a pattern on every line."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _search_path(text: str, folder: str, roots: tuple[str, ...]) -> tuple[str, ...]:
    """The folders searched for a file's imports, those that it adds to ``sys.path`` included."""
    usual = _usual_path(folder, roots)
    if "sys.path" not in text:
        return usual
    above = [folder, os.path.dirname(folder), os.path.dirname(os.path.dirname(folder))]
    added = (
        os.path.normpath(os.path.join(place, literal))
        for at in _each_place(text, "sys.path")
        if _PATH_CHANGED.match(text, at)
        for literal in _STRING.findall(_line_around(text, at))
        for place in above
    )
    return tuple(dict.fromkeys((*usual, *above, *added)))


def _line_around(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]


@lru_cache(maxsize=4096)
def _usual_path(folder: str, roots: tuple[str, ...]) -> tuple[str, ...]:
    top = _outermost(folder)
    around = (top, os.path.join(top, "src"), *_above_in_project(folder))
    return tuple(dict.fromkeys((folder, *map(os.path.abspath, roots), *around)))


_MOST_ABOVE = 4
_MARKS_OF_A_PROJECT = frozenset(
    {".git", "pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "README.md", "README.rst",
     "LICENSE"}
)  # fmt: skip


@lru_cache(maxsize=4096)
def _above_in_project(folder: str) -> tuple[str, ...]:
    """The folders up to the project's, each with its ``src``; none if the project's is unknown."""
    found: list[str] = []
    for _ in range(_MOST_ABOVE + 1):
        found += [folder, os.path.join(folder, "src")]
        if _MARKS_OF_A_PROJECT & _names(folder):
            return tuple(found)
        folder = os.path.dirname(folder)
    return ()


@lru_cache(maxsize=4096)
def _outermost(folder: str) -> str:
    """The folder around the outermost package that a folder belongs to."""
    while "__init__.py" in _names(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


def _with_members(places: tuple[str, ...], module: str, members: str) -> Iterator[str]:
    """The file of a module, and the submodules among the names that are imported from it."""
    yield from _files(places, module)
    for member in _NAME.findall(members.lstrip("(")):
        yield from _files(places, f"{module}.{member}".strip("."))


@lru_cache(maxsize=20_000)
def _files(places: tuple[str, ...], module: str) -> tuple[str, ...]:
    """The file of a module, and the ``__init__`` of each package around it."""
    parts = module.split(".")
    return next(filter(None, (_files_in(place, parts) for place in places)), ())


def _files_in(place: str, parts: Sequence[str]) -> tuple[str, ...]:
    """The same, below one folder."""
    found: list[str] = []
    for part in parts[:-1]:
        if part not in _names(place):
            return tuple(found)
        place = os.path.join(place, part)
        if "__init__.py" in _names(place):
            found.append(os.path.join(place, "__init__.py"))
    if f"{parts[-1]}.py" in _names(place):
        found.append(os.path.join(place, f"{parts[-1]}.py"))
    if parts[-1] in _names(place):
        inner = os.path.join(place, parts[-1])
        if "__init__.py" in _names(inner):
            found.append(os.path.join(inner, "__init__.py"))
    return tuple(found)


def _all_of(places: tuple[str, ...], package: str) -> Iterator[str]:
    """All files of a package: which one is imported is known only when the program runs."""
    yield from _files(places, package)
    for place in places:
        folder = os.path.join(place, *package.split("."))
        for name in sorted(_names(folder)):
            if name.endswith(".py"):
                yield os.path.join(folder, name)


@lru_cache(maxsize=4096)
def _names(folder: str) -> frozenset[str]:
    return frozenset(names_in(folder))


def forget() -> None:
    """Forget all files and folders: they may have changed."""
    for known in (_imports_of, _text, _above_in_project, _outermost, _names):
        known.cache_clear()
