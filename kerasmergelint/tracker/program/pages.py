"""What a page for readers says of the Keras that is meant: by its lists, its badges and its prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerasmergelint.regex import regex

PACKAGE = r"(keras|tensorflow(?:[-_](?:cpu|gpu|macos|intel))?)"
# Bounded: several side by side could split a long run of spaces in every possible way.
SPACE = r"\s{0,20}"
OPERATOR = r"==|>=|~=|<=|<|>|=|\^|~"

LATER_ONES = (
    r"(?:\+|以上|이상|(?:or|and)[ \t]+(?:above|greater|higher|later|newer|up)|at[ \t]+least)"
)
# What may follow a release in a list: a remark, the next column, or what Keras runs on.
REST = r"(?:[ \t|)]*|[ \t]*[(,;/].*|[ \t]{2,}\S.*|[ \t]+(?:backend|on|using|with)\b.*)"
_ITEM = regex(
    rf"^[ \t>|*+-]*(?:\d{{1,2}}[.)][ \t]+)?(?:[\d.]{{1,9}}{SPACE}<=?{SPACE})?"
    rf"(?:{PACKAGE}|tf\.?)[ \t|:(-]{{0,40}}(?:tested with )?"
    rf"(?:version)?[ \t:]{{0,40}}v?(?:({OPERATOR}){SPACE})?(\d+(?:\.\d+)+)(?:\.[x*])?"
    rf"(?!.*{LATER_ONES}){REST}$",
    re.IGNORECASE | re.MULTILINE,
)
_BADGE = regex(
    rf"shields\.io/badge/{PACKAGE}(?:(?:%20|_)version)?-v?(\d+(?:\.\d+)+)-", re.IGNORECASE
)
_TOLD = regex(
    rf"(?<![A-Za-z0-9_/-])(?:{PACKAGE}|TF)[ \t]*\(?(?:(==?)[ \t]*|version[ \t]*)?v?(\d+)\.(\d+)"
    r"(\.\d+)?([ \t.-]?(?:alpha|beta|rc\d))?"
    rf"(?![\d.]*[ \t(]*{LATER_ONES})",
    re.IGNORECASE,
)
_LINK = regex(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_MARKUP = regex(r"\*\*|`|&trade;")
_NEW_LINE = regex(r"<br ?/?>|</?li>| \+ |; |, |[ \t]/[ \t]{1,4}(?=[A-Za-z])")


def listed(page: str) -> Iterator[str]:
    """Requirements, as of items, rows of a table, enumerations and badges.

    >>> list(listed("* tensorflow-gpu==2.0.0\\n- [Keras 1.2.0](https://keras.io)\\n| tensorflow | 2.8.0 |"))
    ['tensorflow-gpu==2.0.0', 'Keras==1.2.0', 'tensorflow==2.8.0']
    >>> list(listed("Python 3.6 + Keras 2.2.4 (with TensorFlow)\\n- Keras 2.1.0+"))
    ['Keras==2.2.4']
    >>> list(listed("python 3.8.8  / tensorflow 2.4.1 / keras 2.4"))
    ['tensorflow==2.4.1', 'keras==2.4']
    >>> list(listed("- python3.6\\n- tf.1.14\\n- TF 2.4\\n- tf-keras 2.16"))
    ['tensorflow==1.14', 'tensorflow==2.4']
    >>> list(listed("1.13 < tensorflow < 2.0"))
    ['tensorflow<2.0']
    """
    for name, release in _BADGE.findall(page):
        yield f"{name}=={release}"
    for name, bound, release in _ITEM.findall(_NEW_LINE.sub("\n", _plain(page))):
        yield f"{name or 'tensorflow'}{bound or '=='}{release}"


def told(page: str) -> str | None:
    """What ``It was written with TensorFlow 2.1`` requires: the newest release that is named.

    What is said of TensorFlow 1 may be history, 2.0 stands for any 2 unless it was not out yet, and so
    does a Keras without a patch.

    >>> told("Tested with TF 2.4"), told("It needs Tensorflow (version 2.4) or Keras 2.4")
    ('tensorflow==2.4', 'Tensorflow==2.4')
    >>> told("Learning TensorFlow 2.0"), told("Learning TensorFlow2.0 alpha")
    (None, 'TensorFlow==2.0')
    """
    if "TF_USE_LEGACY_KERAS" in page:  # what later releases need for the Keras that is meant
        return None
    releases = [
        ((int(major), int(minor)), name or "tensorflow")
        for name, bound, major, minor, patch, early in _TOLD.findall(_plain(page))
        if (
            patch and not bound
            if name.lower() == "keras"
            else (major, minor) != ("2", "0") or early
        )
    ]
    (major, minor), name = max(releases, default=((0, 0), ""))
    return f"{name}=={major}.{minor}" if major > 1 else None


def _plain(page: str) -> str:
    """A page without its markup; a link is its text."""
    return _MARKUP.sub("", _LINK.sub(r"\1", page)).replace("：", ":")  # noqa: RUF001
