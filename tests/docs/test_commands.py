"""The reference of the commands is what the parsers say."""

from __future__ import annotations

from scripts import write_command_reference


def test_the_reference_is_up_to_date() -> None:
    # To mend it: python scripts/write_command_reference.py
    kept = write_command_reference.PAGE.read_text(encoding="utf-8")
    assert kept == write_command_reference.page()


def test_it_has_every_option_of_a_command() -> None:
    page = write_command_reference.page()
    for option in ("--execute", "--allow-user-code", "--verdicts", "--output", "--keras-version"):
        assert f"`{option}`" in page
