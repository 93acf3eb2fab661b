"""flake8's side: options in, findings out.

flake8 imports this module in each of its processes, so it must stay light: the standard library and
three small modules of ours.  The rest is loaded when a file turns out to mention Keras.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from kerasmergelint import __version__
from kerasmergelint.garbage import leave_to_the_system, search_seldom
from kerasmergelint.options import (
    FOLLOWED,
    KERAS_VERSIONS,
    InvalidOption,
    Settings,
    parse_declarations,
    parse_flag,
)

if TYPE_CHECKING:
    import ast

    from flake8.options.manager import OptionManager

    from kerasmergelint.rules.finding import Finding

# What flake8 expects: line from 1, column from 0, "CODE text", and a type, which it ignores.
Report = tuple[int, int, str, type]

_LOG = logging.getLogger(__name__)

# What starts another interpreter is for the user to choose, never for the configuration of a repository
# that is being linted: the command line and these variables are the only ways to say it.
_CONFIRM = "KML_CONFIRM"
_CONFIRM_PYTHON = "KML_CONFIRM_PYTHON"


class KerasMergePlugin:
    """Reports merges of Keras tensors that cannot work."""

    name = "kerasmergelint"
    version = __version__
    settings: ClassVar[Settings] = Settings()
    confirming: ClassVar[bool] = False
    confirm_python: ClassVar[str] = sys.executable
    caching: ClassVar[bool] = False
    cache_folder: ClassVar[str] = ""

    def __init__(self, tree: ast.AST, lines: Sequence[str], filename: str) -> None:
        # The parameter ``tree`` makes this a plugin that is run once a file.  We parse the text ourselves:
        # other plugins may have changed the tree, and few files mention Keras at all.
        del tree
        self._lines = lines
        self._path = filename

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        """Declare our options; flake8's configuration file may set all but those of confirming."""
        _add_analysis(manager)
        _add_cache(manager)
        _add_confirming(manager)

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Check the options and keep them; runs in worker processes, too."""
        try:
            cls.settings = Settings.parse(
                _existing(_items(options.kml_enable)),
                _items(options.kml_roots),
                options.kml_keras_version,
                parse_declarations(options.kml_shapes),
                options.kml_steps,
                options.kml_follow,
            )
            cls.caching = not parse_flag(options.kml_no_cache, "kml-no-cache")
            cls.cache_folder = options.kml_cache_dir
            cls.confirming = bool(options.kml_confirm)
            cls.confirm_python = options.kml_confirm_python or sys.executable
        except InvalidOption as error:
            from flake8.exceptions import ExecutionError

            raise ExecutionError(str(error)) from error

    def run(self) -> Iterator[Report]:
        """The findings in one file.  Never raises: that would end flake8 altogether."""
        for finding in self._findings():
            yield finding.line, finding.column, finding.text, type(self)

    def _findings(self) -> Iterable[Finding]:
        try:
            return self._analyse()
        except Exception as error:  # a bug of ours must not become the user's problem
            return self._internal_error(error)

    def _analyse(self) -> Iterable[Finding]:
        from kerasmergelint.syntax.gate import concerns_keras  # late: flake8 may lint no file here

        text = "".join(self._lines)
        if not concerns_keras(text, self._path, self.settings.roots):
            return ()
        search_seldom()  # in all that this process of flake8 has still to do
        leave_to_the_system()
        if self.confirming:
            from kerasmergelint.runtime.annotate import confirmed  # late: for --kml-confirm

            return list(confirmed(text, self._path, self.settings, self.confirm_python))
        from kerasmergelint.cache import findings, open_cache  # late: only for files with Keras

        cache = open_cache(self.cache_folder) if self.caching else None
        return findings(text, self._path, self.settings, cache)

    def _internal_error(self, error: Exception) -> Iterable[Finding]:
        try:
            from kerasmergelint.rules.internal_error import internal_error  # late: seldom needed

            finding = internal_error(error, self._path)
            _LOG.info("%s: %s", self._path, finding.message)
            return (finding,) if self.settings.enables(finding.code) else ()
        except Exception:  # out of memory, say: nothing more can be done
            return ()


def _add_analysis(manager: OptionManager) -> None:
    """Options of the analysis."""
    add = partial(manager.add_option, parse_from_config=True)
    add(
        "--kml-enable",
        default="",
        metavar="codes",
        comma_separated_list=True,
        help="Also report these KML codes, which are off by default (KML205, KML9).",
    )
    add(
        "--kml-roots",
        default="",
        metavar="folders",
        comma_separated_list=True,
        normalize_paths=True,
        help="Folders that the linted program imports its own modules from.",
    )
    add(
        "--kml-keras-version",
        default="auto",
        metavar="|".join(KERAS_VERSIONS),
        help="The version of Keras that the linted program uses.",
    )
    add(
        "--kml-shapes",
        default="",
        metavar="shapes",
        help="Shapes that the code does not show: NAME = (SIZE, ...), one per line or separated by ;",
    )
    add(
        "--kml-steps",
        default="",
        metavar="number",
        help="How many calls and loop passes to follow in one file before giving up.",
    )
    add(
        "--kml-follow",
        default="",
        metavar="|".join(FOLLOWED),
        help="How far calls are followed: into installed packages, too, or within the project only.",
    )


def _add_cache(manager: OptionManager) -> None:
    """Options of the cache."""
    add = partial(manager.add_option, parse_from_config=True)
    add(
        "--kml-no-cache",
        action=_Flag,
        default=False,
        help="Analyse every file, even if it has not changed since the last run.",
    )
    add(
        "--kml-cache-dir",
        default="",
        metavar="folder",
        normalize_paths=True,
        help="Where to keep results (default: the user's cache folder).",
    )


def _add_confirming(manager: OptionManager) -> None:
    """Options of confirming, for the command line only."""
    manager.add_option(
        "--kml-confirm",
        action="store_true",
        default=_truth(os.environ.get(_CONFIRM)),
        help="Have TensorFlow confirm or refute each finding, in a separate process (slow).",
    )
    manager.add_option(
        "--kml-confirm-python",
        default=os.environ.get(_CONFIRM_PYTHON, ""),
        metavar="interpreter",
        help="The Python that has TensorFlow, for --kml-confirm (default: this one).",
    )


class _Flag(argparse.Action):
    """``store_true``, but what a configuration file says is handed over word for word.

    flake8 would read it itself, and end with a traceback where it is neither true nor false.
    """

    def __init__(self, option_strings: Sequence[str], dest: str, **others: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, **others)

    def __call__(self, parser: object, namespace: argparse.Namespace, *_: object) -> None:
        setattr(namespace, self.dest, True)


def _existing(codes: list[str]) -> tuple[str, ...]:
    if not codes:
        return ()
    from kerasmergelint.rules.codes import existing_codes  # late: seldom needed

    return existing_codes(codes, "kml-enable")


def _items(value: str | Iterable[str] | None) -> list[str]:
    """The items of a list option; its default is still a string."""
    items = value.split(",") if isinstance(value, str) else list(value or ())
    return [item.strip() for item in items if item.strip()]


def _truth(text: str | None) -> bool:
    """A flag in the environment: unset, empty, 0, no, off and false are false."""
    return (text or "").strip().lower() not in ("", "0", "no", "off", "false")
