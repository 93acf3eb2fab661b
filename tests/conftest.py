"""No test reads or writes the cache of whoever runs it, nor one that another test left behind."""

from __future__ import annotations

import os

# Tests of the cache turn it on again, in a folder of their own; processes that tests start inherit it.
os.environ["KERASMERGELINT_NO_CACHE"] = "1"
