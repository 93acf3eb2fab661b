"""What a saved notebook tells of its Keras: by its outputs, its text, and the Python of its kernel."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from kerasmergelint.files import LARGEST, Files
from kerasmergelint.keras_api.versions import V2
from kerasmergelint.regex import regex
from kerasmergelint.syntax.cells import get, source
from kerasmergelint.tracker.program.eras import Era
from kerasmergelint.tracker.program.pages import listed
from kerasmergelint.tracker.program.pythons import is_before_keras_3
from kerasmergelint.tracker.program.requirements import Required, stated_by

# No Keras 3 prints it: a line of equal signs below the head of a summary.
_SUMMARY = regex(r"Layer \(type\)[^\n]*Param #[^\n]*\n=")
# Its bar of progress is of other signs.
_PROGRESS = regex(r"\d \[=*>?\.*\] - (?:ETA|\d)")
# Before Keras 2.3 it called the accuracy so, whichever way it was asked for.
_ACCURACY = regex(r"\] - [^\n]{0,40}loss: [\d.e+-]+ - acc: ")
# TensorFlow's log, from before there was a Keras 3.
_LOGGED = regex(
    r"^20(?:1\d-\d\d|2[0-2]-\d\d|23-(?:0\d|1[01]))-\d\d [\d:.]+: [IWEF] (?:external/|\./)?tensorflow/",
    re.MULTILINE,
)
# Where an exception came through: Keras 3 has no folder of this name, and TensorFlow's copy is not reached.
_CAME_THROUGH = regex(
    r"\b(?:tf_)?keras(?:[/\\]+src)?[/\\]+engine[/\\]+\w+\.py\b|[/\\]tensorflow_core[/\\]"
)
# What only Keras 2.0 to 2.3 print: the name of the backend, and a warning about arguments of Keras 1.
_EARLY = regex(
    r"\bUsing (?:TensorFlow|Theano|CNTK) backend\b|\bUpdate your `\w+` call to the Keras 2 API\b"
)
# Keras 1 named layers without underlines, and had other classes, in its summaries.
_KERAS_1 = regex(
    r"^(?:(?:convolution|maxpooling|averagepooling|zeropadding|upsampling|globalaveragepooling)[123]d"
    r"|batchnormalization)_\d+ \(\w",
    re.MULTILINE,
)
# The package of its own, of which no release after 2.3 runs on Python 2.
_IMPORTS_KERAS = regex(r"^[ \t]*(?:import|from)[ \t]+keras\b", re.MULTILINE)
_OF_OPS = regex(r"\((?:TFOpLambda|SlicingOpLambda|TensorFlowOpLayer)\)")
_PRINTED = regex(r"\b(tf|tensorflow|keras)\.__version__")
_RELEASE = regex(r"(?<![\d.])(\d+\.\d+)\.\d+(?![\d.])")


_FORM, _KERNEL = "the form of its outputs", "the Python of its kernel"


def is_any_keras_2(said: Required) -> bool:
    """Whether what was saved with a notebook excludes Keras 3, and tells nothing of the release."""
    return said.file in (_FORM, _KERNEL)


def saved_with(path: str, files: Files) -> Required | None:
    """What a notebook of this path says by what was saved with it; None if it says nothing."""
    content = files.content(Path(path), LARGEST) if path.endswith(".ipynb") else None
    return None if content is None else said_by(content)


def names_its_python(path: str, files: Files) -> bool:
    """Whether a notebook was saved with the version of its kernel, which some services leave out."""
    content = files.content(Path(path), LARGEST)
    return content is not None and b'"version": "' in content


def said_by(notebook: bytes) -> Required | None:
    """
    >>> cell = {"cell_type": "code", "source": "print(tf.__version__)", "outputs": [{"text": ["2.4.1"]}]}
    >>> said_by(json.dumps({"cells": [cell]}).encode()).file
    'its outputs'
    >>> said_by(b'{"metadata": {"language_info": {"version": "3.7.12"}}}').file
    'the Python of its kernel'
    >>> said_by(b'{"metadata": {"language_info": {"version": "3.12.1"}}}')
    """
    try:
        tree = json.loads(notebook)
    except (ValueError, RecursionError):
        return None
    found = get(tree, "cells")
    cells = found if isinstance(found, list) else []
    printed = [(source(one), _output(one)) for one in cells]
    texts = [text for _, text in printed]
    if any(_KERAS_1.search(text) for text in texts):
        return Required(V2, "its outputs", Era.KERAS_1)
    if any(_EARLY.search(text) for text in texts):
        return Required(V2, "its outputs", Era.EARLY_2)
    said = stated_by("\n".join(_printed_releases(printed)), "its outputs")
    if said is not None:
        return said
    if any(map(shows_early_keras, texts)) and _imports_package([code for code, _ in printed]):
        return Required(V2, "its outputs", Era.EARLY_2)
    pages = (source(one) for one in cells if get(one, "cell_type") == "markdown")
    said = stated_by("\n".join(listed("\n".join(pages))), "its text")
    if said is not None and said.era is not Era.OWN:
        return said
    python = get(tree, "metadata", "language_info", "version")
    python = python if isinstance(python, str) else ""
    if python.startswith("2.") and any(_IMPORTS_KERAS.search(code) for code, _ in printed):
        return Required(V2, "the Python 2 of its kernel", Era.EARLY_2)
    if any(map(is_of_keras_2, texts)) or any(_CAME_THROUGH.search(_trace(one)) for one in cells):
        return Required(V2, _FORM)
    return Required(V2, _KERNEL) if is_before_keras_3(python) else None


def is_of_keras_2(printed: str) -> bool:
    """Whether no Keras 3 prints this.

    >>> is_of_keras_2("8/8 [=============] - 1s 3ms/step"), is_of_keras_2("8/8 ━━━━ 1s")
    (True, False)
    >>> log = "-09 13:16:38.407851: I tensorflow/core/platform/cpu_feature_guard.cc:193] This"
    >>> is_of_keras_2("2023-01" + log), is_of_keras_2("2024-05" + log)
    (True, False)
    """
    return any(
        form.search(printed) for form in (_SUMMARY, _OF_OPS, _PROGRESS, _LOGGED, _CAME_THROUGH)
    )


def shows_early_keras(printed: str) -> bool:
    """Whether this is what fit printed before Keras 2.3, unless `acc` was asked for by this name."""
    return _ACCURACY.search(printed) is not None


def _imports_package(cells: list[str]) -> bool:
    """Whether cells import the package Keras, and do not ask for `acc`."""
    asks = any(f"{quote}acc{quote}" in code for code in cells for quote in "'\"")
    return not asks and any(_IMPORTS_KERAS.search(code) for code in cells)


def _trace(cell: object) -> str:
    """The lines through which the exception of a cell came."""
    outputs = get(cell, "outputs")
    lines = (get(one, "traceback") for one in (outputs if isinstance(outputs, list) else ()))
    return "\n".join(str(line) for part in lines if isinstance(part, list) for line in part)


def _printed_releases(printed: list[tuple[str, str]]) -> Iterator[str]:
    """Requirements for what cells print that ask for one version, and get one."""
    for code, text in printed:
        asked, releases = set(_PRINTED.findall(code)), _RELEASE.findall(text)
        if len(asked) == 1 and code.count("__version__") == 1 and len(releases) == 1:
            name = "keras" if asked == {"keras"} else "tensorflow"
            yield f"{name}=={releases[0]}"


def _output(cell: object) -> str:
    """The text of what a cell printed, and of its result."""
    outputs = get(cell, "outputs")
    found: list[str] = []
    for output in outputs if isinstance(outputs, list) else ():
        for text in (get(output, "text"), get(output, "data", "text/plain")):
            found += [text] if isinstance(text, str) else []
            found += (
                [part for part in text if isinstance(part, str)] if isinstance(text, list) else []
            )
    return re.sub("\r", "", "".join(found))
