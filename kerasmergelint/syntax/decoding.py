"""From the bytes of a file to its text, as Python decodes it."""

from __future__ import annotations

from kerasmergelint.syntax.unread import Unread


def decode(content: bytes) -> str | Unread:
    """The text, without a byte order mark; or why there is none."""
    import io
    import tokenize

    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError as error:
        return Unread(error.msg)
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return Unread(f"a byte that is not {encoding}", content.count(b"\n", 0, error.start) + 1)
    except (UnicodeError, LookupError):
        return Unread(f"unknown encoding: {encoding}")
