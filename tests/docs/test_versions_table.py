"""The table of the versions in docs/contributing/agreement.md is that of the recorded answers."""

from __future__ import annotations

from scripts import compare_keras


def test_the_table_is_of_today() -> None:
    page = compare_keras.PAGE.read_text(encoding="utf-8")
    assert (
        compare_keras.with_table(page) == page
    )  # To mend it: python scripts/compare_keras.py table


def test_a_row_shows_a_call_and_what_each_version_gives() -> None:
    probe = {
        "op": "ops.sort", "world": "graph", "args": [{"t": [[None, 4], "float32"]}],
        "kwargs": {"dict": {"axis": 3}},
    }  # fmt: skip
    row = {"probe": probe, "since": {"3.0": {"t": [[None, 4], "int32"]}, "3.15": "refused"}}
    shown = "| ops.sort, in a graph | `ops.sort((None, 4), axis=3)` | 3.0: (None, 4) int32; 3.15: refused |"
    assert shown in compare_keras.table([row])


def test_examples_are_of_what_differs() -> None:
    probes = [{"op": "ops.a", "world": "graph"}, {"op": "ops.b", "world": "graph"}]
    answers = {version: [1, {"raised": "ValueError"}] for version in compare_keras.VERSIONS}
    answers["3.0"] = [1, 2]
    (found,) = compare_keras.examples(probes, answers)
    assert found == {"probe": probes[1], "since": {"3.0": 2, "3.1": "refused"}}
