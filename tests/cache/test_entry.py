"""Damaged or forged entries do not count: never an exception, never a lie."""

from __future__ import annotations

import dataclasses
import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerasmergelint.cache import entry
from kerasmergelint.cache.entry import (
    Entry,
    Kept,
    KeptContract,
    KeptFunction,
    KeptMerge,
    KeptReach,
    Malformed,
    decode,
    encode,
)
from kerasmergelint.files import KINDS, OF_PACKAGES
from kerasmergelint.rules.finding import Finding
from kerasmergelint.rules.operand import OperandInfo
from kerasmergelint.rules.place import Place
from kerasmergelint.tracker.machine.witness import Given
from tests.cache.linting import cache_in
from tests.draws import each_draw
from tests.silence import Allowed, Tally
from tests.some import some

PLACE = Place("/p/other.py", 7, 2, 7, 9)
ENTRY = Entry(
    Kept(
        (
            Finding(
                "KML111", "net.py", 5, 4, "Add: axis 1 differs",
                (OperandInfo("x", "(None, 5)", 5, "other.py", PLACE), OperandInfo(None, "?", None)),
                (PLACE,), 5, 40, True, "Add", "Add: axis 1", "give both the same size",
                (Given("x", "(None, 5)", "a parameter", True, True), Given(None, "8")),
            ),
            Finding("KML901", "net.py", 1, 0, "m\udc80lformed name: \u00e9"),
        ),
        (KeptMerge(5, 4, 5, 9, "Add", "conditional", "x[-1] = n"),),
        (KeptContract(3, "f", "(x, n)", "x[-1] = n"),),
        "Keras 3",
        (
            KeptReach(None, "/p/net.py", 5, 4, 5, 9, "Add", "safe", ""),
            KeptReach(
                9, "/p/b.py", 2, 0, 3, 1, "+", "unknown", "why", (11,), (KeptFunction("/p/b.py", 1),), (1,)
            ),
        ),
        (KeptReach(4, "/p/net.py", 5, 4, 5, 9, "Add", "safe", ""),),
        ("/p/b.py",),
        "3.14",
        2,
    ),
    {
        ("file", "/p/sizes.py"): True, ("content", "/p/sizes.py"): "ab12",
        ("content", "/p/none.py"): None, ("version", "keras"): None,
    },
)  # fmt: skip
CONTENT = encode(ENTRY)


def signed(document: Any) -> bytes:
    """A document with the right checksum, such as only an attacker could make."""
    body = json.dumps(document).encode()
    return b"kerasmergelint 1 " + blake2b(body, digest_size=20).hexdigest().encode() + b"\n" + body


def parsed() -> Any:
    return json.loads(CONTENT.partition(b"\n")[2])


def test_what_is_written_is_read() -> None:
    assert decode(CONTENT) == ENTRY
    assert decode(CONTENT).kept.findings[0].operands[0].made_at == PLACE
    assert decode(signed(parsed())) == ENTRY


def test_every_field_is_kept() -> None:
    for cls, checks in [
        (Finding, entry.FINDING), (OperandInfo, entry.OPERAND), (Place, entry.PLACE),
        (KeptMerge, entry.MERGE), (KeptContract, entry.CONTRACT), (KeptFunction, entry.FUNCTION),
        (KeptReach, entry.REACH),
        (Given, entry.GIVEN),
    ]:  # fmt: skip
        assert list(checks) == [item.name for item in dataclasses.fields(cls)]


def test_one_byte_is_enough_to_spoil_it() -> None:
    for position in some(range(len(CONTENT))):
        for change in (0x01, 0x80):
            spoilt = bytearray(CONTENT)
            spoilt[position] ^= change
            with pytest.raises(Malformed):
                decode(bytes(spoilt))


def test_half_an_entry_is_none() -> None:
    for length in range(len(CONTENT)):
        with pytest.raises(Malformed):
            decode(CONTENT[:length])
    with pytest.raises(Malformed):
        decode(CONTENT + b" ")


@given(st.binary(max_size=300))
def test_bytes(content: bytes) -> None:
    with pytest.raises(Malformed):
        decode(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


def places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something is in a document."""
    found = [path]
    items = document.items() if isinstance(document, dict) else (
        enumerate(document) if isinstance(document, list) else ()
    )  # fmt: skip
    for key, value in items:
        found += places(value, (*path, key))
    return found


def put(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return document


def part_at(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


def like(value: Any) -> st.SearchStrategy[Any]:
    """Something of the same kind."""
    if isinstance(value, bool):
        return st.booleans()
    if isinstance(value, int):
        return st.integers(-2, 50)
    return st.just(f"{value}s") | st.just(value) if isinstance(value, str) else JSON


PARTS = st.sampled_from(places(parsed())).flatmap(
    lambda path: st.tuples(st.just(path), JSON | like(part_at(parsed(), path)))
)


def with_part(part: tuple[tuple[Any, ...], Any]) -> Entry | None:
    """What is read where a part is made up; None if that spoils all."""
    path, value = part
    try:
        return decode(signed(put(parsed(), path, value)))
    except Malformed:
        return None


def is_right(found: Finding) -> bool:
    placed = type(found.line) is type(found.column) is int and found.line > 0 and found.column >= 0
    said = found.text.startswith("KML") and len(found.text.splitlines()) == 1
    operands = all(str(operand).endswith(operand.origin) for operand in found.operands)
    return placed and said and operands and type(found.sure) is bool


@settings(max_examples=500)
@given(PARTS)
def test_a_made_up_part_is_of_the_right_kind_or_spoils_all(
    part: tuple[tuple[Any, ...], Any],
) -> None:
    made_up = with_part(part)
    # What can be read can be written, and is then the same.
    assert made_up is None or decode(encode(made_up)) == made_up
    assert made_up is None or all(map(is_right, made_up.kept.findings))


def test_made_up_parts_are_of_both_kinds() -> None:
    tally = Tally("made up parts")
    each_draw(
        PARTS, 300, tally.title, lambda part: tally.note(part, silent=with_part(part) is None)
    )
    tally.hold(Allowed(0.8, "most values are of the wrong kind"))


HOSTILE = {
    "deep": "[" * 100_000,
    "a huge number": '{"asked": {}, "findings": [], "contracts": [], "merges": '
    + "9" * 100_000
    + "}",
    "not an object": "[]",
    "twice": '{"asked": {}, "asked": {"file": 3}, "findings": [], "merges": [], '
    '"contracts": [], "keras": ""}',
    "more keys": '{"asked": {}, "findings": [], "merges": [], "contracts": [], "keras": "", "more": 1}',
    "fewer keys": '{"asked": {}, "findings": []}',
    "another kind of question": '{"asked": {"run": {"/x": true}}, "findings": [], "merges": [], '
    '"contracts": [], "keras": ""}',
    "a relative path": '{"asked": {"file": {"x": true}}, "findings": [], "merges": [], '
    '"contracts": [], "keras": ""}',
    "infinite": '{"asked": {}, "findings": Infinity, "merges": NaN, "contracts": [], "keras": ""}',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_documents(text: str) -> None:
    body = text.encode()
    head = b"kerasmergelint 1 " + blake2b(body, digest_size=20).hexdigest().encode()
    with pytest.raises(Malformed):
        decode(head + b"\n" + body)


QUESTIONS = {
    "a null byte": {"file": {"/a\0b": True}, "content": {"/a\0b": "x"}, "exists": {"/\0": True}},
    "a very long path": {"file": {"/" + "a" * 100_000: True}},
    "surrogates": {"file": {"/\ud800": True}, "content": {"/\ud800": "x"}},
    "a device": {"content": {"/dev/zero": "x"}},
    "a folder": {"content": {"/": "x"}},
    "a package": {"version": {"": "1", "../../x": "1", "a\0b": "1"}},
}


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_hostile_questions(asked: Any, tmp_path: Path) -> None:
    cache = cache_in(tmp_path)
    key = "0" * 48
    texts = {"keras": "", "choice": "", "more": 0}
    document = {name: [] for name in parsed()} | {"asked": asked} | texts
    cache._folder.write(key, signed(document))
    assert cache.recall(key) is None
    cache._folder.write(key, signed({**document, "asked": {}}))
    assert cache.recall(key) == Kept(())


@pytest.mark.parametrize("kind", KINDS)
def test_questions_of_each_kind_are_read_again(kind: str) -> None:
    subject = "absl" if kind in OF_PACKAGES else "/p/absl.py"
    asking = Entry(ENTRY.kept, {(kind, subject): None})
    assert decode(encode(asking)) == asking
