"""Watching the places of findings: calls that build, and exceptions that come out."""

from __future__ import annotations

import functools
import os
import re
import sys
import traceback
from collections.abc import Callable
from types import FrameType
from typing import Any

from . import kerases, tensors
from .plain import Json

_MOST = 20


class Watch:
    """The findings of a program, and what was seen at each of their places."""

    def __init__(self, findings: list[Json]) -> None:
        self.findings = findings
        self.paths = {finding["path"] for finding in findings}
        self._seen: list[Json] = [
            {"raised": None, "built": [], "tried": "", "passed": False, "notes": []}
            for _ in findings
        ]
        self._active: list[Any] = []  # frames inside a watched call
        self.note = ""  # how the program was entered
        self.exited: Json | None = None

    def results(self) -> list[Json]:
        return self._seen

    def unreached(self) -> list[int]:
        """The findings whose place was not reached."""
        return [
            index
            for index, seen in enumerate(self._seen)
            if not seen["raised"] and not seen["built"]
        ]

    def tried(self, index: int, what: str) -> None:
        self._seen[index]["tried"] = what

    # -- places ------------------------------------------------------------------------------

    def _at(self, path: str, line: int) -> list[int]:
        return [
            index
            for index, finding in enumerate(self.findings)
            if finding["path"] == path and finding["line"] <= line <= finding["end_line"]
        ]

    def _caller(self) -> FrameType | None:
        """The innermost running frame of a watched file."""
        frame: FrameType | None = sys._getframe(2)
        while frame is not None and frame.f_code.co_filename not in self.paths:
            frame = frame.f_back
        return frame

    def leads_to_finding(self) -> bool:
        """Whether the program is in a call at the place of a finding, or in one on the way to it."""
        frame = self._caller() if self.paths else None
        if frame is None:
            return False
        path, line = frame.f_code.co_filename, frame.f_lineno
        return bool(self._at(path, line)) or any(
            [path, line] in finding["stack"] for finding in self.findings
        )

    def raised(self, error: BaseException) -> None:
        """Keep an exception with the findings where it came out, the original before its replacements."""
        for link in reversed(chain(error)):
            frames = frames_of(link)
            for path in self.paths:
                inside = [frame for frame in frames if os.path.abspath(frame.filename) == path]
                for index in self._at(path, inside[-1].lineno or 0) if inside else ():
                    self._keep(index, link, frames)

    def _keep(self, index: int, error: BaseException, frames: Any) -> None:
        """Keep the first exception that may be the one in question; a misspelt name, say, is not."""
        seen = self._seen[index]
        family = [base.__name__ for base in type(error).__mro__]
        in_keras = any(kerases.owns(frame.filename) for frame in frames)
        if seen["raised"] or not (in_keras or self.findings[index]["exception"] in family):
            return
        seen["raised"] = {
            "state": "raised",
            "exception": type(error).__name__,
            "family": family,
            "message": _said(error),
            "in_keras": in_keras,
            "operands": [],
        }
        if self.note:
            seen["notes"].append(self.note)

    def _built(self, indexes: list[int], frame: FrameType, args: object, made: object) -> None:
        for index in indexes:
            built = self._seen[index]["built"]
            entry = {
                "operands": [item["shape"] for item in tensors.describe(args)],
                "output": [item["shape"] for item in tensors.describe(made)],
                "stack": self._stack(frame),
            }
            if entry not in built and len(built) < _MOST:
                built.append(entry)

    def _stack(self, frame: FrameType) -> list[list[object]]:
        """The calls in watched files that lead to a frame, outermost first."""
        calls: list[list[object]] = []
        caller = frame.f_back
        while caller is not None:
            if caller.f_code.co_filename in self.paths:
                calls.append([caller.f_code.co_filename, caller.f_lineno])
            caller = caller.f_back
        return calls[::-1]

    # -- instrumentation ---------------------------------------------------------------------

    def install(self) -> None:
        """Watch every call of a layer, and in Keras 3 of an operation."""
        keras = kerases.keras()
        self._wrap(keras.layers.Layer, "__call__")
        if hasattr(keras, "Operation"):
            self._wrap(keras.Operation, "__call__")
            self._wrap(keras.Operation, "symbolic_call")  # which operators on tensors call
        if hasattr(keras, "config") and hasattr(keras.config, "disable_traceback_filtering"):
            keras.config.disable_traceback_filtering()
        else:
            kerases.tensorflow().debugging.disable_traceback_filtering()

    def _wrap(self, cls: object, name: str) -> None:
        original: Callable[..., Any] = cls.__dict__[name]
        watch = self

        @functools.wraps(original)
        def watched(layer: object, *args: object, **keywords: object) -> Any:
            frame = watch._caller() if watch.paths else None
            if frame is None or frame in watch._active:
                return original(layer, *args, **keywords)
            indexes = watch._at(frame.f_code.co_filename, frame.f_lineno)
            if not indexes:
                return original(layer, *args, **keywords)
            watch._active.append(frame)
            try:
                made = original(layer, *args, **keywords)
            except Exception as error:
                watch.raised_here(indexes, error)
                raise
            finally:
                watch._active.pop()
            watch._built(indexes, frame, [args, keywords], made)
            return made

        setattr(cls, name, watched)

    def raised_here(self, indexes: list[int], error: BaseException) -> None:
        """Keep an exception on its way out, which the program may yet catch."""
        frames = frames_of(error)
        inner = [frame for frame in frames if os.path.abspath(frame.filename) in self.paths]
        for index in indexes:
            finding = self.findings[index]
            if all(
                os.path.abspath(frame.filename) == finding["path"]
                and finding["line"] <= (frame.lineno or 0) <= finding["end_line"]
                for frame in inner
            ):
                self._keep(index, error, frames)


# AutoGraph compiles ``call`` into another file; this is how it names the place in the program.
_IN_USER_CODE = re.compile(r'File "([^"]+)", line (\d+), in (\S+)')


def frames_of(error: BaseException) -> list[traceback.FrameSummary]:
    """The frames that an exception passed, including those that AutoGraph hides."""
    frames = list(traceback.extract_tb(error.__traceback__))
    text = _text(error)
    if "in user code:" in text:
        for path, line, name in _IN_USER_CODE.findall(text):
            frames.append(traceback.FrameSummary(path, int(line), name))
    return frames


def chain(error: BaseException) -> list[BaseException]:
    """An exception, and those that it was raised from or while handling."""
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in links:
        links.append(link)
        link = link.__cause__ or link.__context__
    return links


_LAST_LINE = re.compile(r"^\s*\w*(?:Error|Exception): (.+)", re.MULTILINE)


def _said(error: BaseException) -> str:
    """The message of an exception, without the stack that AutoGraph puts before it."""
    text = _text(error)
    found = _LAST_LINE.findall(text) if "in user code:" in text else []
    return (found[-1].strip() if found else text)[:2000]


def _text(error: BaseException) -> str:
    try:
        return tensors.plain(str(error))
    except Exception:
        return ""
