"""Which Python a project runs on, which tells its Keras.

The last TensorFlow for Python 3.8 is 2.13, which has Keras 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerasmergelint.files import Files, remembered
from kerasmergelint.keras_api.versions import V2, Versions
from kerasmergelint.regex import regex
from kerasmergelint.tracker.program.requirements import lists_of, pages_of

_NUMBERS = r"(\d+)\.(\d+)"
# What makes an environment, or lists what is in it; images, and what Pipenv requires.
_EXACT = regex(
    rf"\bconda[ \t]+(?:create|install)\b[^\n]*?[ \t'\"]python[ \t]*==?[ \t]*{_NUMBERS}"
    rf"|^[ \t]*-[ \t]+['\"]?python[ \t]*==?[ \t]*{_NUMBERS}"
    rf"|^FROM[ \t]+(?:\S+/)?python:{_NUMBERS}"
    rf"|^\[requires\]\s{{1,4}}python_(?:full_)?version[ \t]*=[ \t]*['\"]{_NUMBERS}",
    re.MULTILINE,
)
_BELOW = regex(
    rf"\b(?:python_requires|requires-python)['\"]?[ \t]*[=:][ \t]*['\"][^'\"\n]*<[ \t]*{_NUMBERS}"
)


_WITH_KERAS_3 = (3, 9)


@remembered
def on_its_python(files: Files, root: str) -> Versions | None:
    """The versions of Keras that run on the newest Python that a project names; None if all may."""
    texts = (*lists_of(root, files), *pages_of(root, files))
    newest = max((release for text in texts for release in named(text)), default=_WITH_KERAS_3)
    return V2 if newest < _WITH_KERAS_3 else None


def named(text: str) -> Iterator[tuple[int, int]]:
    """The releases of Python that a text installs.

    >>> list(named("conda create -n net python=3.7 tensorflow")), list(named("FROM python:3.6-slim"))
    ([(3, 7)], [(3, 6)])
    >>> list(named('python_requires=">=3.6,<3.9"')), list(named('python_requires=">=3.6"'))
    ([(3, 8)], [])
    >>> list(named("dependencies:\\n  - python=3.6.2=0\\n  - python-dateutil=2.8"))
    [(3, 6)]
    """
    for found in _EXACT.finditer(text):
        major, minor = (int(number) for number in found.groups() if number is not None)
        yield major, minor
    for major, minor in _BELOW.findall(text):
        yield int(major), int(minor) - 1
