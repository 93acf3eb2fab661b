"""What lies beside the programs of a project and tells its Keras: what is left of its earlier runs.

Notebooks that were run, models that were saved, articles, what a shell or CI installs, what programs say
in comments, and programs that only Python 2 reads.  They count where no list and no page says what is
required; of several releases the newest one does, since the older ones may be left from before.  What
excludes later ones alone, as an old Python does, counts after it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kerasmergelint.dataclass import replace
from kerasmergelint.files import LARGEST, Files, remembered
from kerasmergelint.keras_api.versions import EVERY, V2
from kerasmergelint.regex import regex
from kerasmergelint.tracker.program.eras import Era, earliest, newest
from kerasmergelint.tracker.program.pages import listed
from kerasmergelint.tracker.program.requirements import (
    Required,
    folders_below,
    installed_by,
    programs_below,
    said_in_comments,
    stated_by,
)
from kerasmergelint.tracker.program.saved import (
    is_any_keras_2,
    is_of_keras_2,
    saved_with,
    shows_early_keras,
)

# `model.to_json()` ends in it; a program that writes this text as JSON again escapes its quotes.  Early
# releases had `model.to_yaml()`, too.
_SAVED_BY = regex(
    r"\bkeras_version(?:\\?\")?: ?(?:\\?\")?(\d+\.\d+)\.[\d.rc]+(-tf)?", words=("keras_version",)
)
# The texts of a file in HDF5 stand apart from their names, each behind its length: eight bytes.
_OF_HDF5 = regex(r"[\x05-\x09]\0{7}(\d\.\d{1,2})\.\d{1,2}(-tf)?\0")
_PRINTS = regex(r"^[ \t]*print[ \t]+[\"'\w]", re.MULTILINE)
# Modules that have other names since, imported wherever the program runs.
_MODULES_OF_PYTHON_2 = regex(
    r"^(?:import|from)[ \t]+(?:cPickle|cStringIO|urllib2|ConfigParser|__builtin__)\b"
    r"|^from[ \t]+itertools[ \t]+import[ \t]+(?:\w[\w ,]*,[ \t]*)?i(?:zip|map)\b",
    re.MULTILINE,
    words=("cPickle", "cStringIO", "urllib2", "ConfigParser", "__builtin__", "izip", "imap"),
)
# TensorFlow 2.16, which brought Keras 3, is the first one for it.
_NEW_PYTHON = regex(r"\"version\": ?\"3\.1[2-9]\.")
_MOST_PAGES, _MOST_MODELS, _LARGEST = 30, 30, 500_000


@remembered
def traced(files: Files, root: str) -> Required | None:
    """The Keras that a project was last run with; None if nothing tells it, or if it may be any."""
    runs = [(said, _in(said, path)) for path, said in _runs(files, root)]
    told = [named for said, named in runs if not is_any_keras_2(said)]
    told += [*_models(files, root), *_articles(files, root), *_recipes(files, root)]
    told += _comments(files, root)
    bounds = [named for said, named in runs if is_any_keras_2(said)]
    bounds += [*_logs(files, root), *_of_python_2(files, root)]
    if any(not said.versions <= V2 for said in (*told, *bounds)):
        return None
    era = newest(said.era for said in told) if told else earliest(said.era for said in bounds)
    return next((said for said in told or bounds if said.era is era), None)


def _in(said: Required, path: str) -> Required:
    return replace(said, file=f"{said.file} in {Path(path).name}")


def _runs(files: Files, root: str) -> Iterator[tuple[str, Required]]:
    """What the notebooks that mention Keras say by what was saved with them."""
    for path, code in programs_below(files, root):
        if not path.endswith(".ipynb") or not _concerns_us(code):
            continue
        said = saved_with(path, files)
        if said is not None and said.era is not Era.OWN:
            yield path, said
        elif said is None and _NEW_PYTHON.search(_text(files, Path(path), LARGEST)):
            yield path, Required(EVERY, "a new Python")


def _models(files: Files, root: str) -> Iterator[Required]:
    """What saved models tell of the Keras that saved them."""
    for path in islice(_beside(files, root, ".json", ".yaml", ".yml"), _MOST_MODELS):
        for release, mark in set(_SAVED_BY.findall(_text(files, path))):
            yield from _by_release(release, mark, path.name)
    for path in islice(_beside(files, root, ".h5", ".hdf5"), _MOST_MODELS):
        head = (files.head(path) or b"").decode("latin-1")
        for release, mark in set(_OF_HDF5.findall(head)) if "keras_version" in head else ():
            yield from _by_release(release, mark, path.name)


def _by_release(release: str, mark: str, name: str) -> Iterator[Required]:
    """What a release means that stands in a saved model; a mark tells the Keras of TensorFlow."""
    said = stated_by(f"keras=={release}", name)
    if said is not None:
        yield Required(V2, name) if mark else said


def _articles(files: Files, root: str) -> Iterator[Required]:
    """What pages for readers list, wherever they are."""
    for path in islice(_beside(files, root, ".md"), _MOST_PAGES):
        said = stated_by("\n".join(listed(_text(files, path))), path.name)
        if said is not None and said.era is not Era.OWN:
            yield said


def _logs(files: Files, root: str) -> Iterator[Required]:
    """What pages for readers show of a run, where no Keras 3 prints it."""
    for path in islice(_beside(files, root, ".md"), _MOST_PAGES):
        text = _text(files, path)
        if is_of_keras_2(text):
            early = Era.EARLY_2 if shows_early_keras(text) else Era.KNOWN
            yield Required(V2, f"a run in {path.name}", early)


def _comments(files: Files, root: str) -> Iterator[Required]:
    """What programs list in their comments."""
    for path, code in programs_below(files, root):
        said = said_in_comments(code) if _concerns_us(code) else None
        if said is not None and said.era is not Era.OWN:
            yield _in(said, path)


def _recipes(files: Files, root: str) -> Iterator[Required]:
    """What scripts of a shell, Makefiles and CI install."""
    for folder in (root, *(f"{root}/{name}" for name in _FOLDERS_OF_RECIPES)):
        for name in files.recipes(Path(folder))[:_MOST_PAGES]:
            text = _text(files, Path(folder) / name)
            said = stated_by(text, name) if name == "tox.ini" else installed_by(text)
            if said is not None and said.era is not Era.OWN:
                yield replace(said, file=name)


_FOLDERS_OF_RECIPES = (".circleci", ".github/workflows", "ci", "scripts")


def _of_python_2(files: Files, root: str) -> Iterator[Required]:
    """No Keras after 2.3 runs on Python 2, in which `print` is a statement."""
    for path, code in programs_below(files, root):
        if _concerns_us(code) and is_python_2(code):
            yield Required(V2, f"the Python 2 of {Path(path).name}", Era.EARLY_2)


def is_python_2(code: str) -> bool:
    """Whether a program can only be for Python 2.

    >>> is_python_2("print 'loss', loss"), is_python_2("print('loss', loss)")
    (True, False)
    >>> is_python_2("import cPickle"), is_python_2("try:\\n    import cPickle\\nexcept: pass")
    (True, False)
    """
    if _MODULES_OF_PYTHON_2.search(code):
        return True
    if not _PRINTS.search(code):
        return False
    try:
        ast.parse(code)
    except SyntaxError as error:
        return "call to 'print'" in str(error.msg)
    except (ValueError, RecursionError, MemoryError):
        return False
    return False


def _concerns_us(code: str) -> bool:
    return "keras" in code or "tensorflow" in code


def _beside(files: Files, root: str, *endings: str) -> Iterator[Path]:
    for folder in folders_below(root, files):
        for name in files.beside(folder):
            if name.lower().endswith(endings):
                yield Path(folder) / name


def _text(files: Files, path: Path, largest: int = _LARGEST) -> str:
    content = files.content(path, largest)
    return "" if content is None else content.decode("utf-8", errors="replace")
