"""Frames: how results travel from a job to the server, and from the server to the parent.

A frame is four bytes for its length, a key, and a payload.  The writer is not trusted: a frame
without the key, or longer than allowed, breaks the stream, and nothing after it is accepted.
"""

from __future__ import annotations

import os

KEY = 16
LARGEST = 4 << 20
_LENGTH = 4


class Broken(Exception):
    """The input is not a valid frame; the message completes "it ..."."""


def new_key() -> bytes:
    return os.urandom(KEY)


def framed(key: bytes, data: bytes) -> bytes:
    """A frame, ready to be written."""
    return len(data).to_bytes(_LENGTH, "big") + key + data


def write_all(stream: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(stream, view) :]


class Frames:
    """Splits a stream of bytes into the payloads of its frames."""

    def __init__(self, key: bytes, largest: int = LARGEST) -> None:
        self._key = key
        self._largest = largest
        self._rest = b""

    def feed(self, chunk: bytes) -> list[bytes]:
        """The payloads that this chunk completes; raises :class:`Broken`."""
        self._rest += chunk
        found = []
        start = _LENGTH + KEY
        while len(self._rest) >= start:
            length = int.from_bytes(self._rest[:_LENGTH], "big")
            if self._rest[_LENGTH:start] != self._key:
                raise Broken("wrote where only results belong")
            if length > self._largest:
                raise Broken("sent too large a result")
            if len(self._rest) < start + length:
                break
            found.append(self._rest[start : start + length])
            self._rest = self._rest[start + length :]
        return found
