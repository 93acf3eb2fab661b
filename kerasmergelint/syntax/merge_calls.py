"""The calls and operators of a file that may be merges, each of which needs a verdict.

Only the tracker knows which of them really are merges; this says where to look, also in code that
no run reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.merge_call import MergeCall
from kerasmergelint.syntax.merge_words import merges_by_words
from kerasmergelint.syntax.names import is_nested_too_deeply

# What star imports of the project's own files bring of libraries: names, each with what it stands for.
Starred = frozenset[tuple[str, str]]


@lru_cache(maxsize=1)
def merge_calls(code: ir.ModuleCode, starred: Starred = frozenset()) -> Sequence[MergeCall]:
    """Every call and operator that may combine tensors, in the order of the text.

    For a file that libcst cannot read, these are the calls whose own words say so.
    """
    # libcst takes time and memory quadratic in the depth.
    found = None if is_nested_too_deeply(code.body) else _found(code.source.text, starred)
    return tuple(merges_by_words(code)) if found is None else found


@lru_cache(maxsize=1)
def _found(text: str, starred: Starred) -> tuple[MergeCall, ...] | None:
    # late: libcst takes 0.16 s to load, and few runs ask for every merge
    from kerasmergelint.syntax.merge_finder import find_merge_calls

    found = find_merge_calls(text, dict(starred))
    return None if found is None else tuple(found)
