"""Files that a program opens: existing ones of the project are read, as data."""

from __future__ import annotations

import os.path
from typing import Any

from kerasmergelint.tracker.library.earlier_runs import is_there
from kerasmergelint.tracker.library.native import NativeObject, text_argument
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values.containers import IteratorV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.value import Args, Keywords, Value


class FileV(NativeObject):
    """A file open for reading; ``position`` is how far its text has been read."""

    __slots__ = ("binary", "position", "text")

    def __init__(self, heap: Heap, text: str, *, binary: bool) -> None:
        super().__init__(heap, "io.TextIOWrapper", _METHODS)
        self.text = text
        self.binary = binary
        self.position = 0

    def snapshot(self) -> tuple[Any, ...]:
        return (*super().snapshot(), self.position)

    def restore(self, content: Any) -> None:
        *inherited, self.position = content
        super().restore(inherited)

    def cover(self, *kept: Any) -> None:
        if kept != (self.position,):
            self.open, self.reason = True, "a loop read any number of lines"


def content_of(interp: Interpreter, path: str) -> str | None:
    """The text of a file of the project; None if unknown."""
    if os.path.basename(path) in interp.overwritten:
        return None
    content = interp.modules.data(interp, path)
    if content is None:
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    interp.charge(len(text) // _CHARACTERS_AN_ITEM)
    return text.replace("\r\n", "\n")


_CHARACTERS_AN_ITEM = 16


def rest(interp: Interpreter, file: FileV) -> str:
    """Read the rest of the file."""
    interp.heap.touch(file)
    text = file.text[file.position :]
    file.position = len(file.text)
    return text


def open_file(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``open(path, mode)``."""
    path = args[0] if args else keywords.get("file", keywords.get("name"))
    mode = args[1] if len(args) > 1 else keywords.get("mode", "r")
    if not isinstance(path, str):
        return interp.unknown("a file of an unknown name")
    if not isinstance(mode, str) or set(mode) & set("wax+"):
        interp.overwritten.add(os.path.basename(path))
        return interp.unknown("a file that is written")
    text = content_of(interp, path)
    if text is None:
        return interp.unknown("a file that cannot be read here")
    return FileV(interp.heap, text, binary="b" in mode)


def _text_file(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``io.StringIO(text)``: a file of that text; without one, what is written is not known."""
    text = text_argument(args, keywords, 0, "initial_value")
    if not text or len(args) > 1 or "newline" in keywords:
        return interp.unknown("a file in memory")
    interp.charge(len(text) // _CHARACTERS_AN_ITEM)
    return FileV(interp.heap, text, binary=False)


# -- methods --------------------------------------------------------------------------------


def _itself(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return args[0]


def _read(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    file = args[0]
    assert isinstance(file, FileV)
    if len(args) > 1 and args[1] not in (None, -1):
        return interp.unknown("a part of a file")
    if file.open:
        return interp.unknown(file.reason)
    text = rest(interp, file)
    return limits.bounded(interp, text.encode() if file.binary else text)


def _lines(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    file = args[0]
    assert isinstance(file, FileV)
    if file.open:
        return interp.unknown(file.reason)
    lines: list[Value] = list(split_lines(rest(interp, file)))
    if file.binary:
        lines = [line.encode() for line in lines if isinstance(line, str)]
    return limits.bounded(interp, ListV(interp.heap, lines))


def _iterate(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    lines = interp.iterate(_lines(interp, args, keywords, site), site)
    return interp.unknown("the lines of a file") if lines is None else IteratorV(interp.heap, lines)


def _next(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    line = _line(interp, args, keywords, site)
    if not line:
        raise interp.raised("StopIteration")
    return line


def split_lines(text: str) -> list[str]:
    """The lines of a file with their line ends, as in iteration."""
    lines = text.split("\n")
    return [*(line + "\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]


def _line(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    file = args[0]
    assert isinstance(file, FileV)
    if file.open:
        return interp.unknown(file.reason)
    interp.heap.touch(file)
    end = file.text.find("\n", file.position)
    start, file.position = file.position, len(file.text) if end < 0 else end + 1
    line = file.text[start : file.position]
    return line.encode() if file.binary else line


def _back(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    file = args[0]
    assert isinstance(file, FileV)
    interp.heap.touch(file)
    if args[1:] == [0]:
        file.position = 0
    else:
        file.open, file.reason = True, "another position in a file"
    return None


def _all(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``getvalue()``: the whole text, wherever it has been read to."""
    file = args[0]
    assert isinstance(file, FileV)
    return interp.unknown(file.reason) if file.open else limits.bounded(interp, file.text)


def _overwritten(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    file = args[0]
    assert isinstance(file, FileV)
    interp.heap.touch(file)
    file.open, file.reason = True, "a file that is written"
    return interp.unknown("how much is written")


def _nothing(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return None


_METHODS: dict[str, Native] = {
    "__enter__": _itself, "__exit__": _nothing, "__iter__": _iterate, "__next__": _next, "read": _read,
    "readlines": _lines, "readline": _line, "seek": _back, "close": _nothing, "getvalue": _all,
    **dict.fromkeys(("write", "writelines", "truncate"), _overwritten),
}  # fmt: skip


def _written(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A function that writes the file that one of its arguments names."""
    for value in (*args, *keywords.values()):
        if isinstance(value, str):
            interp.overwritten.add(os.path.basename(value))
    return interp.unknown("what is written")


def _exists(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``exists``: true for files of the project, unknown for others."""
    path = text_argument(args, keywords, 0, "path")
    if path is not None and content_of(interp, path) is not None:
        return True
    return is_there(interp, "file", args, site)


FUNCTIONS: dict[str, Native] = {
    "io.StringIO": _text_file, "open": open_file, "io.open": open_file, "codecs.open": open_file,
    "tensorflow.io.gfile.GFile": open_file, "tensorflow.gfile.GFile": open_file,
    "os.path.exists": _exists, "os.path.isfile": _exists,
    **dict.fromkeys(
        (
            "shutil.copy", "shutil.copyfile", "shutil.copy2", "shutil.move", "os.rename", "os.replace",
            "urllib.request.urlretrieve", "os.remove", "os.unlink", "gdown.download", "wget.download",
        ),
        _written,
    ),
}  # fmt: skip
