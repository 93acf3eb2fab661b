"""Draw what our commands show, as the SVG files in ``docs/pictures/``: a terminal, and a graph.

usage: python scripts/terminal_picture.py

Everything in the pictures is real output of the commands in ``docs/examples/``.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

DOCS = Path(__file__).resolve().parent.parent / "docs"
PICTURES = {
    "flake8.svg": ("flake8 --select=KML two_views.py",),
    "check.svg": ("kerasmergelint check two_views.py",),
    "summary.svg": ("kerasmergelint summary two_views_repaired.py",),
}
GRAPHS = {"graph.svg": "kerasmergelint graph two_views.py --format svg"}
WIDTH = 112
# Rich's own frame, without the fonts that it would load from elsewhere.
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
    <style>
    .{unique_id}-matrix {{
        font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
        font-size: {char_height}px;
        line-height: {line_height}px;
        font-variant-east-asian: full-width;
    }}
    {styles}
    </style>
    <defs>
    <clipPath id="{unique_id}-clip-terminal">
      <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
    </clipPath>
    {lines}
    </defs>
    {chrome}
    <g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
    {backgrounds}
    <g class="{unique_id}-matrix">
    {matrix}
    </g>
    </g>
</svg>
"""


def output(command: str) -> str:
    """What a command prints."""
    program, *arguments = command.split()
    module = {"kerasmergelint": "kerasmergelint.cli.main"}.get(program, program)
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=DOCS / "examples",
        env={"COLUMNS": str(WIDTH), "PATH": "", "PYTHONPATH": str(DOCS.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if ": checked for Keras " not in line]
    assert done.returncode in (0, 1) and not said, done.stderr
    return done.stdout.rstrip()


def draw(commands: tuple[str, ...]) -> str:
    """One picture."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    for command in commands:
        console.print(Text.assemble(("$ ", "bold green"), (command, "bold")))
        coloured = "" if command.startswith("flake8") else " --color always"
        console.print(Text.from_ansi(output(command + coloured)), soft_wrap=False)
    return console.export_svg(title="terminal", code_format=FRAME, unique_id="kml")


def pictures() -> dict[str, str]:
    """All pictures by the names of their files."""
    terminals = {name: draw(commands) for name, commands in PICTURES.items()}
    return terminals | {name: output(command) + "\n" for name, command in GRAPHS.items()}


def main() -> None:
    (DOCS / "pictures").mkdir(exist_ok=True)
    for name, content in pictures().items():
        (DOCS / "pictures" / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
