import tomllib
from pathlib import Path

from segment.model import build

with (Path(__file__).parent / "pyproject.toml").open("rb") as f:
    settings = tomllib.load(f)["tool"]["segment"]

build(settings["latent"], settings["hidden"], settings["condition"]).summary()
