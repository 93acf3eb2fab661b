"""flake8, with our plugin or without it: flake8 itself always loads what is installed.

usage: python launch_flake8.py with|without FLAKE8-ARGUMENTS
"""

from __future__ import annotations

import importlib.metadata
import sys

if __name__ == "__main__":
    side = sys.argv.pop(1)
    if side == "without":
        every = importlib.metadata.distributions
        importlib.metadata.distributions = lambda **context: (  # type: ignore[assignment]
            found for found in every(**context) if found.metadata["Name"] != "kerasmergelint"
        )
    from flake8.main.cli import main

    raise SystemExit(main(sys.argv[1:]))
