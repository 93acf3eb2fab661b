"""Run by path in any interpreter: loads this folder as a package of its own, and serves."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys

NAME = "_kerasmergelint_child"


def load(folder: str) -> None:
    """Make the folder importable as :data:`NAME`, without adding it to the path."""
    spec = importlib.util.spec_from_file_location(
        NAME, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = module
    spec.loader.exec_module(module)


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != here]
    sys.dont_write_bytecode = True
    load(here)
    importlib.import_module(NAME + ".serve").main(sys.argv[1:])
