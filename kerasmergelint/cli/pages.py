"""The page of each code: ``docs/codes/CODE.md``, which the wheel carries along.

There is one source: the registry says what a code is called and whether it is on, and its page
explains it.  What is shown here, in the documentation and in SARIF is that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kerasmergelint.cli.severity import severity
from kerasmergelint.rules.codes import CODES, Code, Status

# In a wheel, and in a clone of the repository.
_FOLDERS = (
    Path(__file__).parent / "code_pages",
    Path(__file__).parents[2] / "docs" / "codes",
)


def page(code: str) -> str:
    """The page of a code, as Markdown; what the registry knows if nobody has written one."""
    for folder in _FOLDERS:
        try:
            return (folder / f"{code}.md").read_text(encoding="utf-8")
        except OSError:
            continue
    return _from_registry(CODES[code])


def _from_registry(code: Code) -> str:
    return f"# {code.id}: {code.title}\n\n{code.summary}\n"


def matching(prefix: str) -> list[str]:
    """The codes that begin so: ``KML1`` gives a family."""
    return [code for code in CODES if code.startswith(prefix.upper())]


def table() -> Iterator[tuple[str, str, str, str]]:
    """Every code: its severity, whether it is reported by default, what it means."""
    for code in CODES.values():
        yield code.id, severity(code.id), state(code), code.title


def state(code: Code) -> str:
    """Whether a code is reported."""
    if code.status is Status.PLANNED:
        return "planned"
    return "on" if code.by_default else "off"


def index() -> str:
    """The table as Markdown: ``docs/codes/index.md``."""
    lines = [
        "# Codes",
        "",
        "A number that was released never changes its meaning. Codes that are *off* are reported when"
        " `--kml-enable` names them",
        "(for flake8) or `--enable` (for `kerasmergelint check`), or the configuration does.",
        "",
        "| code | severity | default | what |",
        "| --- | --- | --- | --- |",
    ]
    for code, level, on, title in table():
        lines.append(f"| [{code}]({code}.md) | {level} | {on} | {title} |")
    return "\n".join(lines) + "\n"
