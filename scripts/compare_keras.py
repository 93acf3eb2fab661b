"""Compare the minor versions of Keras 3: what each answers to the same calls.

usage: python scripts/compare_keras.py environments FOLDER   an environment for each version (an hour, 15 GB)
       python scripts/compare_keras.py ask FOLDER            put draws of all layers and ops to each
       python scripts/compare_keras.py record FOLDER         keep those on which they differ, for the tests
       python scripts/compare_keras.py table                 write the table in agreement.md
       python scripts/compare_keras.py check                 ask the Keras of this environment again

TensorFlow has to be of the time of each Keras.  Releases between two of them need no environment of
their own: their Keras is put in front of a neighbour's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "contributing" / "agreement.md"
ANSWERS = ROOT / "tests" / "keras_api" / "version_answers.json"
NAMES = ROOT / "kerasmergelint" / "keras_api" / "data" / "names_since.json"
ASK = ROOT / "scripts" / "ask_keras.py"
START, END = "<!-- versions: scripts/compare_keras.py -->", "<!-- end of versions -->"
# The versions with an environment of their own, and the TensorFlow in it.
ENVIRONMENTS = {
    "3.3": "2.16.*", "3.6": "2.18.*", "3.10": "2.19.*", "3.12": "2.20.*", "3.13": "2.20.*", "3.15": "2.21.*",
}  # fmt: skip
# Those that are put in front of another's.
BORROWED = {
    "3.0": "3.3", "3.1": "3.3", "3.2": "3.3", "3.4": "3.3", "3.5": "3.3", "3.7": "3.6", "3.8": "3.6",
    "3.9": "3.6", "3.11": "3.12", "3.14": "3.12",
}  # fmt: skip
VERSIONS = tuple(f"3.{minor}" for minor in range(16))
DRAWS_OF_LAYERS, DRAWS_OF_OPS = 60, 25
EXAMPLES = 2  # kept of each layer and op, for each way in which the versions differ

Recorded = dict[str, Any]


# -- environments ---------------------------------------------------------------------------


def environments(folder: Path) -> None:
    """Make what is missing."""
    for version, tensorflow in ENVIRONMENTS.items():
        place = folder / f"env-{version}"
        if not place.exists():
            subprocess.run([sys.executable, "-m", "venv", place], check=True)
            wanted = [f"keras=={version}.*", f"tensorflow-cpu=={tensorflow}", "dm-tree"]
            subprocess.run([place / "bin" / "pip", "install", "-q", *wanted], check=True)
    for version, host in BORROWED.items():
        pip = folder / f"env-{host}" / "bin" / "pip"
        if not (folder / f"keras-{version}").exists():
            target = ["--no-deps", "--target", folder / f"keras-{version}", f"keras=={version}.*"]
            subprocess.run([pip, "install", "-q", *target], check=True)


def ask(folder: Path) -> None:
    """Draw probes, and put them to every version."""
    sys.path.insert(0, str(ROOT))
    from tests.keras_api.version_probes import all_probes  # late: it needs the oracle's packages

    probes = folder / "probes.json"
    probes.write_text(json.dumps(all_probes(DRAWS_OF_LAYERS, DRAWS_OF_OPS)), encoding="utf-8")
    for version in VERSIONS:
        host = BORROWED.get(version, version)
        front = str(folder / f"keras-{version}") if version in BORROWED else ""
        python = folder / f"env-{host}" / "bin" / "python"
        command = [python, ASK, probes, folder / f"answers-{version}.json"]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": front})


# -- what differs ---------------------------------------------------------------------------


def record(folder: Path) -> None:
    """Keep examples of what differs, and the names that came later."""
    probes = json.loads((folder / "probes.json").read_text(encoding="utf-8"))
    told = {
        version: json.loads((folder / f"answers-{version}.json").read_text(encoding="utf-8"))
        for version in VERSIONS
    }
    answers = {version: told[version]["answers"] for version in VERSIONS}
    kept = list(examples(probes, answers))
    ANSWERS.write_text(_lines("[", map(json.dumps, kept), "]"), encoding="utf-8")
    names = later({version: told[version]["names"] for version in VERSIONS})
    rows = (f"{json.dumps(name)}: {json.dumps(release)}" for name, release in names.items())
    NAMES.write_text(_lines("{", rows, "}"), encoding="utf-8")


def _lines(start: str, rows: Iterable[str], end: str) -> str:
    return f"{start}\n" + ",\n".join(rows) + f"\n{end}\n"


def examples(probes: list[Any], answers: dict[str, list[Any]]) -> Iterator[Recorded]:
    """The shortest probes of each layer and op, for each way in which the versions differ."""
    found: dict[tuple[str, ...], list[Recorded]] = {}
    for index, probe in enumerate(probes):
        since: dict[str, Any] = {}
        for version in VERSIONS:
            answer = answers[version][index]
            if isinstance(answer, dict) and "raised" in answer:
                answer = "refused"
            if not since or list(since.values())[-1] != answer:
                since[version] = answer
        if len([answer for answer in since.values() if answer != "absent"]) > 1:
            pattern = (title(probe), *(f"{v} {a == 'refused'}" for v, a in since.items()))
            found.setdefault(pattern, []).append({"probe": probe, "since": since})
    for group in found.values():
        yield from sorted(group, key=lambda item: len(json.dumps(item["probe"])))[:EXAMPLES]


def later(names: dict[str, list[str]]) -> dict[str, str]:
    """The release that brought each name, of those that the first one does not have."""
    first: dict[str, str] = {}
    for version in VERSIONS:
        for name in names[version]:
            first.setdefault(name, version)
    return {name: release for name, release in sorted(first.items()) if release != VERSIONS[0]}


# -- the table ------------------------------------------------------------------------------


def title(probe: dict[str, Any]) -> str:
    """The layer or op, and for an op on which tensors."""
    if "layer" in probe:
        return str(probe["layer"])
    return f"{probe['op']}" + (", in a graph" if probe["world"] == "graph" else "")


def table(recorded: list[Recorded]) -> str:
    """One row for each layer or op, and each way in which the versions differ: an example."""
    rows: dict[tuple[str, ...], str] = {}
    for item in recorded:
        name = title(item["probe"])
        since = item["since"]
        way = (name, *(f"{version} {answer == 'refused'}" for version, answer in since.items()))
        if way not in rows:
            told = "; ".join(f"{version}: {_shown(answer)}" for version, answer in since.items())
            rows[way] = f"| {name} | `{call(item['probe'])}` | {told} |"
    head = "| layer or op | call | since which version, what |\n| --- | --- | --- |\n"
    return head + "\n".join(row for _, row in sorted(rows.items())) + "\n"


def call(probe: dict[str, Any]) -> str:
    """A probe as Python, with shapes in the place of tensors."""
    if "layer" in probe:
        more = [_python(probe["inputs"]), *_keywords(probe["arguments"])]
        return f"{probe['layer']}({', '.join(_keywords(probe['config']))})({', '.join(more)})"
    arguments = [*map(_python, probe["args"]), *_keywords(probe["kwargs"])]
    return f"{probe['op']}({', '.join(arguments)})"


def _keywords(config: dict[str, Any]) -> list[str]:
    return [f"{name}={_python(value)}" for name, value in config["dict"].items()]


def _python(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_python, value))}]"
    if not isinstance(value, dict):
        return repr(value)
    if "t" in value:
        return _shape(value["t"][0])
    if "tuple" in value:
        return _shape([_python(item) for item in value["tuple"]])
    if "layer" in value:
        return f"{value['layer']}({', '.join(_keywords(value['config']))})"
    return f"{{{', '.join(_keywords(value))}}}"


def _shape(dims: list[Any] | None) -> str:
    if dims is None:
        return "a tensor"
    return f"({', '.join(map(str, dims))}{',' if len(dims) == 1 else ''})"


def _shown(answer: Any) -> str:
    """An answer in words."""
    if isinstance(answer, list):
        return f"{len(answer)} results" if len(answer) > 3 else ", ".join(map(_shown, answer))
    if isinstance(answer, dict):
        if "t" not in answer:
            return "a dict"
        dims, dtype = answer["t"]
        return _shape(dims) + (f" {dtype}" if dtype not in ("float32", None) else "")
    return str(answer)


def with_table(page: str) -> str:
    """The page with the table of today in its place."""
    before, start, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise SystemExit(f"{PAGE.name} has no place for the table")
    recorded = json.loads(ANSWERS.read_text(encoding="utf-8"))
    return f"{before}{START}\n{table(recorded)}{END}{after}"


# -- checking -------------------------------------------------------------------------------


def differences(recorded: list[Recorded], release: str) -> Iterator[str]:
    """What the Keras beside us, of this release, answers otherwise than was recorded of its version."""
    with tempfile.TemporaryDirectory() as folder:
        probes, answers = Path(folder) / "probes.json", Path(folder) / "answers.json"
        probes.write_text(json.dumps([item["probe"] for item in recorded]), encoding="utf-8")
        subprocess.run([sys.executable, ASK, probes, answers], check=True)
        told = json.loads(answers.read_text(encoding="utf-8"))["answers"]
    for item, answer in zip(recorded, told):
        now = "refused" if isinstance(answer, dict) and "raised" in answer else answer
        numbers = _numbers(release)[:2]
        then = [a for since, a in item["since"].items() if _numbers(since) <= numbers][-1]
        if now != then:
            yield f"{call(item['probe'])}: {_shown(then)} was recorded, and now it is {_shown(now)}"


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".")[:2])


def check() -> int:
    """Tell the differences; the exit status says whether there are any."""
    release = metadata.version("keras")
    recorded = json.loads(ANSWERS.read_text(encoding="utf-8"))
    found = list(differences(recorded, release))
    print(f"Keras {release}: {len(recorded)} calls, {len(found)} differences", *found, sep="\n")
    return 1 if found else 0


def main() -> int:
    commands = {"environments": environments, "ask": ask, "record": record}
    if sys.argv[1:] == ["table"]:
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    elif sys.argv[1:] == ["check"]:
        return check()
    elif len(sys.argv) == 3 and sys.argv[1] in commands:
        commands[sys.argv[1]](Path(sys.argv[2]).absolute())
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
