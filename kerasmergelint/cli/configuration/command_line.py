"""The options that every command shares, and the choices that they make."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.configuration.lists import split
from kerasmergelint.options import (
    FOLLOWED,
    KERAS_VERSIONS,
    Settings,
    parse_declarations,
)
from kerasmergelint.rules.codes import existing_codes

if TYPE_CHECKING:
    # What a command adds its parser to.
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


_PREFIX = "--kml-"
# Options of the flake8 plugin, by which messages call them, that have more than another prefix here.
_OF_THE_PLUGIN = {"--kml-roots": "--root", "--kml-shapes": "--shape"}


def as_called_here(arguments: Sequence[str]) -> list[str]:
    """The arguments of a command, in which the plugin's options may be used as well.

    >>> as_called_here(["check", "--kml-keras-version=3.10", "--kml-shapes", "x = (None, 8)", "."])
    ['check', '--keras-version=3.10', '--shape', 'x = (None, 8)', '.']
    """
    return [_called_here(a) if a.startswith(_PREFIX) else a for a in arguments]


def _called_here(option: str) -> str:
    name, sign, value = option.partition("=")
    return _OF_THE_PLUGIN.get(name, "--" + name.removeprefix(_PREFIX)) + sign + value


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--root",
        action="append",
        default=[],
        metavar="FOLDER",
        help="a folder that the program imports its own modules from (repeatable)",
    )
    parser.add_argument(
        "--keras-version",
        metavar="|".join(KERAS_VERSIONS),
        help="the version of Keras that the program uses",
    )
    parser.add_argument(
        "--shape",
        action="append",
        default=[],
        metavar="NAME=SHAPE",
        help="a shape that the code does not show: 'x_train=(None, 28, 28)' (repeatable)",
    )
    parser.add_argument(
        "--follow",
        choices=FOLLOWED,
        help="how far calls are followed: within the project, or into installed packages, too",
    )
    parser.add_argument("--config", metavar="FILE", help="the pyproject.toml to read")
    parser.add_argument("--isolated", action="store_true", help="read no configuration files")


def from_command_line(options: argparse.Namespace) -> Configuration:
    """The choices on the command line; not every command has all of the options."""
    settings = Settings.parse(
        _codes(options, "enable"),
        None,
        options.keras_version,
        parse_declarations("\n".join(options.shape), "--shape"),
        prefix="--",
    )
    return Configuration(
        enable=settings.enabled,
        ignore=_codes(options, "ignore"),
        roots=tuple(os.path.abspath(root) for root in options.root),
        keras_version=options.keras_version,
        shapes=settings.declared,
        follow=options.follow,
        exclude=tuple(getattr(options, "exclude", None) or ()),
        baseline=getattr(options, "baseline", None),
        no_cache=getattr(options, "no_cache", None),
        cache_dir=getattr(options, "cache_dir", None),
    )


def _codes(options: argparse.Namespace, name: str) -> tuple[str, ...]:
    """The codes that an option lists, if the command has it."""
    return existing_codes(split(",".join(getattr(options, name, None) or ())), f"--{name}")
