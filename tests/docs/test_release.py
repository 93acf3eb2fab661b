"""What a release needs is there, and the script that prepares one does what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from scripts import prepare_release
from tests.repository import ROOT

ADDRESS = "https://example.org/owner/name"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The files that the script reads and changes."""
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "CITATION.cff"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("kerasmergelint/__init__.py", "scripts/prepare_release.py"):
        (tmp_path / name).parent.mkdir()
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def prepare(tree: Path, tag: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts/prepare_release.py", tag, ADDRESS],
        cwd=tree, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_version_is_the_same_everywhere() -> None:
    found = prepare_release.versions(ROOT)
    assert len(found) == 4 and len(set(found.values())) == 1, found


def test_the_citation_has_what_a_doi_is_made_for() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["cff-version"] == "1.2.0" and citation["type"] == "software"
    assert all(citation[key] for key in ("message", "title", "abstract", "authors", "keywords"))
    (license_name,) = re.findall(r'^license = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.M)
    assert citation["license"] == license_name
    released = re.search(r"^## \d\S* \((\S+)\)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert released is not None and str(citation["date-released"]) == released[1]


def test_a_tag_of_another_version_is_refused(tree: Path) -> None:
    before = (tree / "README.md").read_text()
    done = prepare(tree, "v9.9.9")
    assert done.returncode == 1 and "the tag is v9.9.9" in done.stderr
    assert (tree / "README.md").read_text() == before


def test_links_work_on_the_index(tree: Path) -> None:
    tag = "v" + prepare_release.versions(tree)["pyproject.toml"]
    done = prepare(tree, tag)
    assert done.returncode == 0, done.stderr
    links = re.findall(r"\]\(([^)]+)\)", (tree / "README.md").read_text())
    assert len(links) > 10 and all(link.startswith(("https://", "#")) for link in links)
    assert f"{ADDRESS}/raw/{tag}/docs/pictures/check.svg" in links
    assert (
        f'Changelog = "{ADDRESS}/blob/main/CHANGELOG.md"' in (tree / "pyproject.toml").read_text()
    )


def test_the_index_tells_how_to_install_from_it(tree: Path) -> None:
    assert "pip install kerasmergelint\n" not in (tree / "README.md").read_text()
    prepare(tree, "v" + prepare_release.versions(tree)["pyproject.toml"])
    readme = (tree / "README.md").read_text()
    assert "pip install kerasmergelint\n" in readme and '["kerasmergelint"]' in readme
    assert "PyPI" not in readme and "ADDRESS" not in readme


def test_links_of_the_readme_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", (ROOT / "README.md").read_text())
    assert len(links) > 10 and [link for link in links if not (ROOT / link).exists()] == []


def test_a_distribution_is_what_the_index_wants(tmp_path: Path) -> None:
    pytest.importorskip("twine", reason="needs twine, which the release workflow installs")
    pytest.importorskip("build", reason="needs build, which the release workflow installs")
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", tmp_path, ROOT], check=True, timeout=300
    )
    made = list(map(str, tmp_path.iterdir()))
    done = subprocess.run([sys.executable, "-m", "twine", "check", "--strict", *made], check=False)
    assert len(made) == 2 and done.returncode == 0
