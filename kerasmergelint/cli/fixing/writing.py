"""Writing repaired files: all of a file or nothing, and only if nobody else changed it meanwhile."""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import shutil
import tempfile
import tokenize
from collections.abc import Iterator

from kerasmergelint.cli.fixing.offering import Mended
from kerasmergelint.cli.programs.cells import in_notebook
from kerasmergelint.syntax.decoding import decode

_MARK = b"\xef\xbb\xbf"


def write(mended: Mended) -> Iterator[str]:
    """Write all that changed.  Gives a remark for each file that was left as it is."""
    for path in mended.new:
        why = _write(path, mended)
        if why:
            yield f"{os.path.relpath(path)}: not repaired, {why}"


def diff(mended: Mended) -> Iterator[str]:
    """What would be written, as a unified diff."""
    for path in mended.new:
        texts = _texts(path, mended)
        if isinstance(texts, str):
            continue
        name = os.path.relpath(path)
        old, new = (text.splitlines(keepends=True) for text in texts)
        for line in difflib.unified_diff(old, new, name, name):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _write(path: str, mended: Mended) -> str:
    """Replace a file by its repaired text, in one step; or why not."""
    texts = _texts(path, mended)
    if isinstance(texts, str):
        return texts
    try:
        content = _read(path)
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        mark = _MARK if content.startswith(_MARK) else b""
        _replace(path, mark + texts[1].encode(encoding.removesuffix("-sig")))
    except (OSError, UnicodeError) as error:
        return str(error)
    return ""


def _texts(path: str, mended: Mended) -> tuple[str, str] | str:
    """The text of a file as it is, and as it will be; or why it cannot be changed."""
    try:
        content = decode(_read(path))
    except OSError as error:
        return error.strerror or "it cannot be read"
    if not isinstance(content, str):
        return content.of(path)
    source = mended.sources.get(path)
    if source is not None and source.origins:
        return in_notebook(content, source, mended.old[path], mended.new[path])
    if content != mended.old[path]:
        return "it was changed meanwhile"
    return content, _with_line_ends_of(content, mended.new[path])


def _with_line_ends_of(old: str, new: str) -> str:
    if "\r\n" not in old:
        return new
    return new.replace("\r\n", "\n").replace("\n", "\r\n")


def _read(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()


def _replace(path: str, content: bytes) -> None:
    """Write beside the file first, so that it is never half written; links stay links."""
    target = os.path.realpath(path)
    handle, beside = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".kerasmergelint-")
    try:
        with open(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, beside)
        os.replace(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
