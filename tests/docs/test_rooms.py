"""The picture of the rooms in docs/design.md is that of the code."""

from __future__ import annotations

from scripts import draw_rooms


def test_the_picture_is_of_today() -> None:
    page = draw_rooms.PAGE.read_text(encoding="utf-8")
    assert draw_rooms.with_drawing(page) == page  # To mend it: python scripts/draw_rooms.py


def test_no_arrow_leads_back() -> None:
    graph = draw_rooms.rooms()
    assert graph["plugin"] and graph["tracker/program"]
    assert not [room for room in graph if room in draw_rooms.reachable(graph, room)]


def test_an_arrow_that_a_longer_way_makes_up_for_is_left_out() -> None:
    assert draw_rooms.reduced({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {
        "a": {"b"}, "b": {"c"}, "c": set(),
    }  # fmt: skip


def test_imports_are_found_wherever_they_stand() -> None:
    text = (
        "from kerasmergelint.tracker import python\nimport os\n"
        "def f():\n    import kerasmergelint.rules.codes\n"
    )
    found = {draw_rooms.room_of(module) for module in draw_rooms.imported(text)}
    assert found == {"tracker/python", "rules"}
