"""Small programs, one for each thing that Python does; what each computes is left in ``result``."""

from __future__ import annotations

from tests.tracker.snippets import (
    collections,
    comprehensions,
    exceptions,
    generators,
    loops,
    numbers,
    strings,
)

_TABLES: dict[str, dict[str, str]] = {
    "collections": collections.SNIPPETS,
    "numbers": numbers.SNIPPETS,
    "strings": strings.SNIPPETS,
    "comprehensions": comprehensions.SNIPPETS,
    "exceptions": exceptions.SNIPPETS,
    "generators": generators.SNIPPETS,
    "loops": loops.SNIPPETS,
}
SNIPPETS = {
    f"{topic}: {name}": text for topic, table in _TABLES.items() for name, text in table.items()
}
