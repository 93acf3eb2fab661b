"""Small programs, one for each thing that Python does; what each computes is left in ``result``."""

from __future__ import annotations

from tests.tracker.snippets import (
    assignments,
    calls,
    classes,
    collections,
    comprehensions,
    exceptions,
    generators,
    libraries,
    loops,
    matching,
    numbers,
    objects,
    programs,
    records,
    strings,
)

_TABLES: dict[str, dict[str, str]] = {
    "assignments": assignments.SNIPPETS,
    "calls": calls.SNIPPETS,
    "classes": classes.SNIPPETS,
    "collections": collections.SNIPPETS,
    "comprehensions": comprehensions.SNIPPETS,
    "exceptions": exceptions.SNIPPETS,
    "generators": generators.SNIPPETS,
    "libraries": libraries.SNIPPETS,
    "loops": loops.SNIPPETS,
    "matching": matching.SNIPPETS,
    "numbers": numbers.SNIPPETS,
    "objects": objects.SNIPPETS,
    "programs": programs.SNIPPETS,
    "records": records.SNIPPETS,
    "strings": strings.SNIPPETS,
}
SNIPPETS = {
    f"{topic}: {name}": text for topic, table in _TABLES.items() for name, text in table.items()
}
