"""What a layer does only since a release of Keras 3, if its rule does not cover the time before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import Config
from kerasmergelint.keras_api.releases import What
from kerasmergelint.keras_api.versions import V3, KerasVersion, Versions, before, newest

# Whether a change concerns a layer of this configuration, called with these arguments.
When = Callable[[Config, Mapping[str, object]], bool]


def _always(config: Config, arguments: Mapping[str, object]) -> bool:
    return True


def _gives_scores(config: Config, arguments: Mapping[str, object]) -> bool:
    return arguments.get("return_attention_scores", False) is not False


def _encodes(config: Config, arguments: Mapping[str, object]) -> bool:
    return bool(config.get("output_mode", "int") != "int")


def _gives_integers(config: Config, arguments: Mapping[str, object]) -> bool:
    return not _encodes(config, arguments)


def _scales_by_several(config: Config, arguments: Mapping[str, object]) -> bool:
    values = (config.get("scale"), config.get("offset", 0.0))
    return not all(isinstance(value, (int, float)) for value in values)


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A difference in some versions."""

    versions: Versions
    what: What
    names: str
    when: When = _always


def _until(release: str) -> Versions:
    return V3 & before(release)


_CHANGES = (
    Change(_until("3.1"), What.ANSWERS, "Attention"),
    Change(_until("3.2"), What.REFUSES, "CenterCrop"),
    Change(_until("3.6"), What.REFUSES, "UnitNormalization"),
    Change(_until("3.8"), What.ANSWERS, "Attention", _gives_scores),
    Change(_until("3.9"), What.REFUSES, "Discretization"),
    Change(V3 & before("3.12") - before("3.11"), What.ANSWERS, "Rescaling", _scales_by_several),
    Change(_until("3.12"), What.ANSWERS, "Discretization", _gives_integers),
    Change(_until("3.14"), What.REFUSES, "MelSpectrogram"),
    Change(_until("3.14"), What.ANSWERS, "Discretization IntegerLookup StringLookup TextVectorization",
           _encodes),
    Change(_until("3.15"), What.REFUSES, "RandomColorDegeneration ReversibleEmbedding"),
    Change(_until("3.15"), What.ANSWERS, "AdditiveAttention", _gives_scores),
)  # fmt: skip
_BY_NAME: dict[str, list[Change]] = {}
for _change in _CHANGES:
    for _name in _change.names.split():
        _BY_NAME.setdefault(_name, []).append(_change)


def is_older(
    name: str, version: KerasVersion, what: What, config: Config, arguments: Mapping[str, object]
) -> bool:
    """Whether the rule's answer does not hold for this version."""
    return any(
        change.what is what and version in change.versions and change.when(config, arguments)
        for change in _BY_NAME.get(name, ())
    )


def compared(name: str, versions: Versions) -> list[KerasVersion]:
    """Those of the versions that may answer differently from the newest."""
    found = [c.versions & versions for c in _BY_NAME.get(name, ()) if c.what is What.ANSWERS]
    return [newest(some) for some in found if some]
