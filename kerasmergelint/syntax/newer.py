"""Whether a text that this Python cannot read may be written for a newer one.

Most that cannot be read is Python 2, or being typed; libcst need not even be imported for that.
"""

from __future__ import annotations

import re
import sys

# What each version of Python brought, roughly: that something looks like it is enough to ask libcst.
_BROUGHT: tuple[tuple[tuple[int, int], re.Pattern[str]], ...] = (
    # except* (PEP 654), and stars in indexes and annotations (PEP 646).
    ((3, 11), re.compile(r"\bexcept\s*\*|\[\s*\*|\[[^\]\n]*,\s*\*|\*\s*\w+\s*:\s*\*")),
    # Type parameters, the type statement (PEP 695), and any expression in an f-string (PEP 701).
    (
        (3, 12),
        re.compile(
            r"^\s*type\s+\w+\s*[=\[]|\b(?:def|class)\s+\w+\s*\["
            r"""|\b(?:[rR]?[fF]|[fF][rR])["']""",
            re.MULTILINE,
        ),
    ),
    # Defaults of type parameters (PEP 696).
    ((3, 13), re.compile(r"^\s*(?:type|def|class|async\s+def)\s+\w+\s*\[[^\]]*=", re.MULTILINE)),
    # Template strings (PEP 750).
    ((3, 14), re.compile(r"""\b(?:[rR]?[tT]|[tT][rR])["']""")),
)
_PYTHON_2 = "Missing parentheses in call to"


def may_be_newer(
    text: str, error: SyntaxError, version: tuple[int, int] = sys.version_info[:2]
) -> bool:
    """Whether the text has anything in it that this Python is too old for."""
    if _PYTHON_2 in str(error.msg) or isinstance(error, IndentationError):
        return False
    return any(since > version and brought.search(text) for since, brought in _BROUGHT)
