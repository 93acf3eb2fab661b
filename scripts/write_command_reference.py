"""Write ``docs/commands.md``, the reference of the commands, from their parsers.

usage: python scripts/write_command_reference.py
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from kerasmergelint.cli.main import parser

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
_HEAD = """\
# All commands and options

Written by `scripts/write_command_reference.py` from the commands themselves. Options of the analysis are also
read from [configuration files](configuration.md), and are options of flake8 there: `--shape` is `kml-shapes`.
"""


def page() -> str:
    """The page as it should be."""
    commands = next(
        action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    told = {choice.dest: choice.help or "" for choice in commands._choices_actions}
    parts = [_HEAD]
    for name, command in commands.choices.items():
        parts.append("\n".join(_command(name, told.get(name, ""), command)))
    return "\n".join(parts)


def _command(name: str, about: str, command: argparse.ArgumentParser) -> Iterator[str]:
    yield f"## kerasmergelint {name}\n"
    yield f"{_sentence(command.description or about)}\n"
    actions = [a for a in command._actions if not isinstance(a, argparse._HelpAction)]
    yield "| | |\n| --- | --- |"
    for action in actions:
        yield f"| {_spelling(action)} | {_cell(_help(action, command))} |"
    if command.epilog:
        yield f"\n{_sentence(' '.join(command.epilog.split()))}"
    yield ""


def _spelling(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else None)
    if not action.option_strings:
        return f"`{value or action.dest}`"
    names = ", ".join(f"`{name}`" for name in action.option_strings)
    if action.nargs == 0:
        return names
    return f"{names} `{_cell(str(value or action.dest.upper()))}`"


def _help(action: argparse.Action, command: argparse.ArgumentParser) -> str:
    if not action.help:
        return ""
    values = dict(vars(action), prog=command.prog)
    return " ".join((action.help % values).split())


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
