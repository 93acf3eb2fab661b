"""Write into the page of each code which repairs are proved for its bad example.

usage: python scripts/write_repairs.py
"""

from __future__ import annotations

import re
from pathlib import Path

from kerasmergelint.options import Settings
from kerasmergelint.repairs.model import Safety
from kerasmergelint.repairs.search import Limits, repairs_for
from kerasmergelint.rules.check import check_source

PAGES = Path(__file__).parent.parent / "docs" / "codes"
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BEGIN, END = "<!-- repairs: scripts/write_repairs.py -->\n", "<!-- end of repairs -->\n"
# The same on slow machines.
_PATIENT = Limits(seconds=60.0)
_BEFORE = "## When it stays silent\n"


def told(code: str, text: str) -> list[str]:
    """The repairs of a program, as lines of a list."""
    # As with the Keras of the extra `oracle`, whatever is installed.
    settings = Settings(enabled=(code,), keras_version="3.15")
    path = "/nowhere/example.py"
    found = [one for one in check_source(text, path, settings) if one.code == code]
    repairs = repairs_for(path, text, found[0], settings, _PATIENT) if found else ()
    flags = {Safety.SAFE: "`--fix`", Safety.UNSAFE: "`--fix --unsafe-fixes`"}
    return [f"- {repair.title} ({flags[repair.safety]})" for repair in repairs]


def with_repairs(code: str, page: str) -> str:
    """A page with the repairs of its bad example; without a section if it has none."""
    if BEGIN in page:
        before, _, rest = page.partition(BEGIN)
        page = before + rest.partition(END)[2].lstrip("\n")
    blocks = _BLOCK.findall(page)
    lines = told(code, blocks[0]) if blocks else []
    if not lines:
        return page
    words = "For the example above, `kerasmergelint check` offers:\n\n"
    section = BEGIN + words + "\n".join(lines) + "\n" + END + "\n"
    before, mark, rest = page.partition(_BEFORE)
    return before + section + mark + rest


def main() -> None:
    for path in sorted(PAGES.glob("KML*.md")):
        page = path.read_text(encoding="utf-8")
        path.write_text(with_repairs(path.stem, page), encoding="utf-8")


if __name__ == "__main__":
    main()
