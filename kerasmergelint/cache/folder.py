"""The folder with the entries, which only its owner may read and write; otherwise it is not trusted.

All access is relative to the open folder and follows no links, so nobody can swap the folder in
between.  Where the system does not support this (Windows), access is by path.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import time

from kerasmergelint.dataclass import dataclass
from kerasmergelint.regex import regex

# A subfolder of the chosen one; the number is the version of the format.
_NAME = "findings-1"
_ENTRY = regex(r"[0-9a-f]{48}\.json")
_TEMPORARY = regex(r"[0-9a-f]{48}\.json\.[0-9a-f]{16}")
_LARGEST_ENTRY = 1 << 20
_BLOCK = 4096
_DAY = 86_400.0
_IGNORED = {
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Made by kerasmergelint.\n",
    ".gitignore": "*\n",
}

_DESCRIPTORS = {os.open, os.stat, os.unlink} <= os.supports_dir_fd and os.scandir in os.supports_fd
_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | _SAFE | getattr(os, "O_NONBLOCK", 0)  # opening a pipe could block forever
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE


@dataclass(frozen=True, slots=True)
class Folder:
    """An open folder; ``descriptor`` is None where access is by path."""

    path: str
    descriptor: int | None

    @classmethod
    def open(cls, chosen: str) -> Folder | None:
        """Our subfolder of a folder, created if need be; None if that fails, or if it is not safe."""
        path = os.path.join(chosen, _NAME)
        try:
            os.makedirs(chosen, mode=0o700, exist_ok=True)
            new = _make(path)
            folder = cls(path, cls._descriptor(path))
        except OSError:
            return None
        if not folder._is_ours():
            return None
        if new:
            folder._sign()
        return folder

    @staticmethod
    def _descriptor(path: str) -> int | None:
        if not _DESCRIPTORS:
            return None
        return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)

    def _is_ours(self) -> bool:
        if self.descriptor is None:
            return os.path.isdir(self.path) and not os.path.islink(self.path)
        status = os.fstat(self.descriptor)
        if not belongs_to_us(status):
            return False
        if stat.S_IMODE(status.st_mode) & 0o077:
            with contextlib.suppress(OSError):  # on a read-only disk, say
                os.fchmod(self.descriptor, 0o700)
        return True

    # -- entries ---------------------------------------------------------------------------

    def read(self, key: str) -> bytes | None:
        """The content of an entry; None if there is none, or it cannot be trusted."""
        try:
            file = os.open(self._at(f"{key}.json"), _READ, dir_fd=self.descriptor)
        except OSError:
            return None
        try:
            status = os.fstat(file)
            if not (stat.S_ISREG(status.st_mode) and belongs_to_us(status)):
                return None
            if status.st_size > _LARGEST_ENTRY:
                return None
            content = _all_of(file)
            if time.time() - status.st_mtime > _DAY and self.descriptor is not None:
                os.utime(file)  # in use, so not among the first to go
            return content
        except OSError:
            return None
        finally:
            os.close(file)

    def write(self, key: str, content: bytes) -> None:
        """Write an entry, atomically; may raise OSError."""
        if len(content) > _LARGEST_ENTRY:
            return
        name = f"{key}.json"
        temporary = f"{name}.{secrets.token_hex(8)}"
        file = os.open(self._at(temporary), _WRITE, 0o600, dir_fd=self.descriptor)
        try:
            with open(file, "wb") as stream:
                stream.write(content)
            os.replace(
                self._at(temporary),
                self._at(name),
                src_dir_fd=self.descriptor,
                dst_dir_fd=self.descriptor,
            )
        except BaseException:
            self._remove(temporary)
            raise

    # -- size ------------------------------------------------------------------------------

    def shrink(self, largest: int) -> None:
        """Drop the least recently used entries, if the total is too large."""
        entries: list[tuple[float, int, str]] = []
        now = time.time()
        with os.scandir(self.path if self.descriptor is None else self.descriptor) as found:
            for item in found:
                with contextlib.suppress(OSError):
                    status = item.stat(follow_symlinks=False)
                    if _ENTRY.fullmatch(item.name):
                        size = -(-status.st_size // _BLOCK) * _BLOCK
                        entries.append((status.st_mtime, size, item.name))
                    elif _TEMPORARY.fullmatch(item.name) and now - status.st_mtime > _DAY:
                        self._remove(item.name)  # its writer was killed
        total = sum(size for _, size, _ in entries)
        if total <= largest:
            return
        for _, size, name in sorted(entries):
            self._remove(name)
            total -= size
            if total <= largest * 3 // 4:
                return

    def _sign(self) -> None:
        """Tell backup programs and git that nothing here is worth keeping."""
        for name, text in _IGNORED.items():
            with contextlib.suppress(OSError):
                file = os.open(self._at(name), _WRITE, 0o600, dir_fd=self.descriptor)
                with open(file, "w", encoding="ascii") as stream:
                    stream.write(text)

    def _remove(self, name: str) -> None:
        with contextlib.suppress(OSError):
            os.unlink(self._at(name), dir_fd=self.descriptor)

    def _at(self, name: str) -> str:
        return name if self.descriptor is not None else os.path.join(self.path, name)


def _make(path: str) -> bool:
    """Make a folder; False if it was there before."""
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        return False
    return True


def belongs_to_us(status: os.stat_result) -> bool:
    """Whether we own a file or folder, and nobody else may write to it."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not stat.S_IMODE(status.st_mode) & 0o022


def _all_of(file: int) -> bytes:
    content = b""
    while len(content) <= _LARGEST_ENTRY:
        part = os.read(file, _LARGEST_ENTRY + 1)
        if not part:
            return content
        content += part
    return b""  # it grew
