"""The families of repairs.  Each has a file that proposes changes, with examples; this is their list."""

from __future__ import annotations

from kerasmergelint.repairs.families import axis, flags, names, padding, sizes, windows

FAMILIES = (
    padding.FAMILY, axis.FAMILY, windows.FAMILY, sizes.FAMILY, flags.FAMILY, names.FAMILY,
)  # fmt: skip
