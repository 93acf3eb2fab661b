"""Keys of entries: everything that decides about the findings in a file, except other files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b

import kerasmergelint
from kerasmergelint.dataclass import field_names
from kerasmergelint.files import version_of
from kerasmergelint.options import Settings

FORMAT = 2


def key_of(kind: str, text: str, path: str, settings: Settings) -> str:
    """The key of an entry."""
    about = [FORMAT, ourselves(), kind, path, os.path.abspath(path), list(_chosen(settings))]
    digest = blake2b(json.dumps(about).encode(), digest_size=24)
    digest.update(b"\0" + text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _chosen(settings: Settings) -> Iterator[object]:
    for name in field_names(settings):
        value = getattr(settings, name)
        yield name, sorted(value.items()) if isinstance(value, Mapping) else value
    yield [os.path.abspath(root) for root in settings.roots]


@lru_cache(maxsize=1)
def ourselves() -> str:
    """The linter itself: our version and files, Python, and the parser."""
    package = os.path.dirname(os.path.abspath(kerasmergelint.__file__))
    about = [
        kerasmergelint.__version__,
        sorted(_own_files(package, "")),
        sys.version,
        sys.platform,
        sys.implementation.name,
        version_of("libcst"),
    ]
    return blake2b(json.dumps(about).encode(), digest_size=20).hexdigest()


def _own_files(folder: str, prefix: str) -> Iterator[tuple[str, int, int]]:
    """Our files by size and time, since the version does not show changes in a working copy."""
    try:
        entries = list(os.scandir(folder))
    except OSError:  # in an archive, say; then the version must do
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _own_files(entry.path, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".json")):
            status = entry.stat()
            yield prefix + entry.name, status.st_size, status.st_mtime_ns
