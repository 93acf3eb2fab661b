"""``kerasmergelint server``: speaks the language server protocol over standard input and output."""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from typing import TYPE_CHECKING

from kerasmergelint.cli.problem import CannotRun

if TYPE_CHECKING:
    from kerasmergelint.cli.configuration.command_line import Commands

_LEVELS = ("debug", "info", "warning", "error")


def add_parser(commands: Commands, shared: argparse.ArgumentParser) -> None:
    del shared  # its files and the client say what a program is analysed with
    parser = commands.add_parser(
        "server",
        help="serve an editor: findings, shapes and verdicts while you type",
        description="A language server on standard input and output, for editors to start.",
        epilog="exit status: 0 after shutdown, 1 if the client left without, 2 if it could not start",
    )
    parser.add_argument("--stdio", action="store_true", help="the default, and the only way")
    parser.add_argument("--log", choices=_LEVELS, default="error", help="what to log, to stderr")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    logging.basicConfig(stream=sys.stderr, level=options.log.upper())
    try:
        # late: only this command needs the extra
        app = importlib.import_module("kerasmergelint.server.app")
    except ModuleNotFoundError as error:
        if error.name not in ("pygls", "lsprotocol"):
            raise
        raise CannotRun(
            f"the server needs {error.name}: install kerasmergelint with its extra, kerasmergelint[lsp]"
        ) from None
    server = app.make_server()
    try:
        server.start_io()
    finally:
        server.session.close()
    return 0
