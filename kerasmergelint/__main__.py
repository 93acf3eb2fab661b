"""``python -m kerasmergelint``: the command, wherever it is started.

Python puts the current folder first on its path here.  Files of the user's called ``libcst.py`` or
``rich.py`` must not stand in for the modules that we import, so it goes last.
"""

import sys

if __name__ == "__main__":
    if sys.path and not getattr(sys.flags, "safe_path", False):
        sys.path.append(sys.path.pop(0))
    from kerasmergelint.cli.main import main  # late: only once the path is safe

    sys.exit(main())
