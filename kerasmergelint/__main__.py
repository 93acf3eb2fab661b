"""``python -m kerasmergelint``: the command, wherever it is started.

Python puts the current folder first on its path here.  Files of the user's called ``libcst.py`` or
``rich.py`` must not stand in for the modules that we import, so it is taken off; if this very package
was found there, in a checkout that is not installed, it goes last.

What Python imports to get here is beyond us: ``importlib`` and what that needs.  ``python -P`` (from
3.11 on) and ``python -I`` leave the folder out from the beginning, and so does the ``kerasmergelint``
command.
"""

import sys

if __name__ == "__main__":
    if not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
        folder = sys.path.pop(0)
        from os.path import dirname  # late: only once the path is safe

        if dirname(dirname(__file__)) == folder:
            sys.path.append(folder)
    from kerasmergelint.cli.main import main  # late: only once the path is safe

    sys.exit(main())
