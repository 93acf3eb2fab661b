"""Requirements and pages for readers, as they are written on Windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.files import Files
from kerasmergelint.keras_api.versions import V2
from kerasmergelint.tracker.program.requirements import required

TEXTS = {
    "README.md": "# Nets\n\n|Package|Version|\n| :---: | :---: |\n|numpy|1.22.1|\n|tensorflow   |2.8.0|\n",
    "requirements.txt": "numpy==1.22.1\ntensorflow==2.8.0\n",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", TEXTS)
def test_they_are_read(name: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(TEXTS[name].replace("\n", "\r\n").encode(encoding))
    found = required(str(tmp_path / "net.py"), Files())
    assert found is not None
    assert found.versions == V2
