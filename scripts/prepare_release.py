"""Make the tree ready to be built for the package index: check the version, write down the address.

usage: python scripts/prepare_release.py v0.1.0 https://github.com/OWNER/NAME

The tag has to be the version everywhere.  The index shows the README without the repository around it,
so its relative links become absolute ones, and it tells how to install from the index; ``project.urls`` is
filled in.  It changes files: run it in a checkout that is thrown away, as the release workflow does.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LINK = re.compile(r"(!?)(\[[^\]]*\])\((?!https?://|#)([^)]+)\)")

_INSTALL = re.compile(r"<!-- install: .*?-->\n.*?<!-- end of install -->\n", re.DOTALL)
_FROM_INDEX = "```sh\npython3 -m pip install kerasmergelint\n```\n"


def versions(root: Path) -> dict[str, str]:
    """The version, by each file that has it."""
    places = {
        "pyproject.toml": r'^version = "(.+)"',
        "kerasmergelint/__init__.py": r'^__version__ = "(.+)"',
        "CITATION.cff": r"^version: (.+)",
        "CHANGELOG.md": r"^## (\d\S*) \(\d{4}-\d\d-\d\d\)$",
    }
    found = {}
    for name, pattern in places.items():
        match = re.search(pattern, (root / name).read_text(encoding="utf-8"), re.MULTILINE)
        found[name] = match[1] if match else "none"
    return found


def with_absolute_links(text: str, address: str, tag: str) -> str:
    """A page with links that work anywhere.

    >>> with_absolute_links("![a](p/a.svg) [b](b.md#c) [d](#d)", "https://x.org/y/z", "v1")
    '![a](https://x.org/y/z/raw/v1/p/a.svg) [b](https://x.org/y/z/blob/v1/b.md#c) [d](#d)'
    """

    def absolute(link: re.Match[str]) -> str:
        kind = "raw" if link[1] else "blob"
        return f"{link[1]}{link[2]}({address}/{kind}/{tag}/{link[3]})"

    return _LINK.sub(absolute, text)


def installed_from_index(text: str) -> str:
    """A page that names the package as the index knows it, instead of an address to clone.

    >>> installed_from_index('dependencies: ["kerasmergelint @ git+https://ADDRESS"]')
    'dependencies: ["kerasmergelint"]'
    """
    text = _INSTALL.sub(_FROM_INDEX, text).replace(
        "kerasmergelint @ git+https://ADDRESS", "kerasmergelint"
    )
    if "ADDRESS" in text:
        sys.exit("a page that the index shows still has the placeholder ADDRESS")
    return text


def urls(address: str) -> str:
    """The table for ``pyproject.toml``."""
    pages = {
        "Homepage": address,
        "Documentation": f"{address}/tree/main/docs",
        "Changelog": f"{address}/blob/main/CHANGELOG.md",
        "Issues": f"{address}/issues",
    }
    return "[project.urls]\n" + "".join(f'{name} = "{url}"\n' for name, url in pages.items())


def main(tag: str, address: str) -> None:
    wrong = {name: v for name, v in versions(ROOT).items() if f"v{v}" != tag}
    if wrong:
        sys.exit(f"the tag is {tag}, but {wrong}")
    readme, project = ROOT / "README.md", ROOT / "pyproject.toml"
    text = installed_from_index(readme.read_text(encoding="utf-8"))
    text = with_absolute_links(text, address.rstrip("/"), tag)
    readme.write_text(text, encoding="utf-8")
    table = urls(address.rstrip("/"))
    before, start, after = project.read_text(encoding="utf-8").partition("[project.scripts]")
    project.write_text(f"{before}{table}\n{start}{after}", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
