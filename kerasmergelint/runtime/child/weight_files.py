"""Weights that a program writes and reads again, where a finding says that reading them fails.

Everywhere else nothing is written or read, since that takes long.  What was saved is written when it is
read: with the weights that the model has by then, which are of the same shapes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from typing import Any

from . import kerases, watching

Method = Callable[..., Any]


def methods() -> tuple[Method, Method]:
    """Keras's own methods; call this before stand-ins are installed."""
    model = kerases.keras().Model
    return model.save_weights, model.load_weights


def install(own: tuple[Method, Method], watch: watching.Watch) -> None:
    """Remember who saves what, and let findings reach Keras's own methods instead of the stand-ins."""
    really_save, really_load = own
    saved: dict[str, Any] = {}

    def save_weights(self: Any, filepath: Any, *_: Any, **__: Any) -> None:
        if isinstance(filepath, (str, os.PathLike)):
            saved[os.path.abspath(filepath)] = self

    def load_weights(self: Any, filepath: Any, *args: Any, **keywords: Any) -> Any:
        known = isinstance(filepath, (str, os.PathLike)) and os.path.abspath(filepath) in saved
        if not known or not watch.leads_to_finding():
            return None
        with tempfile.TemporaryDirectory() as folder:
            copy = os.path.join(folder, os.path.basename(filepath))
            really_save(saved[os.path.abspath(filepath)], copy)
            return really_load(self, copy, *args, **keywords)

    model = kerases.keras().Model
    model.save_weights, model.load_weights = save_weights, load_weights
