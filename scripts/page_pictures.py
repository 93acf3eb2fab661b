"""Photograph pages of ``kerasmergelint graph`` in a headless Chromium, for ``docs/pictures/``.

usage: python scripts/page_pictures.py

It needs the command ``chromium``, and Keras, whose ResNet50 is one of the models.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

DOCS = Path(__file__).resolve().parent.parent / "docs"
_SIZE = "1200,900"


def targets() -> dict[str, str]:
    """What each picture shows."""
    keras = importlib.util.find_spec("keras")
    if keras is None or keras.origin is None:
        sys.exit("keras is not installed")
    resnet = Path(keras.origin).parent / "src" / "applications" / "resnet.py"
    return {
        "graph-resnet50.png": f"{resnet}::ResNet50()",
        "graph-broken.png": f"{DOCS / 'examples' / 'unet.py'}::unet(size=100)",
    }


def photograph(target: str, picture: Path) -> None:
    """The page at first sight."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        subprocess.run(
            [sys.executable, "-m", "kerasmergelint", "graph", target, "--output", str(page)],
            check=True,
        )
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars",
             f"--user-data-dir={folder}/profile", f"--window-size={_SIZE}",
             f"--screenshot={picture}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
    with Image.open(picture) as image:  # a page has few colours
        image.quantize(128).save(picture, optimize=True)


if __name__ == "__main__":
    for name, target in targets().items():
        photograph(target, DOCS / "pictures" / name)
