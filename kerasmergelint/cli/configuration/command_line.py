"""The options that every command shares, and the choices that they make."""

from __future__ import annotations

import argparse
import os

from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.configuration.lists import split
from kerasmergelint.options import KERAS_VERSIONS, Settings, parse_codes, parse_declarations


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
        choices=KERAS_VERSIONS,
        help="the major version of Keras that the program uses",
    )
    parser.add_argument(
        "--shape",
        action="append",
        default=[],
        metavar="NAME=SHAPE",
        help="a shape that the code does not show: 'x_train=(None, 28, 28)' (repeatable)",
    )
    parser.add_argument("--config", metavar="FILE", help="the pyproject.toml to read")
    parser.add_argument("--isolated", action="store_true", help="read no configuration files")


def from_command_line(options: argparse.Namespace) -> Configuration:
    """The choices on the command line; not every command has all of the options."""
    settings = Settings.parse(
        split(",".join(getattr(options, "enable", None) or ())),
        None,
        options.keras_version,
        parse_declarations("\n".join(options.shape), "--shape"),
        prefix="--",
    )
    return Configuration(
        enable=settings.enabled,
        ignore=parse_codes(split(",".join(getattr(options, "ignore", None) or ())), "--ignore"),
        roots=tuple(os.path.abspath(root) for root in options.root),
        keras_version=options.keras_version,
        shapes=settings.declared,
        exclude=tuple(getattr(options, "exclude", None) or ()),
        baseline=getattr(options, "baseline", None),
        no_cache=getattr(options, "no_cache", None),
        cache_dir=getattr(options, "cache_dir", None),
    )
