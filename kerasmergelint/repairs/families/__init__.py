"""The families of repairs.  Each has a file that proposes changes, with examples; this is their list."""

from __future__ import annotations

from kerasmergelint.repairs.families import (
    absent_names,
    arguments,
    axis,
    constructor,
    crop,
    dtype,
    expand,
    flags,
    flatten,
    names,
    other_layer,
    outputs,
    padding,
    project,
    raw_tf,
    reserved,
    resize,
    returns,
    siblings,
    sizes,
    super_init,
    windows,
)

# Those that keep the meaning of a program come first.
_MODULES = (
    absent_names, arguments, constructor, outputs, raw_tf, reserved, super_init, returns, dtype,
    padding, axis, windows, sizes, flags, names, siblings, other_layer, project, crop, resize,
    flatten, expand,
)  # fmt: skip
FAMILIES = tuple(module.FAMILY for module in _MODULES)
