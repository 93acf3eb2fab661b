"""The small part of YAML is what PyYAML makes of it, or nothing is said."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kerasmergelint.tracker.library.formats.plain import UNCLEAR, Unreadable
from kerasmergelint.tracker.library.formats.yaml import parse
from tests.repository import ROOT

PLAIN = {
    "block collections": "a:\n  b: 1\n  c:\n  - x\n  - y: 2\n    z: 3\n  -\n    w: 4\n",
    "apostrophes in brackets": "[it's, {a: don't,\n b: 'c, d', e: f's}]\n",
    "flow collections": "a: [1, [2, 3.5], {b: c, d: }]\nb: {x: 1,\n  y: [a b, 'c, d']}\n",
    "numbers": "[1, -2, +3, 1_000, 0x1F, 1.5, -.5, 1.0e-3, 1.]",
    "truth": "[yes, No, ON, off, true, False, ~, null, Null, '']",
    "texts": "a: it's\nb: \"x # y\"\nc: 'don''t: [ '\nd: a-b:c\ne: http://x/y # no\n",
    "keys": "1: a\ntrue: b\n'x: y': c\n\"q\": d\na b: e\n-k: f\n",
    "comments": "# first\na: 1 # one\n\n  # between\nb: 2\n",
    "anchors": "base: &b {w: 3, h: 4}\nnet:\n  <<: *b\n  h: 5\nagain: *b\n",
    "merging": "a: &a\n  x: 1\nb: &b\n  y: 2\nc:\n  <<: [*a, *b]\n  z: 3\n",
    "merging the same": "a: &a {x: 1, y: 2}\nb: &b {y: 3, w: 4}\nc:\n  y: 5\n  <<: [*b, *a]\n",
    "block scalars": "a: |\n  one\n   two\n\n  three\nb: >-\n  four\nc: |-\n  five\nd: 6\n",
    "a list of lists": "- - 1\n  - 2\n- - 3\n",
    "a document": "---\na: 1\n",
    "nothing": "# only a comment\n",
    "a scalar": "42",
}
UNREAD = {
    "two documents": "a: 1\n---\nb: 2\n",
    "a tab": "a:\n\tb: 1\n",
    "a tag above a block": "a: !!set\n  b: 1\n",
    "a folded text": "a: >\n  one\n  two\n",
    "a text over lines": "a: one\n  two\n",
    "a quote over lines": "a: 'one\n  two'\n",
    "a quote over lines, between apostrophes": "[it's, 'one\n\n  two', it's]\n",
    "an explicit key": "? a\n: b\n",
    "no alias": "a: *b\n",
    "a missing bracket": "a: [1, 2\n",
    "wrong indentation": "a:\n    b: 1\n  c: 2\n",
}


def same(ours: Any, theirs: Any) -> bool:
    """Equal, types and order included; what is unclear may be anything."""
    if isinstance(ours, dict):
        keys = isinstance(theirs, dict) and list(ours) == list(theirs)
        return keys and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list):
        return (
            isinstance(theirs, list) and len(ours) == len(theirs) and all(map(same, ours, theirs))
        )
    return ours is UNCLEAR or (type(ours) is type(theirs) and ours == theirs)


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_plain_yaml(text: str) -> None:
    assert same(parse(text), yaml.safe_load(text))


@pytest.mark.parametrize("text", UNREAD.values(), ids=UNREAD)
def test_what_is_not_read(text: str) -> None:
    with pytest.raises(Unreadable):
        parse(text)


def test_what_readers_disagree_about_is_unclear() -> None:
    for text in ("1e-3", "1e5", "017", "0o17", "12:30", "2024-01-02", ".inf", "!!python/none x"):
        assert parse(f"a: {text}") == {"a": UNCLEAR}, text


SCALARS = st.sampled_from(
    [None, True, 1, -3, 0.5, 1e-5, "", "a", "a b", "yes", "1", "1.5", "#x", "a #b", "a: b", "it's",
     '"q"', "- a", "[x]", "two\nlines", "x, y", "a:", "!t", "&a", "*b", "~", "0x1f", " a ", "|"]
)  # fmt: skip
KEYS = st.sampled_from(["a", "b c", "x:y", "1", 1, "on", "e#", "- q", "'", '"k"'])
NESTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(NESTS, st.sampled_from([True, False, None]), st.sampled_from([20, 1000]))
def test_what_pyyaml_writes(nest: Any, flow: bool | None, width: int) -> None:
    text = yaml.dump(nest, default_flow_style=flow, width=width)
    try:
        ours = parse(text)
    except Unreadable:
        ours = UNCLEAR
    assert same(ours, yaml.safe_load(text))


def test_the_configuration_of_this_project_is_read() -> None:
    found = sorted(ROOT.glob(".*.y*ml")) + sorted(ROOT.glob("*.y*ml"))
    # What a tag of another program makes of a value is not known.
    files = [file for file in found if " !relative " not in file.read_text()]
    read = [
        file for file in files if same(parse(file.read_text()), yaml.safe_load(file.read_text()))
    ]
    assert read == files != []
