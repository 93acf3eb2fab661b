"""What holds for all tests: the user's own cache is left alone, and extras may be missing."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

# No test reads or writes the user's own cache, nor one that another test left behind.  Tests of
# the cache turn it on again, in a folder of their own; processes that tests start inherit it.
os.environ["KERASMERGELINT_NO_CACHE"] = "1"

# The linter asks which Keras is installed, by the metadata alone.  Without the extra `oracle` tests take
# this one for it, and so do the processes that they start: what is found must not depend on the machine.
if importlib.util.find_spec("keras") is None:
    _stand_in = str(Path(__file__).parent / "installed")
    sys.path.append(_stand_in)
    _others = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = f"{_others}{os.pathsep}{_stand_in}" if _others else _stand_in


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that ask TensorFlow are skipped where it is not installed, except where all must run."""
    if importlib.util.find_spec("tensorflow") is not None or os.environ.get("CI"):
        return
    skip = pytest.mark.skip(reason="needs TensorFlow: the extra `oracle` installs it")
    for item in items:
        if item.get_closest_marker("oracle") is not None:
            item.add_marker(skip)
