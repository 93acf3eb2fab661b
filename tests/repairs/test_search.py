"""A repair is offered only if it is proved."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.repairs.model import Edit, Repair, Safety, by_file, edited
from kerasmergelint.repairs.search import Limits, Search, repairs_for
from kerasmergelint.repairs.trial import Before, look
from kerasmergelint.rules.check import check_source
from kerasmergelint.rules.finding import Finding

PATH = "/nowhere/net.py"
PATIENT = Limits(seconds=60.0)
IMPORTS = "from keras import Input, Model\nfrom keras.layers import Add, Conv2D, Dense\n"


def repairs(text: str) -> tuple[Repair, ...]:
    return repairs_for(PATH, text, check_source(text, PATH, Settings())[0], Settings(), PATIENT)


def mended(text: str) -> list[str]:
    return [edited(text, repair.edits) for repair in repairs(text)]


def test_the_words_have_the_numbers_and_the_line() -> None:
    text = IMPORTS + "x = Input((5,))\na = Dense(7)(x)\ny = Add()([x, a])\n"
    assert repairs(text)[0].title == "use units=5 in line 4"
    assert repairs(text)[0].safety is Safety.UNSAFE


def test_what_only_moves_the_failure_is_not_offered() -> None:
    later = "a = Dense(7)(x)\nb = Add()([x, a])\nc = Add()([b, Dense(7)(x)])\n"
    text = IMPORTS + "x = Input((5,))\n" + later
    assert text.replace("a = Dense(7)", "a = Dense(5)") not in mended(text)


def test_a_literal_in_another_line_of_the_program_is_found() -> None:
    text = IMPORTS + "WIDTH = 7\nx = Input((5,))\ny = Add()([x, Dense(WIDTH)(x)])\n"
    assert text.replace("WIDTH = 7", "WIDTH = 5") in mended(text)


def test_a_repair_may_lie_in_another_file(tmp_path: Path) -> None:
    blocks = tmp_path / "blocks.py"
    blocks.write_text("from keras.layers import Dense\n\ndef wide(x):\n    return Dense(7)(x)\n")
    path = str(tmp_path / "net.py")
    text = IMPORTS + "from blocks import wide\nx = Input((5,))\ny = Add()([x, wide(x)])\n"
    search = Search(path, text, Settings())
    (finding,) = check_source(text, path, Settings())
    (first, *_) = search.repairs(finding)
    assert first.title == "use units=5 in line 4 of blocks.py"
    assert by_file(search.texts, first.edits) == {str(blocks): blocks.read_text().replace("7", "5")}


def test_a_finding_that_is_not_there_has_no_repair() -> None:
    text = IMPORTS + "x = Input((5,))\ny = Add()([x, Dense(5)(x)])\n"
    assert repairs_for(PATH, text, Finding("KML111", PATH, 4, 4, "Add"), Settings()) == ()


def test_a_note_has_none() -> None:
    note = Finding("KML901", PATH, 1, 0, "Add was not analysed")
    assert repairs_for(PATH, IMPORTS, note, Settings()) == ()


def test_a_variable_that_nothing_else_uses_is_not_replaced() -> None:
    text = IMPORTS + "x = Input((5,))\na = Dense(7)(x)\nb = Dense(5)(x)\ny = Add()([b, a])\n"
    assert not any("instead of a" in repair.title for repair in repairs(text))


def test_a_variable_that_is_bound_only_later_is_not_used() -> None:
    layers = "a = Dense(7)(x)\nb = Add()([x, Dense(5)(x)])\nc = Add()([a, b])\nd = Dense(7)(b)\n"
    text = IMPORTS + "x = Input((5,))\n" + layers
    assert not any("d instead of" in repair.title for repair in repairs(text))


@pytest.mark.parametrize(("place", "proved"), [("1", True), ("2", False)])
def test_a_program_that_then_ends_early_is_not_proved(place: str, proved: bool) -> None:
    text = IMPORTS + "WIDTHS = (7, 5)\nx = Input((5,))\ny = Add()([x, Dense(WIDTHS[0])(x)])\n"
    (finding,) = check_source(text, PATH, Settings())
    at = text.index("[0]") + 1
    edit = Edit(PATH, at, at + 1, place)
    before = Before(look(text, PATH, Settings()), {PATH: text}, finding)
    assert before.proves(look(edited(text, [edit]), PATH, Settings()), [edit]) is proved


def test_a_part_of_an_argument_is_not_told_as_the_whole() -> None:
    text = IMPORTS + "x = Input((7, 4))\ny = Add()([x, Input((7, 5))])\n"
    assert "use 5 instead of 4 in line 3" in [repair.title for repair in repairs(text)]


def test_sys_exit_is_an_end() -> None:
    text = IMPORTS + "x = Input((5,))\ny = Add()([x, Dense(7)(x)])\nraise SystemExit(0)\n"
    assert text.replace("7", "5") in mended(text)


@pytest.mark.parametrize("where", ["fit(x, y, batch_size=7)", "fit(x, y, epochs=1)"])
def test_no_shape_hangs_on_the_size_of_a_batch(where: str) -> None:
    text = (
        "import numpy as np\nfrom keras import Input, Sequential\nfrom keras.layers import Dense\n"
        "model = Sequential([Input((5,)), Dense(3)])\nmodel.compile(loss='mse')\n"
        f"x, y = np.zeros((14, 5)), np.zeros((14, 7))\nmodel.{where}\n"
    )
    assert [repair.title for repair in repairs(text)] == ["use units=7 in line 4"]


def test_a_model_whose_input_is_not_known_any_more_proves_nothing() -> None:
    text = (
        "import numpy as np\nfrom keras import Input, Sequential\nfrom keras.layers import Dense\n"
        "known = np.zeros((8, 4))\nmodel = Sequential([Input((known.shape[1],)), Dense(1)])\n"
        "model.predict(np.zeros((8, 6)))\n"
    )
    (finding,) = check_source(text, PATH, Settings())
    at = text.index("[1]")
    edit = Edit(PATH, at, at + 3, "")
    before = Before(look(text, PATH, Settings()), {PATH: text}, finding)
    assert before.proves(look(edited(text, [edit]), PATH, Settings()), [edit]) is False
