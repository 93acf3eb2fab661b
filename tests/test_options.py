"""Values from configuration files: what is taken, and the words for what is not."""

from __future__ import annotations

import pytest

from kerasmergelint.options import InvalidOption, Settings, declared_shape, parse_declarations
from kerasmergelint.rules.codes import CODES
from tests.some import some


def test_what_is_taken() -> None:
    settings = Settings.parse(
        ["KML205", "KML9"], ["/src"], 3, {"x_train": "(None, 28, 28)"}, "5_000"
    )
    assert settings == Settings(
        ("KML205", "KML9"), ("/src",), "3", {"x_train": "(None, 28, 28)"}, 5000
    )
    assert settings.enables("KML901") and not settings.enables("KML201")
    assert Settings.parse() == Settings.parse(keras_version="auto") == Settings()
    assert not Settings().enables("KML901")


def test_every_code_can_be_enabled() -> None:
    for code in some(CODES):
        assert Settings.parse([code]).enables(code) and Settings.parse([code[:4]]).enables(code)


WRONG = {
    "enable": {"enable": ["E501"]},
    "enable, lower case": {"enable": ["kml205"]},
    "enable, no such family": {"enable": ["KML6"]},
    "enable, not a string": {"enable": [205]},
    "keras-version": {"keras_version": "4"},
    "keras-version, a float": {"keras_version": 2.0},
    "shapes, no tuple": {"declared": {"x": "3"}},
    "shapes, not a string": {"declared": {"x": 3}},
    "shapes, a number in brackets": {"declared": {"x": "(3)"}},
    "shapes, negative": {"declared": {"x": "(None, -1)"}},
    "shapes, an expression": {"declared": {"x": "(None, f())"}},
    "shapes, no name": {"declared": {"x y": "(3,)"}},
    "shapes, an attribute": {"declared": {"self.x": "(3,)"}},
    "steps": {"steps": "many"},
    "steps, zero": {"steps": 0},
    "steps, a truth value": {"steps": True},
}


@pytest.mark.parametrize(("case", "values"), WRONG.items(), ids=WRONG.keys())
def test_what_is_wrong_is_told_with_its_key(case: str, values: dict[str, object]) -> None:
    key = case.partition(",")[0]
    with pytest.raises(InvalidOption, match=rf"^tool\.kerasmergelint\.{key}: "):
        Settings.parse(**values, prefix="tool.kerasmergelint.")  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "shape"), [
    ("(None, 224, 224, 3)", (None, 224, 224, 3)),
    (" ( None , width, ? ) ", (None, "width", "?")),
    ("(8,)", (8,)),
    ("(1, 2,)", (1, 2)),
    ("()", ()),
])  # fmt: skip
def test_a_declared_shape(text: str, shape: tuple[object, ...]) -> None:
    assert declared_shape(text) == shape


@pytest.mark.parametrize("text", ["", "8", "(8", "(,)", "(1,,2)", "[1, 2]", "(a.b, 1)", "(1.5,)"])
def test_not_a_shape(text: str) -> None:
    with pytest.raises(InvalidOption):
        declared_shape(text)


def test_declarations_in_one_string() -> None:
    expected = {"x": "(None, 8)", "y": "(4,)"}
    assert parse_declarations("\n  x = (None, 8)\n  y=(4,)\n") == expected
    assert parse_declarations("x=(None, 8); y = (4,)") == expected
    assert parse_declarations("") == {}
    with pytest.raises(InvalidOption, match="kml-shapes: 'x'"):
        parse_declarations("x")
