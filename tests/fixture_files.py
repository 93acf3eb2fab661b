"""The programs in ``fixtures/``, and the findings that stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"
_MARK = re.compile(r"#.*?\b(KML\d{3})\b")


@dataclass(frozen=True)
class Expected:
    """A finding that a fixture asks for at one of its lines."""

    line: int
    code: str


def programs(kind: str) -> list[Path]:
    """The fixtures of a kind: broken (Keras raises), hazardous (it does not, but should) or clean."""
    return sorted((FIXTURES / kind).glob("*.py"))


def projects(kind: str) -> list[Path]:
    """The program of each fixture that has more files: it starts in ``main.py``."""
    return sorted((FIXTURES / kind).glob("*/main.py"))


def name_of(path: Path) -> str:
    """What a fixture is called in the list of tests."""
    return path.parent.name if path.name == "main.py" else path.stem


def expected(path: Path) -> set[Expected]:
    """The markers (``# KML101``) of a fixture."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {
        Expected(number, code)
        for number, line in enumerate(lines, 1)
        for code in _MARK.findall(line)
    }


def hidden_behind(path: Path) -> list[int]:
    """The lines marked ``# raises``: where Keras shows a failure whose inside it hides."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if "# raises" in line]
