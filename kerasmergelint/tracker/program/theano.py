"""Whether a project runs Keras on Theano, which no Keras after 2.3 does."""

from __future__ import annotations

import re

from kerasmergelint.files import Files
from kerasmergelint.regex import regex
from kerasmergelint.tracker.program.requirements import lists_of, pages_of, texts_below

_CHOSEN = regex(
    r"KERAS_BACKEND['\"]?\]?\s{0,4}[=,:]\s{0,4}['\"]?theano\b"
    r"|['\"]backend['\"]\s{0,4}:\s{0,4}['\"]theano\b|shields\.io/badge/[Tt]heano-"
)
_LISTED = regex(r"^[ \t]*(?:-[ \t]+)?theano[ \t]*(?:[=<>~!@;#\[]|$)", re.IGNORECASE | re.MULTILINE)
_WORDS = r"(?:[ \t,/&+(|`*-]|\b(?:and|or|thus|either|with|on|over|top|of|the|using|tensorflow|tf)\b){1,12}"
# An item of a list, what is installed, and what is told of the two together.
_TOLD = regex(
    r"^[ \t>|*+-]*(?:\d{1,2}[.)][ \t]+)?\[?theano\b[ \t]*(?:$|[\d\](|,=<>v-])"
    r"|\b(?:pip3?|conda) install\b[^\n]*[ \t]theano\b"
    r"|\btheano[ \t]{1,4}(?:as[ \t]+)?(?:\w+[ \t]+)?backend|\bbackend\b[^.\n]{0,20}\btheano\b"
    rf"|\bkeras[ \t]*{_WORDS}theanos?\b|\btheanos?[ \t]*{_WORDS}keras\b",
    re.IGNORECASE | re.MULTILINE,
)
_LINK = regex(r"\[([^\[\]\n]*)\]\([^()\n]*\)")


def runs_on_theano(root: str, files: Files) -> bool:
    """Whether a project says that its Keras runs on Theano: in its pages, its lists or its programs."""
    return (
        any(map(tells, pages_of(root, files)))
        or any(map(lists, lists_of(root, files)))
        or any(map(_CHOSEN.search, texts_below(root, files)))
    )


def tells(page: str) -> bool:
    """Whether a page for readers says that Theano is meant.

    >>> tells("It uses Keras and Theano."), tells("Run `KERAS_BACKEND=theano ./train.py`")
    (True, True)
    >>> tells("- [Theano](http://deeplearning.net) 0.9"), tells("Using the Theano backend")
    (True, True)
    >>> tells("A port to Keras of the code in Theano by its authors")
    False
    """
    plain = _LINK.sub(r"\1", page)
    return _CHOSEN.search(page) is not None or _TOLD.search(plain) is not None


def lists(text: str) -> bool:
    """Whether requirements list Theano.

    >>> lists("keras\\nTheano==0.9.0\\n"), lists("  - theano\\n"), lists("theano-pymc\\n")
    (True, True, False)
    """
    return "heano" in text and _LISTED.search(text) is not None
