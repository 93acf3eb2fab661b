"""From text to the lowered tree; anything that is not Python gives None."""

from __future__ import annotations

from kerasmergelint.syntax import ir

# libcst's parser is native code that recurses: nesting beyond this could overflow its stack.
_MAX_NESTING = 1_500
_OPENING, _CLOSING = "([{", ")]}"


def parse(text: str | bytes, path: str) -> ir.ModuleCode | None:
    """The lowered module, or None for a file that cannot be read as Python.  Never raises.

    Call it inside :func:`kerasmergelint.syntax.deep.run_deep` to follow deep nesting.
    """
    decoded = _decode(text)
    if decoded is None or "\0" in decoded or _nesting(decoded) > _MAX_NESTING:
        return None
    import libcst

    from kerasmergelint.syntax.lower import lower_module

    try:
        return lower_module(libcst.parse_module(decoded), path)
    except (libcst.ParserSyntaxError, RecursionError, MemoryError):
        return None
    except Exception:  # libcst has refused valid files with other errors before
        return None


def _decode(text: str | bytes) -> str | None:
    if isinstance(text, bytes):
        import io
        import tokenize

        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(text).readline)
            text = text.decode(encoding)
        except (SyntaxError, UnicodeDecodeError, LookupError):
            return None
    return text.removeprefix("\ufeff")


def _nesting(text: str) -> int:
    """The deepest nesting of brackets, counted cheaply: strings and comments count, too."""
    if text.count("(") + text.count("[") + text.count("{") <= _MAX_NESTING:
        return 0
    depth = deepest = 0
    for char in text:
        if char in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif char in _CLOSING:
            depth -= 1
    return deepest
