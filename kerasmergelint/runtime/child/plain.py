"""Plain data: what goes between the processes as JSON, and the names of a program."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]  # an object
Namespace = dict[str, Any]
