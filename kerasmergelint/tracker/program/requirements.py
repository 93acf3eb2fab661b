"""Which Keras a project requires, by the files that list its dependencies.

Bounds on Keras count, down to the minor version, and so do bounds on TensorFlow, which brings Keras
3 since 2.16.  A bound that leaves every version open, such as ``tensorflow>=2.4``, says nothing.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import takewhile
from os.path import abspath
from pathlib import Path

from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.files import LARGEST, Files, remembered
from kerasmergelint.keras_api.versions import (
    EVERY,
    V2,
    V3,
    KerasVersion,
    Versions,
    before,
    known_as,
    since,
)
from kerasmergelint.regex import regex
from kerasmergelint.syntax.cells import code_in
from kerasmergelint.tracker.program.eras import Era, earliest, is_beside_2_3, of_bound
from kerasmergelint.tracker.program.pages import OPERATOR, PACKAGE, SPACE, listed, told
from kerasmergelint.tracker.program.pythons import PYTHON_3, WITH_KERAS_3, newest_of

_FILES = (
    "requirements.txt", "requirements/base.txt", "constraints.txt", "requirements.lock",
    "requirements-lock.txt", "pylock.toml", "pyproject.toml", "poetry.lock", "uv.lock", "pdm.lock",
    "setup.py", "setup.cfg", "environment.yml", "environment.yaml", "conda-lock.yml", "Pipfile",
    "Pipfile.lock", "Dockerfile", "runtime.txt",
)  # fmt: skip
_SETTINGS = (
    "Dockerfile", "Makefile", "pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini", ".idea/misc.xml",
)  # fmt: skip
_PIN = regex(
    rf"(?<![\w/-]){PACKAGE}(?:\[[\w,]*\])?[\"']?{SPACE}[=:]?{SPACE}(?:\{{{SPACE}version{SPACE}={SPACE})?"
    rf"[\"']?{SPACE}((?:(?:{OPERATOR}){SPACE}\d+(?:\.\d+)*(?:\.\*)?{SPACE},?{SPACE})+)",
    re.IGNORECASE,
)
# The last one on PyPI is 2.12; in conda the name goes on.
_GPU = regex(r"(?<![\w/-])tensorflow[-_]gpu(?![\w-])", re.IGNORECASE)
_CONTRIB = regex(r"(?<![\w-])keras[-_]contrib(?![\w-])", re.IGNORECASE)
_TF_KERAS = regex(r"(?<![\w/-])tf[-_]keras(?![\w-])", re.IGNORECASE)
_OF_CONDA = regex(r"\bconda\b|^dependencies:", re.MULTILINE)
_BOUND = regex(rf"({OPERATOR})\s*(\d+(?:\.\d+)*)")
# A Keras of somebody else's, on a line that says that it is meant.
_FORK = regex(
    r"github\.com[/:](?!(?:keras-team|fchollet|rstudio|tensorflow)/)[\w.-]+/keras"
    r"(?:\.git\b|/(?:archive|tree|zipball|tarball)/|(?![\w./-]))",
    re.IGNORECASE,
)
_IS_MEANT = regex(r"\b(?:fork|install|custom|modified|clone)|git\+|/archive/|ball/", re.IGNORECASE)
# Lock files: TOML and YAML name a package, then its version; Pipfile.lock has a table for each
# package.
_LOCKED = regex(
    rf"^[^\w\n]*name{SPACE}[=:]{SPACE}[\"']?{PACKAGE}[\"']?{SPACE}\n{SPACE}version{SPACE}[=:]{SPACE}[\"']?(\d+(?:\.\d+)+)",
    re.MULTILINE,
)
_PIPFILE_LOCK = regex(rf"\"{PACKAGE}\":\s*\{{[^{{}}]*?\"version\":\s*\"==(\d+(?:\.\d+)+)\"")
# What conda exports: one address a package; and what it or pip lists in columns.
_EXPORTED = regex(
    r"^https?://\S+/(keras|tensorflow)(?:-base|-gpu)?-(\d+(?:\.\d+)+)-[^/\s]+$", re.MULTILINE
)
_COLUMNS = regex(
    r"^(keras|tensorflow)(?:-base|-gpu)?[ \t]{1,40}(\d+(?:\.\d+)+)(?:[ \t].*)?$",
    re.IGNORECASE | re.MULTILINE,
)
# The last one is for TensorFlow 2.14.
_ADDONS = regex(r"(?<![\w/-])tensorflow[-_]addons(?![\w-])", re.IGNORECASE)
# Parts of TensorFlow that end before Keras 3, or are counted as it is.
_PARTS = regex(
    r"(?<![\w/-])(?:intel[-_]tensorflow|tensorflow[-_]estimator|tensorboard)==(\d+\.\d+)", re.I
)
_IMAGE = regex(r"^FROM\s+(?:\S+/)?(tensorflow)/tensorflow:(\d+\.\d+)", re.MULTILINE)
# What a recipe for an image calls a release that its commands install, in whatever way.
_ARGUMENT = regex(
    r"^[ \t]*(?:ARG|ENV)[ \t]+(keras|tensorflow|tf)_version[= \t]{1,4}[\"']?(\d+(?:\.\d+)+)",
    re.IGNORECASE | re.MULTILINE,
)
# NVIDIA's images set TF_USE_LEGACY_KERAS since their TensorFlow is one that brings Keras 3.
_OF_NVIDIA = regex(r"\bnvcr\.io/nvidia/tensorflow:\d")
# The oldest Keras that each TensorFlow accepts, since the first one for Keras 3.
_KERAS_OF = {(2, 16): "3.0", (2, 17): "3.2", (2, 18): "3.5", (2, 20): "3.10", (2, 21): "3.12"}


@dataclass(frozen=True, slots=True)
class Required:
    """What a project requires, and the file that says so."""

    versions: Versions
    file: str
    era: Era = Era.KNOWN
    # A TensorFlow beside which the package `keras` was often 2.3.
    beside_2_3: bool = field(default=False, compare=False)


def has_own_keras(path: str, files: Files) -> bool:
    """Whether the project around a file has a package ``keras`` itself, as a fork of Keras does."""
    folder = Path(abspath(path)).parent
    for candidate in (folder, *list(folder.parents)[:6]):
        package = candidate / "keras"
        if files.is_file(package / "__init__.py") and files.is_folder(package / "layers"):
            return True
        if files.exists(candidate / ".git"):
            return False
    return False


def root_of(path: str, files: Files) -> Path:
    """The folder of the repository that a file is in.

    Outside a repository it is the folder whose requirements apply to the file, or else the outermost
    folder from which every folder down to the file has Python files in it, but not heaps of them.
    """
    folder = Path(abspath(path)).parent
    around = (folder, *list(folder.parents)[:6])
    for candidate in around:
        if files.exists(candidate / ".git"):
            return candidate
    for candidate in around:
        if any(files.is_file(candidate / name) for name in _FILES):
            return candidate
    *_, outermost = folder, *takewhile(partial(_holds_part, files), around[1:])
    return outermost


def _holds_part(files: Files, folder: Path) -> bool:
    """Whether the Python files in a folder may be a part of one program: a home folder has any number."""
    return 0 < len(files.python_files(folder)) <= _MOST_OF_ONE


def texts_below(root: str, files: Files) -> Iterator[str]:
    """The programs of a project that mention Keras or TensorFlow, outer folders first."""
    for _, text in programs_below(files, root):
        if "keras" in text or "tensorflow" in text:
            yield text


@remembered
def programs_below(files: Files, root: str) -> list[tuple[str, str]]:
    """The first Python files and notebooks of a project, outer folders first, each with its code."""
    return _programs(files, folders_below(root, files))


def programs_around(path: str, files: Files) -> list[tuple[str, str]]:
    """Those of the project around a file; its neighbours are read first, so that they are among them."""
    near = _programs_in(files, str(Path(abspath(path)).parent))
    known = {one for one, _ in near}
    below = programs_below(files, str(root_of(path, files)))
    return [*near, *(program for program in below if program[0] not in known)]


@remembered
def _programs_in(files: Files, folder: str) -> list[tuple[str, str]]:
    return _programs(files, [folder])


def _programs(files: Files, folders: Iterable[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    left = _MOST_TEXT
    for folder in folders:
        names = [*files.python_files(folder), *files.notebooks(folder)]
        for name in names[: _MOST_FILES - len(found)]:
            path = str(Path(folder) / name)
            largest = LARGEST if name.endswith(_NOTEBOOK) else _LARGEST_MODULE
            content = files.content(path, largest) if left > 0 else None
            if content is not None:
                left -= len(content)
                found.append((path, _code(name, content)))
    return found


def folders_below(root: str, files: Files) -> Iterator[str]:
    """The folders of a project, outer ones first."""
    waiting = [root]
    for folder in waiting:
        yield folder
        if len(waiting) < _MOST_FOLDERS:
            waiting += [f"{folder}/{name}" for name in files.folders(folder)]


def _code(name: str, content: bytes) -> str:
    is_notebook = name.endswith(_NOTEBOOK)
    return code_in(content) if is_notebook else content.decode("utf-8", errors="replace")


_NOTEBOOK = ".ipynb"
_MOST_LISTS = 20
# Above a file that nothing else tells where its project begins: so many files in one folder belong to many.
_MOST_OF_ONE = 60
# How much of a project is read to learn what its other files say.
_MOST_FILES, _MOST_FOLDERS, _LARGEST_MODULE, _MOST_TEXT = 300, 100, 200_000, 8_000_000


def required(path: str, files: Files) -> Required | None:
    """What the project around a file requires; None if it does not say."""
    # Resolve `..` first: the folders that it leaves are not around the file.
    folder = Path(abspath(path)).parent
    for candidate in (folder, *list(folder.parents)[:6]):
        found = _in_folder(files, str(candidate))
        if found is not None:
            return found
        if files.exists(candidate / ".git"):
            return _in_folders_of_lists(files, str(candidate))
    return None


def installed(files: Files) -> Versions | None:
    """The Keras installed beside us, by its metadata; None without one."""
    found = files.installed("keras")
    release = re.match(r"\d+\.\d+", found or "")
    return (known_as(release[0]) or None) if release else None


@remembered
def _in_folder(files: Files, folder: str) -> Required | None:
    return (
        _by(_FILES, files, folder)
        or _by(_others(files, folder), files, folder)
        or _by_readme(files, folder)
    )


@remembered
def _in_folders_of_lists(files: Files, root: str) -> Required | None:
    """What a repository requires by lists in folders of their own: `envs/gpu.yml`, `docker/Dockerfile`."""
    return _by(_lists_below(files, root), files, root)


def _lists_below(files: Files, root: str) -> Iterator[str]:
    """Lists in the folders that hold no programs; among programs, they are those of a part of the project."""
    for name in (*files.folders(root), "env")[:_MOST_FOLDERS]:
        below = Path(root) / name
        lists = [f"{name}/{one}" for one in _others(files, str(below))]
        if lists and not _holds_programs(files, below):
            yield from lists


def _holds_programs(files: Files, folder: Path) -> bool:
    around = (folder, *(folder / name for name in files.folders(folder)))
    return any(files.python_files(one) or files.notebooks(one) for one in around)


def pages_of(root: str, files: Files) -> Iterator[str]:
    """What a project tells its readers, and how its tests are run, as far as that stands at its root."""
    for name in (*files.pages(Path(root)), *_SETTINGS):
        text = _text(files, Path(root) / name)
        if text is not None:
            yield text


def lists_of(root: str, files: Files) -> Iterator[str]:
    """The lists of what a project requires, as far as they stand at its root or in folders of their own."""
    for name in (*_FILES, *_others(files, root), *_lists_below(files, root)):
        text = _text(files, Path(root) / name)
        if text is not None:
            yield text


def _by_readme(files: Files, folder: str) -> Required | None:
    """What the commands in the page for readers install, what it lists, or tells in its prose."""
    for name in files.pages(Path(folder)):
        text = _text(files, Path(folder) / name)
        said = None if text is None else _said_on(text)
        if said is not None:
            return replace(said, file=name)
    return None


def _said_on(page: str) -> Required | None:
    """What a page for readers says, by its commands, its lists or its prose."""
    return _by_fork(page) or _by_image(page) or installed_by(page) or _by_words(page)


def _by_image(text: str) -> Required | None:
    """
    >>> _by_image("FROM nvcr.io/nvidia/tensorflow:25.02-tf2-py3").versions == V2
    True
    """
    return Required(V2, "an image") if _OF_NVIDIA.search(text) else None


def _by_fork(text: str) -> Required | None:
    """A fork of Keras has what its owner made of it.

    >>> _by_fork("Install [our fork](https://github.com/somebody/keras)").era.value
    "a Keras of the project's own"
    >>> _by_fork("keras @ git+https://github.com/somebody/keras.git").era is Era.OWN
    True
    >>> _by_fork("pip install git+https://github.com/keras-team/keras.git")
    >>> _by_fork("Thanks to https://github.com/somebody/keras-examples for its custom layers")
    """
    lines = text.splitlines() if _FORK.search(text) else ()
    meant = any(_FORK.search(line) and _IS_MEANT.search(line) for line in lines)
    return Required(EVERY, "a fork", Era.OWN) if meant else None


def _by_words(page: str) -> Required | None:
    """What a page for readers lists; or else what it tells in its prose."""
    items = "\n".join(listed(page))
    return stated_by(items, "a page") or stated_by(told(page) or "", "a page")


# Comments that name a release, and the text at the top.
_COMMENT = regex(
    r"#[#!: \t]*([^\n#]{0,60}?\b(?:keras|tensorflow|tf)\b[^\n]{0,60}?\d\.\d[^\n]{0,200})",
    re.IGNORECASE,
)
_TEXT_AT_THE_TOP = regex(r"\A(?:\s|#[^\n]*\n)*[rRuU]?(\"\"\"|''')(.{0,3000}?)\1", re.DOTALL)


def said_in_comments(text: str) -> Required | None:
    """What a program lists in its comments, or in the text at its top; its prose may tell of others.

    >>> said_in_comments("# keras==2.2.4\\nimport keras").era.value
    'Keras 2.0 to 2.3'
    >>> said_in_comments("'''Needs:\\n\\n- TensorFlow 2.4.1\\n'''\\nimport keras").versions == V2
    True
    >>> said_in_comments("import keras  # Keras 2.2.4 had another name for it")
    """
    top = _TEXT_AT_THE_TOP.match(text)
    lines = [*_COMMENT.findall(text), *([top[2]] if top is not None else ())]
    return stated_by("\n".join(listed("\n".join(lines))), "its comments") if lines else None


def _others(files: Files, folder: str) -> Iterator[str]:
    """Requirements for a certain machine, and environments of conda, which may have any name."""
    for name in files.requirements(folder)[:_MOST_LISTS]:
        is_yaml = name.endswith((".yml", ".yaml"))
        if not is_yaml or "\ndependencies:" in (_text(files, Path(folder) / name) or ""):
            yield name


def _by(names: Iterable[str], files: Files, folder: str) -> Required | None:
    """What the files of these names require together."""
    answers: list[Required] = []
    for name in names:
        text = _text(files, Path(folder) / name)
        said = None if text is None else stated_by(text, name)
        if said is None:
            continue
        if said.era is not Era.KNOWN:
            return said
        answers.append(said)
    together = EVERY.intersection(*(said.versions for said in answers))
    if not answers or not together:
        return None
    strictest = min(answers, key=lambda said: len(said.versions))
    return Required(together, strictest.file, beside_2_3=any(said.beside_2_3 for said in answers))


def stated_by(text: str, name: str) -> Required | None:
    """What a text requires; ``name`` is what it is called."""
    special = _by_fork(text) or _by_image(text)
    if special is not None:
        return replace(special, file=name)
    era = earliest(of_bound(*stated) for stated in _stated(text))
    if era is not Era.KNOWN:
        return Required(V2, name, era)
    versions = asked_for(text)
    if versions is None:
        return None
    bounds = list(_stated(text))
    no_keras = all(package != "keras" for package, *_ in bounds)
    return Required(
        versions, name, beside_2_3=no_keras and any(is_beside_2_3(*one) for one in bounds)
    )


# What a program asks for before it goes on: `assert tf.__version__.startswith("2.4")`.
_ASSERTED = regex(
    r"^[ \t]*assert\s+(?:(keras)|tf|tensorflow)\.__version__(?:\s*(==|<=?)\s*|\.startswith\(\s*)"
    r"['\"](\d+\.\d+|3)",
    re.MULTILINE,
)
# `%tensorflow_version 1.x` chose between two in Colab, where 2.x says nothing.
_INSTALLS = regex(r"\b((?:pip3?|conda) install\b[^\n]*)|%tensorflow_version 1\.x")


def installed_by(text: str) -> Required | None:
    """What a program or a text installs by itself; None if it does not say which release.

    >>> installed_by("!pip install -q tensorflow-gpu==2.3").versions == V2
    True
    >>> installed_by("!pip install keras")
    >>> installed_by("pip install tensorflow-gpu").versions == V2
    True
    >>> installed_by("conda install tensorflow-gpu")
    >>> installed_by("assert tf.__version__.startswith('2.4')").versions == V2
    True
    """
    if not any(word in text for word in ("install", "%tensorflow_version 1", "__version__")):
        return None
    lines = [found[1] or "tensorflow==1.15" for found in _INSTALLS.finditer(text)]
    for name, operator, release in _ASSERTED.findall(text):
        lines.append(f"{name or 'tensorflow'}{operator or '=='}{release}")
    return stated_by("\n".join(lines), "what it installs")


def _text(files: Files, path: Path) -> str | None:
    """What a file says; that of a PowerShell, such as ``pip freeze > requirements.txt``, is UTF-16."""
    content = files.content(path, LARGEST) if files.is_file(path) else None
    if content is None:
        return None
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if wide else "utf-8", errors="replace").replace("\r\n", "\n")
    if path.name in ("METADATA", "PKG-INFO"):
        return "\n".join(_of_metadata(text))
    return text.partition("\n[")[0] if path.parent.suffix == ".egg-info" else text


def _of_metadata(text: str) -> Iterator[str]:
    """What the metadata of a package requires, without what its extras do.

    >>> list(_of_metadata("Requires-Dist: keras (>=2,<2.4)\\nRequires-Dist: jax ; extra == 'jax'\\n"))
    ['keras >=2,<2.4']
    """
    for requirement in _REQUIRES_DIST.findall(text):
        name, _, condition = requirement.partition(";")
        if "extra" not in condition:
            yield name.replace("(", "").replace(")", "").strip()


_REQUIRES_DIST = regex(r"^Requires-Dist:(.*)$", re.MULTILINE)


def asked_for(text: str) -> Versions | None:
    """The versions that requirements allow; None if they do not say, or contradict each other.

    >>> asked_for("numpy\\ntensorflow>=2.16\\n") == V3, asked_for("keras==2.12.0") == V2
    (True, True)
    >>> asked_for("keras>=3.9,<3.11") == since("3.9") - since("3.11")
    True
    >>> asked_for("tensorflow-gpu>=2.0") == V2, asked_for("numpy\\ntensorflow-gpu") == V2
    (True, True)
    >>> asked_for("tensorflow>=2.17\\ntf-keras>=2.17\\n")
    >>> asked_for("tensorflow>=2.4"), asked_for("keras-tuner==1.0")
    (None, None)
    """
    versions = EVERY.intersection(*_bounds(text))
    return versions if versions and versions != EVERY else None


def _bounds(text: str) -> Iterator[Versions]:
    """What each bound allows; whoever installs tf-keras may have it in the place of TensorFlow's Keras."""
    either = _TF_KERAS.search(text) is not None
    for name, operator, release in _stated(text):
        left = _left_by(name, operator, release)
        yield EVERY if either and name != "keras" and left <= V3 else left


def _stated(text: str) -> Iterator[tuple[str, str, str]]:
    """Each bound as it stands: the package, the operator, the release."""
    for line in text.splitlines():
        for name, bounds in _PIN.findall(line.partition("#")[0]):
            for operator, release in _BOUND.findall(bounds):
                yield name.lower(), operator, release
        if _GPU.search(line.partition("#")[0]) and not _OF_CONDA.search(text):
            yield "tensorflow-gpu", "<=", "2.12"
        if _ADDONS.search(line.partition("#")[0]):
            yield "tensorflow", "<", "2.15"
        if _CONTRIB.search(line.partition("#")[0]):  # it imports `keras.backend.tensorflow_backend`
            yield "keras", "<", "2.4"
    for release in _PARTS.findall(text):
        yield "tensorflow", "==", release
    for name, release in _ARGUMENT.findall(text):
        yield "keras" if name.lower() == "keras" else "tensorflow", "==", release
    python = newest_of([text])
    if python < PYTHON_3:
        yield "keras", "<", "2.4"
    if python < WITH_KERAS_3:
        yield "tensorflow", "<", "2.16"
    for pattern in (_LOCKED, _PIPFILE_LOCK, _IMAGE, _EXPORTED, _COLUMNS):
        for name, release in pattern.findall(text):
            yield name.lower(), "==", release


def _left_by(name: str, operator: str, release: str) -> Versions:
    """The versions that one bound allows."""
    numbers = [int(part) for part in release.split(".")]
    if operator == "~" or (operator == "~=" and len(numbers) > 2):  # but for patches
        operator = "=="
    if name != "keras":
        return _left_by_tensorflow(operator, (numbers[0], numbers[1] if len(numbers) > 1 else 0))
    first = since(release) or frozenset({KerasVersion.V3})
    if operator in (">=", ">"):
        return first if numbers[0] >= 3 else EVERY
    if operator in ("<", "<="):
        return _up_to(numbers, inclusive=operator == "<=")
    exact = known_as(release)
    if operator == "^" or (operator == "~=" and len(numbers) == 2):
        return first & V3 if numbers[0] == 3 else exact
    return exact


def _up_to(numbers: list[int], *, inclusive: bool) -> Versions:
    major, minor, *patch = (*numbers, 0)[:3] if len(numbers) > 1 else (*numbers, 0, 0)
    if inclusive or any(patch):
        minor += 1
    return V2 if major < 3 else before(f"{major}.{minor}")


def _left_by_tensorflow(operator: str, release: tuple[int, int]) -> Versions:
    fits = [keras for first, keras in _KERAS_OF.items() if release >= first]
    if operator in ("<", "<="):
        older = release < (2, 16) or (release == (2, 16) and operator == "<")
        return V2 if older else EVERY
    if fits:
        return since(fits[-1])
    return V2 if operator in ("==", "=") else EVERY
