"""The page of each code: ``docs/codes/CODE.md``, which is part of the wheel.

The registry has a code's name and default, its page the explanation.  The command, the documentation
and SARIF all show these.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kerasmergelint.cli.codes.severity import severity
from kerasmergelint.rules.codes import CODES, Code, Status

# In a wheel, and in a clone of the repository.
_FOLDERS = (
    Path(__file__).parents[1] / "code_pages",
    Path(__file__).parents[3] / "docs" / "codes",
)


def page(code: str) -> str:
    """The page of a code, as Markdown; the registry's summary if there is no page."""
    file = file_of(code)
    return _from_registry(CODES[code]) if file is None else file.read_text(encoding="utf-8")


def file_of(code: str) -> Path | None:
    """The file with the page of a code, if there is one."""
    files = (folder / f"{code}.md" for folder in _FOLDERS)
    return next((file for file in files if file.is_file()), None)


def _from_registry(code: Code) -> str:
    return f"# {code.id}: {code.title}\n\n{code.summary}\n"


def matching(prefix: str) -> list[str]:
    """The codes with a prefix: ``KML1`` is a family."""
    return [code for code in CODES if code.startswith(prefix.upper())]


def table() -> Iterator[tuple[str, str, str, str]]:
    """Every code with its severity, its default, and its title."""
    for code in CODES.values():
        yield code.id, severity(code.id), state(code), code.title


def state(code: Code) -> str:
    """Whether a code is on by default."""
    if code.status is Status.PLANNED:
        return "planned"
    return "on" if code.by_default else "off"


def index() -> str:
    """The table as Markdown: ``docs/codes/index.md``."""
    lines = [
        "# Codes",
        "",
        "A released code never changes its meaning. Codes that are *off* are reported if they are enabled:"
        " with `--kml-enable`",
        "for flake8, with `--enable` for `kerasmergelint check`, or in the configuration.",
        "",
        "| code | severity | default | what |",
        "| --- | --- | --- | --- |",
    ]
    for code, level, on, title in table():
        lines.append(f"| [{code}]({code}.md) | {level} | {on} | {title} |")
    return "\n".join(lines) + "\n"
