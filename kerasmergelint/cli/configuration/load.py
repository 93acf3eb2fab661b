"""The configuration for a run of the command."""

from __future__ import annotations

import argparse

from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.configuration.command_line import from_command_line
from kerasmergelint.cli.configuration.flake8 import from_flake8
from kerasmergelint.cli.configuration.pyproject import from_pyproject
from kerasmergelint.options import Settings


def load(options: argparse.Namespace) -> Configuration:
    """pyproject.toml, then flake8's file, then the command line: each overrides those before it."""
    found = Configuration()
    if not options.isolated:
        found = from_pyproject(options.config).overlaid(from_flake8())
    return found.overlaid(from_command_line(options))


def settings_for(options: argparse.Namespace) -> Settings:
    return load(options).settings
