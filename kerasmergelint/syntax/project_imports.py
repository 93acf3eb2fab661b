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

# The most files searched for one; and the size above which a Python file holds data.
_MOST_FILES = 2_000
_LARGEST = 500_000

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<module>\.*[\w.]*)[ \t]+import[ \t]*(?P<members>\([^)]*|[^\n;#]*)"
    r"|import[ \t]+(?P<modules>[^\n;#]+))",
    re.MULTILINE,
)
_BY_NAME = re.compile(r"\b(?:import_module|__import__)\(\s*f?[\"'](?P<module>[\w.]+)")
_PATH_LINE = re.compile(r"^.*\bsys\.path\.(?:insert|append|extend)\b.*$", re.MULTILINE)
_STRING = re.compile(r"[\"']([^\"'\n]*)[\"']")
_NAME = re.compile(r"[\w.]+")


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


def _imported(text: str, path: str, roots: Sequence[str]) -> Iterator[str]:
    """The files of the project that the import lines of a text lead to."""
    folder = os.path.dirname(os.path.abspath(path))
    places = list(dict.fromkeys(_search_path(text, folder, roots)))
    for found in _IMPORT.finditer(text):
        if found["modules"] is not None:
            for module in found["modules"].split(","):
                yield from _files(places, module.split()[0] if module.split() else "")
        elif found["module"].startswith("."):
            name = found["module"].lstrip(".")
            place = folder
            for _ in range(len(found["module"]) - len(name) - 1):
                place = os.path.dirname(place)
            yield from _with_members([place], name, found["members"])
        else:
            yield from _with_members(places, found["module"], found["members"])
    if "import" in text and ("import_module" in text or "__import__" in text):
        for named in _BY_NAME.finditer(text):
            yield from _all_of(places, named["module"].strip("."))


def _search_path(text: str, folder: str, roots: Sequence[str]) -> Iterator[str]:
    """The folders searched for a file's imports, those that it adds to ``sys.path`` included."""
    yield folder
    yield from (os.path.abspath(root) for root in roots)
    top = _outermost(folder)
    yield top
    yield os.path.join(top, "src")
    yield from _above_in_project(folder)
    if "sys.path" in text:
        above = [folder, os.path.dirname(folder), os.path.dirname(os.path.dirname(folder))]
        yield from above
        for line in _PATH_LINE.findall(text):
            for literal in _STRING.findall(line):
                yield from (os.path.normpath(os.path.join(place, literal)) for place in above)


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


def _with_members(places: Sequence[str], module: str, members: str) -> Iterator[str]:
    """The file of a module, and the submodules among the names that are imported from it."""
    yield from _files(places, module)
    for member in _NAME.findall(members.lstrip("(")):
        yield from _files(places, f"{module}.{member}".strip("."))


def _files(places: Sequence[str], module: str) -> Iterator[str]:
    """The file of a module, and the ``__init__`` of each package around it."""
    parts = module.split(".")
    for place in places:
        found = False
        for part in parts[:-1]:
            if part not in _names(place):
                break
            place = os.path.join(place, part)
            if "__init__.py" in _names(place):
                found = True
                yield os.path.join(place, "__init__.py")
        else:
            if f"{parts[-1]}.py" in _names(place):
                found = True
                yield os.path.join(place, f"{parts[-1]}.py")
            if parts[-1] in _names(place) and "__init__.py" in _names(
                inner := os.path.join(place, parts[-1])
            ):
                found = True
                yield os.path.join(inner, "__init__.py")
        if found:
            return


def _all_of(places: Sequence[str], package: str) -> Iterator[str]:
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
