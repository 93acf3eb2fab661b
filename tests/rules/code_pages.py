"""The pages of the codes, and the two examples in each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).parent.parent.parent / "docs" / "codes"
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Page:
    """A page; the examples are None where a code has none."""

    code: str
    text: str
    bad: str | None
    good: str | None


def pages() -> list[Page]:
    return [_read(path) for path in sorted(PAGES.glob("KML*.md"))]


def with_examples() -> list[Page]:
    return [page for page in pages() if page.bad is not None]


def _read(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    blocks = _BLOCK.findall(text)
    assert len(blocks) in (0, 2), f"{path.name}: a bad and a good example, or none"
    bad, good = blocks if blocks else (None, None)
    return Page(path.stem, text, bad, good)
