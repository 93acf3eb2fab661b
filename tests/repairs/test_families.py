"""Each family of repairs does what its examples say."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.repairs.families import FAMILIES
from kerasmergelint.repairs.families.family import Example, Family
from kerasmergelint.repairs.model import Repair, edited
from kerasmergelint.repairs.search import Limits, repairs_for
from kerasmergelint.rules.check import check_source
from kerasmergelint.rules.finding import Finding

PATH = "/nowhere/net.py"
PATIENT = Limits(seconds=60.0)
VALID = [
    pytest.param(program, id=f"{family.name}-{number}")
    for family in FAMILIES
    for number, program in enumerate(family.valid)
]
EXAMPLES = [
    pytest.param(family, example, id=f"{family.name}-{number}")
    for family in FAMILIES
    for number, example in enumerate(family.examples)
]


def settings(text: str) -> Settings:
    """What does not show that it is for Keras 2 is for a Keras 3, whatever is installed."""
    return Settings() if "tf_keras" in text else Settings(keras_version="3.15")


def findings(text: str) -> list[Finding]:
    return check_source(text, PATH, settings(text))


def repairs(text: str) -> tuple[Repair, ...]:
    return repairs_for(PATH, text, findings(text)[0], settings(text), PATIENT)


def test_each_family_has_an_example_and_a_name_of_its_own() -> None:
    assert all(family.examples for family in FAMILIES)
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)


@pytest.mark.parametrize(("family", "example"), EXAMPLES)
def test_its_repair_is_offered_and_gives_the_program_of_the_example(
    family: Family, example: Example
) -> None:
    results = {
        edited(example.before, repair.edits): repair.family for repair in repairs(example.before)
    }
    assert results.get(example.after) == family.name


@pytest.mark.parametrize(("family", "example"), EXAMPLES)
def test_the_finding_is_gone_afterwards(family: Family, example: Example) -> None:
    assert findings(example.before)
    assert findings(example.after) == []


@pytest.mark.parametrize("program", VALID)
def test_nothing_is_wrong_with_a_valid_program(program: str) -> None:
    assert findings(program) == []
