"""Which Python a text installs, which tells its Keras.

TensorFlow 2.16, which brought Keras 3, asks for Python 3.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kerasmergelint.regex import regex
from kerasmergelint.tracker.program.pages import LATER_ONES, REST

_NUMBERS = r"(\d+)\.(\d+)"
# What makes an environment, or lists what is in it; images; what Pipenv requires, Heroku, and PyCharm.
_EXACT = regex(
    rf"\bconda[ \t]+(?:create|install)\b[^\n]*?[ \t'\"]python[ \t]*==?[ \t]*{_NUMBERS}"
    rf"|^[ \t-]*['\"]?python[ \t]*==?[ \t]*{_NUMBERS}"
    rf"|^FROM[ \t]+(?:\S+/)?python:{_NUMBERS}"
    rf"|^\[requires\]\s{{1,4}}python_(?:full_)?version[ \t]*=[ \t]*['\"]{_NUMBERS}"
    rf"|^python-{_NUMBERS}"
    rf"|\bproject-jdk-name=\"Python {_NUMBERS}",
    re.MULTILINE,
)
_BELOW = regex(
    rf"\b(?:python_requires|requires-python)['\"]?[ \t]*[=:][ \t]*['\"][^'\"\n]*<[ \t]*{_NUMBERS}"
)
# An item of what a page lists, which names no other one.
_OTHERS = rf"{LATER_ONES}|[ \t,/-]3(?:\.\d|\b)|\b(?:not?|drop\w*|un\w+)\b"
_LISTED = regex(
    r"^[ \t>|*+-]*(?:\d{1,2}[.)][ \t]+\*{0,2})?(?:(?:require[sd]?|requirements?):[ \t]*)?"
    r"python\*{0,2}[ \t|:(-]{0,10}(?:version[ \t:]{0,5})?"
    rf"(?:==?[ \t]*)?v?{_NUMBERS}(?:\.\d+)?(?:\*\*)?\.?(?!.*(?:{_OTHERS})){REST}$",
    re.IGNORECASE | re.MULTILINE,
)
_RELEASE = regex(_NUMBERS)
PYTHON_3, WITH_KERAS_3 = (3, 0), (3, 9)


def newest_of(texts: Iterable[str]) -> tuple[int, int]:
    """The newest Python that some texts install; one that has every Keras if they install none.

    >>> newest_of(["FROM python:3.6-slim"]), newest_of(["python-3.6.9", "python-3.10.1"])
    ((3, 6), (3, 10))
    >>> newest_of(["numpy==1.19"]) == WITH_KERAS_3
    True
    >>> newest_of(["conda create -n net python=2.7"])
    (2, 7)
    """
    return max((release for text in texts for release in installed(text)), default=WITH_KERAS_3)


def is_before_keras_3(version: str) -> bool:
    """
    >>> is_before_keras_3("3.7.12"), is_before_keras_3("3.12.1"), is_before_keras_3("of a kernel")
    (True, False, False)
    """
    found = _RELEASE.match(version)
    return found is not None and (int(found[1]), int(found[2])) < WITH_KERAS_3


def installed(text: str) -> Iterator[tuple[int, int]]:
    """The releases of Python that a text installs.

    >>> list(installed("conda create -n net python=3.7 tensorflow"))
    [(3, 7)]
    >>> list(installed('python_requires=">=3.6,<3.9"')), list(installed('python_requires=">=3.6"'))
    ([(3, 8)], [])
    >>> list(installed("dependencies:\\n  - python=3.6.2=0\\n  - python-dateutil=2.8"))
    [(3, 6)]
    >>> list(installed("* Python 3.7\\n- python: 3.6.8 (Anaconda)\\nRequires: Python 3.6."))
    [(3, 7), (3, 6), (3, 6)]
    >>> list(installed("* Python 3.6+\\n- Python 3.6 or later\\n- Python 3.6, 3.9\\n- Python 3.6 is not"))
    []
    >>> list(installed('<component version="2" project-jdk-name="Python 3.6 (base)" />'))
    [(3, 6)]
    """
    for found in _EXACT.finditer(text):
        major, minor = (int(number) for number in found.groups() if number is not None)
        yield major, minor
    for major, minor in _LISTED.findall(text):
        yield int(major), int(minor)
    for major, minor in _BELOW.findall(text):
        yield int(major), int(minor) - 1
