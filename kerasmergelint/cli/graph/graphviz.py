"""Pictures that Graphviz draws, where it is installed: PNG and PDF."""

from __future__ import annotations

import shutil
import subprocess

from kerasmergelint.cli.graph.graph import Graph
from kerasmergelint.cli.graph.text import dot
from kerasmergelint.cli.problem import CannotRun

FORMATS = ("png", "pdf")
# Graphviz takes minutes for graphs that nobody could read.
_SECONDS = 120


def drawn(graph: Graph, chosen: str) -> bytes:
    """The picture, in one of :data:`FORMATS`."""
    command = shutil.which("dot")
    if command is None:
        raise CannotRun(
            f"{chosen} needs Graphviz, whose command dot is not installed; svg does not"
        )
    try:
        done = subprocess.run(
            [command, f"-T{chosen}"],
            input=dot(graph).encode(),
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise CannotRun(f"Graphviz was still drawing after {_SECONDS} seconds") from None
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", b"") or str(error).encode()
        raise CannotRun(f"Graphviz failed: {said.decode(errors='replace').strip()}") from error
    return done.stdout
