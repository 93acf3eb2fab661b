"""Signatures of layers, read off the installed Keras by ``scripts/generate_signatures.py``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api import keras_1, old_names
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.problems import refused
from kerasmergelint.keras_api.protocol import Broken, Config, Problem, ProblemKind
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion

DATA = Path(__file__).parent / "data"

# What the base class takes: in Keras 2, as far as any layer or any release does.
_BASE_IN_KERAS_3 = frozenset(
    {"name", "dtype", "trainable", "activity_regularizer", "autocast", "input_shape", "input_dim"}
)
_BASE_IN_KERAS_2 = frozenset(
    {"name", "dtype", "trainable", "activity_regularizer", "autocast", "input_shape", "input_dim",
     "batch_input_shape", "batch_shape", "input_dtype", "dynamic", "weights", "batch_size",
     "input_length", "implementation", "time_major", "alpha", "reset_after", "ragged", "sparse",
     "shape", "_init_dtype", "build_config", "units", "bidirectional"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signature:
    """Constructor parameters with defaults, and the names that ``call`` takes.

    ``elsewhere`` are the names that base classes accept, and those that other releases of the version
    may have, ``in_keras_2`` what Keras 2 takes where this is Keras 3.  ``strange`` is the exception for a
    name that is no argument; None for a layer that ignores it.
    """

    cls: str
    required: tuple[str, ...]
    defaults: Mapping[str, object]
    names: tuple[str, ...]
    call: tuple[str, ...]
    elsewhere: frozenset[str]
    strange: str | None = "TypeError"
    in_keras_2: frozenset[str] = frozenset()
    takes_old_names: bool = False

    def bind(self, args: Sequence[object], kwargs: Mapping[str, object]) -> Config:
        """The configuration for these arguments; raises :class:`Broken` as Python or Keras would."""
        if len(args) > len(self.names):
            detail = (
                f"takes at most {counted(len(self.names), 'positional argument')}, got {len(args)}"
            )
            raise refused(detail, "TypeError")
        config: dict[str, object] = dict(self.defaults)
        given = dict(zip(self.names, args))
        for name, value in kwargs.items():
            if name in given:
                raise refused(f"got `{name}` twice", "TypeError")
            known = name in self.names or name in self.elsewhere
            if not known and self.strange is not None:
                detail = f"has no argument `{name}`"
                raise Broken(Problem(self._kind_of(name), self.strange, detail))
            given[name] = value
        for name in self.required:
            if name not in given:
                raise refused(f"is missing the argument `{name}`", "TypeError")
        config.update(old_names.translated(self.cls, given) if self.takes_old_names else given)
        return config

    def _kind_of(self, name: str) -> ProblemKind:
        """What is wrong with an argument that there is not."""
        if name in keras_1.ARGUMENTS:
            return ProblemKind.OLD_ARGUMENT
        return ProblemKind.NOT_IN_KERAS_3 if name in self.in_keras_2 else ProblemKind.ARGUMENT


# In Keras 3 the base class checks what is left over, except where a constructor passes nothing on.
_PASSES_NOTHING_ON = frozenset(
    {"Discretization", "Pipeline", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D",
     "TFSMLayer"}
)  # fmt: skip
_TAKES_ANYTHING = frozenset({"HashedCrossing"})


def _strange(name: str, version: KerasVersion) -> str | None:
    if name in _TAKES_ANYTHING:
        return None
    return "TypeError" if version in V2 or name in _PASSES_NOTHING_ON else "ValueError"


# Of RandomRotation, up to 3.3.
_ONLY_IN_EARLIER_KERAS_3 = ("value_range",)

# A parameter in the generated data: its name, and its default if it has one.
Parameter = tuple[str] | tuple[str, object]
# A layer there; not a class, since ``class`` is one of the keys.
Entry = TypedDict(
    "Entry",
    {"class": str, "init": list[Parameter], "call": list[str], "passed_on": list[str]},
)


def table(version: KerasVersion) -> Mapping[str, Entry]:
    """The generated data of a version: public name to class, constructor and call parameters."""
    return _read(version.major)


@lru_cache(maxsize=2)
def _read(major: int) -> Mapping[str, Entry]:
    text = (DATA / f"signatures_v{major}.json").read_text(encoding="utf-8")
    data: Mapping[str, Entry] = json.loads(text)
    return data


def _elsewhere(name: str, entry: Entry, version: KerasVersion) -> Iterator[str]:
    """The names besides its own that a layer may take in some release of this version of Keras."""
    yield from entry["passed_on"]
    if version in V3 and name in table(version):
        yield from _BASE_IN_KERAS_3
        yield from _ONLY_IN_EARLIER_KERAS_3
        return
    yield from _BASE_IN_KERAS_2
    yield from old_names.of(entry["class"])
    same = table(KerasVersion.V3).get(name, entry)
    yield from (parameter[0] for parameter in same["init"])
    yield from same["passed_on"]


def _in_keras_2(name: str) -> Iterator[str]:
    entry = table(KerasVersion.V2).get(name)
    if entry is not None:
        yield "weights"
        yield from old_names.of(entry["class"])
        yield from (parameter[0] for parameter in entry["init"])
        yield from entry["passed_on"]


@lru_cache(maxsize=512)
def signature_of(name: str, version: KerasVersion) -> Signature:
    """The signature of a layer by its public name; Keras 2's for what only Keras 2 has, and vice versa."""
    other = KerasVersion.V2 if version in V3 else KerasVersion.V3
    entry = table(version).get(name) or table(other)[name]
    required = tuple(p[0] for p in entry["init"] if len(p) == 1)
    return Signature(
        entry["class"],
        required,
        {p[0]: p[1] for p in entry["init"] if len(p) == 2},
        tuple(p[0] for p in entry["init"]),
        tuple(entry["call"]),
        frozenset(_elsewhere(name, entry, version)),
        _strange(entry["class"], version),
        frozenset(_in_keras_2(name) if version in V3 else ()),
        version in V2,
    )
