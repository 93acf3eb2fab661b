"""What an analysis asks the file system, with the answers.

Findings depend on the imports of a program, on requirement files and on installed packages.  All
questions about these are asked here and remembered: while the answers are the same, so are the
findings (:mod:`kerasmergelint.cache`).

Every room may import this module, so it imports the standard library only.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import TypeVar

from kerasmergelint.regex import regex

# Larger files are not read; all that counts is that they are larger.
LARGEST = 2_000_000
HEAD = 64_000

Path = str | os.PathLike[str]
# A kind of question, and the absolute path or the package that it is about.
Question = tuple[str, str]
Answer = bool | str | None
T = TypeVar("T")


class Files:
    """Asks, and remembers: the same question always gets the same answer.

    ``edited`` are files, by their absolute paths, that are to be read as if they had another text.
    """

    def __init__(self, edited: Mapping[str, str] | None = None) -> None:
        self._answers: dict[tuple[str, Path], Answer] = {}
        self._edited = edited or {}

    def is_file(self, path: Path) -> bool:
        return self._ask("file", path) is True

    def is_folder(self, path: Path) -> bool:
        return self._ask("folder", path) is True

    def exists(self, path: Path) -> bool:
        return self._ask("exists", path) is True

    def holds_python(self, folder: Path) -> bool:
        """Whether a folder itself has a Python file in it."""
        return self._ask("python", folder) is True

    def python_files(self, folder: Path) -> list[str]:
        """The names of the Python files in a folder itself, sorted."""
        return self._listed("listing", folder, _python_files)

    def notebooks(self, folder: Path) -> list[str]:
        """The names of the notebooks in a folder itself, sorted."""
        return self._listed("notebooks", folder, _notebooks)

    def folders(self, folder: Path) -> list[str]:
        """The names of the folders in a folder that may hold code, sorted."""
        return self._listed("folders", folder, _folders)

    def requirements(self, folder: Path) -> list[str]:
        """The names of the files in a folder that may list what a project requires, sorted."""
        return self._listed("requirements", folder, _requirements)

    def pages(self, folder: Path) -> list[str]:
        """The names of the pages for readers in a folder, such as `readme.txt`; those in Markdown first."""
        self._ask("pages", folder)
        return _pages(folder)

    def beside(self, folder: Path) -> list[str]:
        """The names of the pages in Markdown, and of files that may hold a model, in a folder, sorted."""
        return self._listed("beside", folder, _beside)

    def recipes(self, folder: Path) -> list[str]:
        """The names of scripts of a shell, Makefiles and what CI runs, in a folder, sorted."""
        return self._listed("recipes", folder, _recipes)

    def installed(self, package: str) -> str | None:
        """The version of a package in our environment; None if it is not installed."""
        found = self._ask("version", package)
        return found if isinstance(found, str) else None

    def source(self, package: str) -> str | None:
        """The folder of an installed package, and what tells its installations apart; None if it is not."""
        found = self._ask("source", package)
        return found if isinstance(found, str) else None

    def content(self, path: Path, at_most: int = LARGEST) -> bytes | None:
        """The content of a file; None if it cannot be read or is too large."""
        new = self._edited.get(os.path.abspath(path)) if self._edited else None
        content = read(path) if new is None else new.encode("utf-8", "surrogatepass")
        self._answers["content", path] = None if content is None else digest(content)
        return None if content is None or len(content) > min(at_most, LARGEST) else content

    def head(self, path: Path) -> bytes | None:
        """How a file begins, however large it is; None if it cannot be read."""
        found = read(path, HEAD)
        self._answers["head", path] = None if found is None else digest(found[:HEAD])
        return None if found is None else found[:HEAD]

    def include(self, others: Files) -> None:
        """Take over the questions and answers of another."""
        self._answers.update(others._answers)

    def answers(self) -> dict[Question, Answer]:
        """All questions so far, with their answers."""
        return {
            (kind, subject if kind in OF_PACKAGES else os.path.abspath(subject)): answer
            for (kind, path), answer in self._answers.items()
            for subject in (os.fspath(path),)
        }

    def _listed(self, kind: str, folder: Path, names: Callable[[Path], list[str]]) -> list[str]:
        """Names in a folder; what is remembered of them is their digest when they were first asked for."""
        found = names(folder)
        if (kind, folder) not in self._answers:
            self._answers[kind, folder] = _digest_of(found)
        return found

    def _ask(self, kind: str, path: Path) -> Answer:
        key = kind, path
        if key not in self._answers:
            self._answers[key] = KINDS[kind](path)
        return self._answers[key]


def remembered(function: Callable[[Files, str], T]) -> Callable[[Files, str], T]:
    """Memoise a function for the whole process, together with the questions that it asks."""

    @lru_cache(maxsize=512)
    def first(path: str) -> tuple[T, Files]:
        files = Files()
        return function(files, path), files

    @wraps(function)
    def again(files: Files, path: str) -> T:
        result, asked = first(path)
        files.include(asked)
        return result

    _REMEMBERED.append(first.cache_clear)
    return again


_REMEMBERED: list[Callable[[], None]] = []


def forget() -> None:
    """Forget what was remembered for the whole process: files may have changed."""
    for clear in _REMEMBERED:
        clear()


# -- asking -------------------------------------------------------------------------------------


def read(path: Path, largest: int | None = None) -> bytes | None:
    """A regular file: all of it, or one byte more than the largest size that counts."""
    largest = LARGEST if largest is None else largest
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None  # reading a pipe could block forever
        with open(path, "rb") as stream:
            return stream.read(largest + 1)
    except (OSError, ValueError):
        return None


def digest(content: bytes) -> str:
    """A short name for a content, different for every other one."""
    from _blake2 import blake2b  # not by way of hashlib, which loads all of OpenSSL

    return blake2b(content, digest_size=20).hexdigest()


def _digest_of(names: list[str]) -> str:
    """The same for names, which may hold bytes that are no text."""
    return digest("\n".join(names).encode(errors="surrogatepass"))


def _content(path: Path) -> str | None:
    content = read(path)
    return None if content is None else digest(content)


def _head(path: Path) -> str | None:
    found = read(path, HEAD)
    return None if found is None else digest(found[:HEAD])


def _python_files(folder: Path) -> list[str]:
    return sorted(name for name in names_in(os.fspath(folder)) if name.endswith(".py"))


def _listing(folder: Path) -> str:
    return _digest_of(_python_files(folder))


def _notebooks(folder: Path) -> list[str]:
    return sorted(name for name in names_in(os.fspath(folder)) if name.endswith(".ipynb"))


# `requirements-gpu.txt`, `Dockerfile.gpu`, and environments of conda, which have any name.
_REQUIREMENTS = regex(
    r".*(?:requirement|constraint|dependenc|environment|conda|packages).*\.(?:txt|in)|.*\.ya?ml"
    r"|.*dockerfile.*",
    re.IGNORECASE,
)


# What a built or installed package says of itself, in a folder of its own.
_OF_PACKAGE = (".egg-info", ".dist-info")
_SAYS_OF_ITSELF = ("METADATA", "PKG-INFO", "requires.txt")


def _requirements(folder: Path) -> list[str]:
    names = names_in(os.fspath(folder))
    packages = [name for name in names if name.endswith(_OF_PACKAGE)]
    metadata = [f"{name}/{one}" for name in packages for one in _SAYS_OF_ITSELF]
    # Several are what is installed in an environment.
    return sorted(filter(_REQUIREMENTS.fullmatch, names)) + metadata * (len(packages) == 1)


def _named_requirements(folder: Path) -> str:
    return _digest_of(_requirements(folder))


_PAGES = regex(r"readme(?:\.(?:md|rst|txt))?", re.IGNORECASE)


def _pages(folder: Path) -> list[str]:
    return sorted(filter(_PAGES.fullmatch, names_in(os.fspath(folder))), key=_page_order)


def _page_order(name: str) -> tuple[bool, str]:
    return not name.lower().endswith(".md"), name


def _beside(folder: Path) -> list[str]:
    found = names_in(os.fspath(folder))
    return sorted(name for name in found if name.lower().endswith(_BESIDE))


_BESIDE = (".md", ".json", ".yaml", ".yml", ".h5", ".hdf5")


_RECIPES = regex(r".*\.(?:sh|bat|cmd|ps1|ya?ml)|makefile|tox\.ini|jenkinsfile", re.IGNORECASE)


def _recipes(folder: Path) -> list[str]:
    return sorted(filter(_RECIPES.fullmatch, names_in(os.fspath(folder))))


_NO_CODE = frozenset({"node_modules", "site-packages", "build", "dist", "venv", "env"})


def _folders(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            found = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except (OSError, ValueError):
        return []
    return sorted(name for name in found if name[0] not in "._" and name not in _NO_CODE)


def _tree(folder: Path) -> str:
    return _digest_of(_folders(folder))


def _holds_python(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.name.endswith(".py") for entry in entries)
    except (OSError, ValueError):
        return False


# The name of the folder with an installed package's metadata.
_METADATA = regex(r"([^-]+)-([^-]+)(?:-.*)?\.(?:dist|egg)-info")


@lru_cache(maxsize=16)
def version_of(package: str) -> str | None:
    """The installed version of a package, taken from the name of its metadata folder.

    Without importlib.metadata, which takes a tenth of a short run; only archives on the path need it.
    """
    for folder in sys.path:
        if folder.endswith(".egg") or os.path.isfile(folder):
            return _version_in_metadata(package)
        found = _version_in(folder or os.curdir, package)
        if found is not None:
            return found
    return None


def _version_in(folder: str, package: str) -> str | None:
    """The version of a package by the names in the folder that it is installed in."""
    wanted = _plain(package)
    for name in names_in(folder):
        found = _METADATA.fullmatch(name)
        if found is not None and _plain(found[1]) == wanted:
            return found[2]
    return None


def source_of(package: str) -> str | None:
    """The folder of a package in ``site-packages``, with its version and when its first file was written.

    The version alone does not tell a package that was built anew, the time alone none whose files all
    have the same one, as in reproducible images; nor is there a version where the distribution has
    another name than the package.
    """
    for folder in sys.path:
        if not folder.endswith(("site-packages", "dist-packages")):
            continue
        place = os.path.join(folder, package)
        try:
            written = os.stat(os.path.join(place, "__init__.py")).st_mtime_ns
        except (OSError, ValueError):
            continue
        return f"{place}|{_version_in(folder, package)} {written}"
    return None


def _plain(package: str) -> str:
    return re.sub(r"[-_.]+", "_", package).lower()


def names_in(folder: str) -> list[str]:
    """The names in a folder; none if it cannot be read."""
    try:
        return os.listdir(folder)
    except (OSError, ValueError):
        return []


def _version_in_metadata(package: str) -> str | None:
    from importlib import metadata

    try:
        return metadata.version(package)
    except (metadata.PackageNotFoundError, ValueError, KeyError, OSError):
        return None


# Kinds of questions that are about a package, and not about a path.
OF_PACKAGES = ("version", "source")

# How to ask each kind of question.  None of these ever raises.
KINDS: dict[str, Callable[[Path], Answer]] = {
    "file": os.path.isfile,
    "folder": os.path.isdir,
    "exists": os.path.exists,
    "python": _holds_python,
    "listing": _listing,
    "notebooks": lambda folder: _digest_of(_notebooks(folder)),
    "folders": _tree,
    "requirements": _named_requirements,
    "pages": lambda folder: _digest_of(_pages(folder)),
    "beside": lambda folder: _digest_of(_beside(folder)),
    "recipes": lambda folder: _digest_of(_recipes(folder)),
    "content": _content,
    "head": _head,
    "version": lambda package: version_of(os.fspath(package)),
    "source": lambda package: source_of(os.fspath(package)),
}
