"""SARIF: valid against the schema, and with what code scanning makes use of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kerasmergelint.rules.codes import CODES
from tests.cli.command import kerasmergelint
from tests.cli.test_check import BROKEN
from tests.some import some

FIXTURES = Path(__file__).parents[2] / "fixtures"


def sarif(folder: Path, *paths: str) -> dict[str, Any]:
    done = kerasmergelint("check", *paths, "--format", "sarif", cwd=folder)
    assert done.returncode in (0, 1) and not done.stderr
    content: dict[str, Any] = json.loads(done.stdout)
    return content


def schema_errors(content: dict[str, Any]) -> list[str]:
    validate = pytest.importorskip("sarif_kit.validate", reason="needs Python 3.11")
    errors: list[str] = validate.validation_errors(content)
    return errors


@pytest.fixture(scope="module")
def of_fixtures() -> dict[str, Any]:
    return sarif(FIXTURES.parent, "fixtures")


def test_it_is_valid(of_fixtures: dict[str, Any]) -> None:
    assert len(of_fixtures["runs"][0]["results"]) > 30
    assert schema_errors(of_fixtures) == []


def test_the_validator_would_notice(of_fixtures: dict[str, Any]) -> None:
    wrong = {**of_fixtures, "runs": [{"tool": {"driver": {}}}]}
    assert schema_errors(wrong) != []


def test_nothing_found_is_valid_too(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("x = 1\n")
    content = sarif(tmp_path, "net.py")
    assert content["runs"][0]["results"] == []
    assert schema_errors(content) == []


def test_every_rule_has_help(of_fixtures: dict[str, Any]) -> None:
    rules = of_fixtures["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    for rule in rules:
        assert rule["help"]["markdown"].startswith("# ") and rule["shortDescription"]["text"]


def test_rule_indexes_fit(of_fixtures: dict[str, Any]) -> None:
    [run] = of_fixtures["runs"]
    for result in some(run["results"]):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_operands_are_related_locations(tmp_path: Path) -> None:
    (tmp_path / "my net.py").write_text(BROKEN)
    [result] = sarif(tmp_path, "my net.py")["runs"][0]["results"]
    [location] = result["locations"]
    physical = location["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "my%20net.py", "uriBaseId": "SRCROOT"}
    assert physical["region"] == {"startLine": 7, "startColumn": 5, "endLine": 7, "endColumn": 25}
    related = [
        (entry["id"], entry["message"]["text"], entry["physicalLocation"]["region"]["startLine"])
        for entry in result["relatedLocations"]
    ]
    assert related == [(1, "left (None, 5)", 5), (2, "right (None, 3)", 6)]


def test_fingerprints_stay_when_lines_move(tmp_path: Path) -> None:
    def fingerprints(text: str) -> list[str]:
        (tmp_path / "net.py").write_text(text)
        results = sarif(tmp_path, "net.py")["runs"][0]["results"]
        return [result["partialFingerprints"]["kerasmergelint/v1"] for result in results]

    first = fingerprints(BROKEN)
    assert fingerprints("\n\n# a comment\n" + BROKEN) == first
    twice = fingerprints(BROKEN + "y = Add()([left, right])\n")
    assert twice[0] == first[0] and len(set(twice)) == 2
    assert fingerprints(BROKEN.replace("y = Add", "other = Add")) != first
