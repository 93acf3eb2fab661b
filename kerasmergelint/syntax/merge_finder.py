"""Finds merges in libcst's tree by scopes and qualified names, independently of the tracker.

Imported when every merge needs a verdict; nothing else needs libcst.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from libcst.metadata import MetadataWrapper, PositionProvider

from kerasmergelint.regex import regex
from kerasmergelint.syntax.concrete import concrete_tree
from kerasmergelint.syntax.deep import OutOfTime, run_deep
from kerasmergelint.syntax.flow.bindings import Bindings
from kerasmergelint.syntax.flow.expressions import Expressions
from kerasmergelint.syntax.flow.names import Names
from kerasmergelint.syntax.flow.propagation import TooMuchFlows, Variables
from kerasmergelint.syntax.merge_call import MergeCall
from kerasmergelint.syntax.merge_judge import Judge
from kerasmergelint.syntax.source import Span

# Within a scope libcst compares each use of a name with each of its assignments: a million of these
# take a quarter of a second.  A program that assigns five hundred times to one name has about as many.
_MOST_COMPARISONS = 1_000_000
# Reached only through a bug of ours or of libcst.
_SECONDS = 120.0
_SCOPE = regex(r"^[ \t]*(?:async[ \t]+)?def\b", re.MULTILINE)
_ASSIGNED = regex(r"^[ \t]*([^\W\d]\w*)[ \t]*[-+*/@%&|]?=", re.MULTILINE)
_NAME = regex(r"[^\W\d]\w*")


def find_merge_calls(text: str, starred: Mapping[str, str]) -> list[MergeCall] | None:
    """Each merge in the order of the text, nested functions included; None if libcst cannot read it.

    ``starred`` are the full names of what star imports bring from files of the project.
    """
    if _is_too_much(text):
        return None
    try:
        return run_deep(lambda: _find(text, starred), _SECONDS)
    except (OutOfTime, TooMuchFlows, RecursionError, MemoryError):
        return None


def _is_too_much(text: str) -> bool:
    """Whether libcst would take a minute, as on generated code that keeps reusing one name."""
    return sum(map(_comparisons, _SCOPE.split(text))) > _MOST_COMPARISONS


def _comparisons(block: str) -> int:
    assigned = Counter(_ASSIGNED.findall(block))
    used = Counter(_NAME.findall(block))
    return sum(count * used[name] for name, count in assigned.items())


def _find(text: str, starred: Mapping[str, str]) -> list[MergeCall] | None:
    tree = concrete_tree(text)
    if tree is None:
        return None
    try:
        names = Names(tree, starred)
        ranges: Any = MetadataWrapper(tree, unsafe_skip_copy=True).resolve(PositionProvider)
    except Exception:  # libcst has failed on valid files before
        return None
    flow = Expressions(names, Variables())
    bindings = Bindings(flow)
    tree.visit(bindings)
    flow.settle()
    judge = Judge(flow)
    found = [(node, judge.judge(node)) for node in bindings.candidates]
    calls = [
        MergeCall(_span(ranges[node]), merge.name, merge.evidence)
        for node, merge in found
        if merge is not None
    ]
    return sorted(calls, key=lambda call: (call.span.line, call.span.column))


def _span(found: Any) -> Span:
    return Span(found.start.line, found.start.column, found.end.line, found.end.column)
