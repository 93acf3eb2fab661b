"""Frames: how results travel from a job to the server, and from the server to the parent.

A frame is four bytes for its length, a key, and what it carries.  Whoever writes may be a stranger: a
frame without the key, or longer than allowed, breaks the stream, and nothing after it is believed.
"""

from __future__ import annotations

import os

KEY = 16
LARGEST = 4 << 20
_LENGTH = 4


class Broken(Exception):
    """What arrived is no frame of ours; the message says what it did, after "it"."""


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
    """Cuts a stream of bytes into what its frames carry."""

    def __init__(self, key: bytes, largest: int = LARGEST) -> None:
        self._key = key
        self._largest = largest
        self._rest = b""

    def feed(self, chunk: bytes) -> list[bytes]:
        """What the frames carry that are complete with this chunk; raises :class:`Broken`."""
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
