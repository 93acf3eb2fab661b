"""Generated Keras programs: what the linter says of them is what TensorFlow does.

``KML_PROGRAMS`` is how many (60 if it is not set; a full run takes 2,000).
"""

from __future__ import annotations

import os
import traceback
from collections import Counter

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from tests.draws import each_draw
from tests.fuzz.model_programs import PROGRAMS

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

COUNT = int(os.environ.get("KML_PROGRAMS", "60"))
NAME = "<program>"


def lines_of_failure(program: str) -> list[int]:
    """The lines of the program on the way to where TensorFlow raises; none if it builds."""
    import keras

    keras.backend.clear_session()
    try:
        exec(compile(program, NAME, "exec"), {"__name__": "__main__"})
    except Exception as error:
        return [
            frame.lineno or 0
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == NAME
        ]
    return []


@pytest.mark.oracle
def test_findings_are_what_tensorflow_does() -> None:
    programs: Counter[str] = Counter()

    def compare(program: str) -> None:
        found = check_source(program, "program.py", Settings())
        errors = [finding for finding in found if finding.code[3] in "134"]
        failure = lines_of_failure(program)
        programs["that raise" if failure else "that build"] += 1
        if failure:
            assert any(finding.line in failure for finding in errors), (
                f"TensorFlow raises in lines {failure} of this:\n{program}\nfound: {errors}"
            )
        else:
            assert not errors, f"TensorFlow builds this:\n{program}\n{errors[0].text}"

    each_draw(PROGRAMS, COUNT, "programs", compare)
    assert min(programs["that raise"], programs["that build"]) >= COUNT / 6, programs
