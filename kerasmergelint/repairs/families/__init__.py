"""The families of repairs.  Each has a file that proposes changes, with examples; this is their list."""

from __future__ import annotations

from kerasmergelint.repairs.families import (
    absent_names,
    arguments,
    axis,
    constructor,
    crop,
    data,
    dtype,
    expand,
    flags,
    flatten,
    graph,
    losses,
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
    strings,
    super_init,
    windows,
)

# Those that keep the meaning of a program come first.
_MODULES = (
    absent_names, arguments, constructor, outputs, raw_tf, reserved, super_init, returns, dtype,
    losses, data, graph, strings, padding, axis, windows, sizes, flags, names, siblings,
    other_layer, project, crop, resize, flatten, expand,
)  # fmt: skip
FAMILIES = tuple(module.FAMILY for module in _MODULES)
