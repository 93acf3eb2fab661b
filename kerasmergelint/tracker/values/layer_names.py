"""Keras's automatic names of layers."""

from __future__ import annotations

from functools import lru_cache

from kerasmergelint.dataclass import dataclass, field


@dataclass(slots=True)
class Names:
    """Keras's automatic layer names: ``dense``, ``dense_1``, ..."""

    counts: dict[str, int] = field(default_factory=dict)

    def fresh(self, class_name: str) -> str:
        stem = snake_case(class_name)
        count = self.counts.get(stem, 0)
        self.counts[stem] = count + 1
        return f"{stem}_{count}" if count else stem


@lru_cache(maxsize=1024)
def snake_case(name: str) -> str:
    """``Conv2DTranspose`` gives ``conv2d_transpose``, as Keras does it."""
    out = ""
    for index, char in enumerate(name):
        after_lower = index and (name[index - 1].islower() or name[index - 1].isdigit())
        before_lower = index + 1 < len(name) and name[index + 1].islower()
        if (
            char.isupper()
            and index
            and (after_lower or before_lower)
            and not _dimension(name, index)
        ):
            out += "_"
        out += char.lower()
    return out


def _dimension(name: str, index: int) -> bool:
    """Whether this is the D of ``2D``."""
    return name[index] == "D" and name[index - 1].isdigit()
