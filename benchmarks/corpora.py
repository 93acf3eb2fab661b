"""The code that is linted: what every installation has, and folders that the caller names."""

from __future__ import annotations

import importlib.util
import sysconfig
from pathlib import Path

# A part of the standard library: no Keras in 60,000 lines.
_WITHOUT_KERAS = ("asyncio", "concurrent", "email", "http", "importlib", "json", "logging",
                  "multiprocessing", "unittest", "urllib", "xml", "argparse.py", "ast.py", "enum.py",
                  "inspect.py", "typing.py", "pickle.py", "tarfile.py", "zipfile.py", "turtle.py",
                  "subprocess.py", "statistics.py", "tokenize.py", "uuid.py")  # fmt: skip


def without_keras() -> list[str]:
    library = Path(sysconfig.get_path("stdlib"))
    return [str(library / name) for name in _WITHOUT_KERAS if (library / name).exists()]


def package(name: str) -> Path | None:
    """The folder of an installed package, which is not imported."""
    spec = importlib.util.find_spec(name)
    places = list(spec.submodule_search_locations or []) if spec is not None else []
    return Path(places[0]) if places else None


def applications() -> list[str]:
    """The applications of Keras, one of which makes each kind of model."""
    return [str(path / "src" / "applications") for path in _kerases()]


def layers_and_helpers() -> list[Path]:
    """Files that define layers and functions and build nothing: the layers of Keras."""
    return [
        file
        for path in _kerases()
        for folder in ("layers", "ops", "utils")
        for file in sorted((path / "src" / folder).rglob("*.py"))
        if "test" not in file.name and file.stat().st_size > 500
    ]


def _kerases() -> list[Path]:
    found = [package(name) for name in ("keras", "tf_keras")]
    return [path for path in found if path is not None]


def lines(places: list[str]) -> int:
    """How many lines of Python stand below these places."""
    return sum(
        file.read_bytes().count(b"\n")
        for place in map(Path, places)
        for file in ([place] if place.is_file() else place.rglob("*.py"))
    )
