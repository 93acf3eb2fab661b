"""What lies beside the programs of a project and tells its Keras: what is left of its earlier runs.

Notebooks that were run, models that were saved, articles, and programs that only Python 2 reads.  They
count where no list and no page says what is required; of several releases the newest one does, since the
older ones may be left from before.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kerasmergelint.files import LARGEST, Files, remembered
from kerasmergelint.keras_api.versions import EVERY, V2
from kerasmergelint.regex import regex
from kerasmergelint.tracker.program.eras import Era, newest
from kerasmergelint.tracker.program.pages import listed
from kerasmergelint.tracker.program.requirements import (
    Required,
    folders_below,
    programs_below,
    stated_by,
)
from kerasmergelint.tracker.program.saved import saved_with

# `model.to_json()` ends in it; a program that writes this text as JSON again escapes its quotes.
_SAVED_BY = regex(r"\"keras_version\\?\": ?\\?\"(\d+\.\d+)\.[\d.rc]+(-tf)?")
_PRINTS = regex(r"^[ \t]*print[ \t]+[\"'\w]", re.MULTILINE)
# TensorFlow 2.16, which brought Keras 3, is the first one for it.
_NEW_PYTHON = regex(r"\"version\": ?\"3\.1[2-9]\.")
_MOST_PAGES, _MOST_MODELS, _LARGEST = 30, 30, 500_000


@remembered
def traced(files: Files, root: str) -> Required | None:
    """The Keras that a project was last run with; None if nothing tells it, or if it may be any."""
    found = [
        *_runs(files, root),
        *_models(files, root),
        *_articles(files, root),
        *_of_python_2(files, root),
    ]
    if not found or any(not said.versions <= V2 for said in found):
        return None
    era = newest(said.era for said in found)
    return next(said for said in found if said.era is era)


def _runs(files: Files, root: str) -> Iterator[Required]:
    """What the notebooks that mention Keras say by what was saved with them."""
    for path, code in programs_below(files, root):
        if not path.endswith(".ipynb") or not _concerns_us(code):
            continue
        said = saved_with(path, files)
        if said is not None and said.era is not Era.OWN:
            yield Required(said.versions, f"{said.file} in {Path(path).name}", said.era)
        elif said is None and _NEW_PYTHON.search(_text(files, Path(path), LARGEST)):
            yield Required(EVERY, "a new Python")


def _models(files: Files, root: str) -> Iterator[Required]:
    """What saved models tell of the Keras that saved them."""
    for path in islice(_beside(files, root, ".json"), _MOST_MODELS):
        for release, of_tensorflow in set(_SAVED_BY.findall(_text(files, path))):
            said = stated_by(f"keras=={release}", path.name)
            if said is not None:
                yield Required(V2, path.name) if of_tensorflow else said


def _articles(files: Files, root: str) -> Iterator[Required]:
    """What pages for readers list, wherever they are."""
    for path in islice(_beside(files, root, ".md"), _MOST_PAGES):
        said = stated_by("\n".join(listed(_text(files, path))), path.name)
        if said is not None and said.era is not Era.OWN:
            yield said


def _of_python_2(files: Files, root: str) -> Iterator[Required]:
    """No Keras after 2.3 runs on Python 2, in which `print` is a statement."""
    for path, code in programs_below(files, root):
        if _concerns_us(code) and is_python_2(code):
            yield Required(V2, f"the Python 2 of {Path(path).name}", Era.EARLY_2)


def is_python_2(code: str) -> bool:
    """Whether a program can only be for Python 2.

    >>> is_python_2("print 'loss', loss"), is_python_2("print('loss', loss)")
    (True, False)
    """
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


def _beside(files: Files, root: str, ending: str) -> Iterator[Path]:
    for folder in folders_below(root, files):
        for name in files.beside(folder):
            if name.lower().endswith(ending):
                yield Path(folder) / name


def _text(files: Files, path: Path, largest: int = _LARGEST) -> str:
    content = files.content(path, largest)
    return "" if content is None else content.decode("utf-8", errors="replace")
