"""Everything that can be chosen, and how two sets of choices combine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import chain
from typing import Any

from kerasmergelint.cli.configuration.patterns import matches
from kerasmergelint.dataclass import dataclass, field, field_names, replace
from kerasmergelint.options import FOLLOWED, Settings


@dataclass(frozen=True, slots=True)
class Configuration:
    """All choices; None and empty stand for no choice."""

    enable: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    keras_version: str | None = None
    shapes: Mapping[str, str] = field(default_factory=dict, hash=False)
    steps: int | None = None
    follow: str | None = None
    baseline: str | None = None
    no_cache: bool | None = None
    cache_dir: str | None = None
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def settings(self) -> Settings:
        """The part that an analysis depends on."""
        return Settings(
            self.enable,
            self.roots,
            None if self.keras_version == "auto" else self.keras_version,
            self.shapes,
            self.steps,
            self.follow or FOLLOWED[0],
        )

    def ignores(self, code: str, path: str, start: str = os.curdir) -> bool:
        """Whether a code is ignored in a file; patterns are for its path from the folder ``start``."""
        return code.startswith(self.ignored_in(path, start))

    def ignored_in(self, path: str, start: str = os.curdir) -> tuple[str, ...]:
        """The codes, and prefixes of codes, that are ignored in a file."""
        if not self.per_file_ignores:
            return self.ignore
        relative = os.path.relpath(path, start).replace(os.sep, "/")
        here = (
            codes for pattern, codes in self.per_file_ignores.items() if matches(relative, pattern)
        )
        return (*self.ignore, *chain.from_iterable(here))

    def overlaid(self, stronger: Configuration) -> Configuration:
        """Both together: lists and tables grow, and a single value gives way to a stronger one."""
        changes: dict[str, Any] = {}
        for name in field_names(Configuration):
            old, new = getattr(self, name), getattr(stronger, name)
            if isinstance(old, tuple):
                changes[name] = (*old, *(value for value in new if value not in old))
            elif isinstance(old, Mapping):
                changes[name] = {**old, **new}
            elif new is not None:
                changes[name] = new
        return replace(self, **changes)
