"""Scalars of YAML 1.1: which texts are numbers, truth values or nothing, as PyYAML sees them."""

from __future__ import annotations

import re

from kerasmergelint.regex import regex
from kerasmergelint.tracker.library.formats.plain import UNCLEAR, Plain, Unreadable

_TRUE = ("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")
_FALSE = ("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")
_NOTHING = ("", "~", "null", "Null", "NULL")
_INT = regex(r"[-+]?(?:0|[1-9][0-9_]*)")
_HEXADECIMAL = regex(r"[-+]?0x[0-9a-fA-F_]+")
_FLOAT = regex(r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*")
# Numbers to some readers, and texts to others; dates and times.
_DISPUTED = regex(
    r"[-+]?(?:[0-9][0-9_.]*e[-+]?[0-9]+|\.[0-9_]+(?:e.*)?|0[0-7bo_].*|[0-9_.]+:.*|\.inf|\.nan|\d{4}-\d.*)",
    re.IGNORECASE,
)
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", "0": "\0", "r": "\r", " ": " "}


def scalar(text: str) -> Plain:
    """The value of a scalar on one line."""
    if text[:1] in ('"', "'"):
        return _quoted(text)
    if text in _NOTHING:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text):
        return int(text.replace("_", ""))
    if _HEXADECIMAL.fullmatch(text):
        return int(text.replace("_", ""), 16)
    if _FLOAT.fullmatch(text):
        return float(text.replace("_", ""))
    if _DISPUTED.fullmatch(text) or text[:1] == "!":
        return UNCLEAR
    if text[:1] in "&*|>%@`[]{},?" or ": " in text or text.endswith(":"):
        raise Unreadable("a scalar that is none")
    return text


def _quoted(text: str) -> Plain:
    quote, inner = text[0], text[1:-1]
    if len(text) < 2 or text[-1] != quote:
        raise Unreadable("a quote without an end")
    if quote == "'":
        if "'" in inner.replace("''", ""):
            raise Unreadable("text after a quote")
        return inner.replace("''", "'")
    if re.fullmatch(r'(?:[^"\\]|\\.)*', inner) is None:
        raise Unreadable("text after a quote")
    escapes = re.findall(r"\\(.)", inner)
    if any(escape not in _ESCAPES for escape in escapes):
        return UNCLEAR
    return re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], inner)
