"""The primer tells what came, what went and what it cost."""

from __future__ import annotations

import doctest

from scripts import primer
from scripts.primer import Record


def a_report(*codes: str, verdict: str = "safe", reason: str = "") -> dict[str, object]:
    findings = [{"file": "a.py", "line": 3, "code": code, "message": "no"} for code in codes]
    return {"findings": findings, "merges": [{"verdict": verdict, "reason": reason}]}


def test_doctests() -> None:
    failed, tried = doctest.testmod(primer)
    assert (failed, bool(tried)) == (0, True)


def test_a_report_is_added_to_a_record() -> None:
    record = Record()
    primer.add(a_report("KML101", "KML900"), "pkg==1", record)
    primer.add(a_report(verdict="unknown", reason="`x` is not known (line 12)"), "pkg==1", record)
    assert record.findings == {"pkg==1/a.py:3: KML101 no": 1}
    assert record.errors == {"pkg==1/a.py:3: KML900 no": 1}
    assert record.verdicts == {"safe": 1, "unknown": 1}
    assert record.reasons == {"`...` is not known (line N)": 1}


def test_what_came_and_went_is_told_line_by_line() -> None:
    before, after = Record(seconds=10, kilobytes=2048), Record(seconds=5, kilobytes=4096)
    primer.add(a_report("KML101"), "p", before)
    primer.add(a_report("KML102"), "p", after)
    said = "\n".join(primer.text("old", "new", before, after))
    assert "- p/a.py:3: KML101 no" in said and "+ p/a.py:3: KML102 no" in said
    assert "10.0 -> 5.0 (0.50)" in said and "2 -> 4 MB (2.00)" in said
    assert "internal errors that came and went: 0" in said


def test_on_a_pull_request_nothing_new_is_said_in_a_word() -> None:
    record = Record()
    primer.add(a_report("KML101"), "p", record)
    said = "\n".join(primer.markdown("old", "new", record, record))
    assert "findings that came and went: none" in said and "| safe | 1 | 1 |" in said


def test_the_corpus_is_pinned() -> None:
    pins = primer.pins()
    assert len(pins) >= 60 and len(set(pins)) == len(pins)
    assert all(pin.count("==") == 1 for pin in pins)
