"""Signatures of what trains a model in Keras 3: optimizers, losses, metrics, callbacks, methods of models.

They are those of the newest release: up to it, no release of Keras 3 has taken a name away from one of
them, or asks for more.  Of Keras 2 nothing is said, whose many releases differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TypedDict

from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.signatures import DATA, Parameter, Signature


class Entry(TypedDict):
    init: list[Parameter]
    passed_on: list[str]
    strange: str | None


# What only Keras 2 takes.
_RATE = ("lr", "jit_compile")
_OF_QUEUES = ("max_queue_size", "workers", "use_multiprocessing")
_IN_KERAS_2: dict[str, tuple[str, ...]] = {
    "Model.compile": ("target_tensors", "sample_weight_mode", "distribute"),
    "Model.fit": _OF_QUEUES,
    "Model.evaluate": _OF_QUEUES,
    "Model.predict": _OF_QUEUES,
    "Model.train_on_batch": ("reset_metrics",),
    "Model.test_on_batch": ("reset_metrics",),
    "callbacks.BackupAndRestore": ("save_before_preemption",),
    "callbacks.ModelCheckpoint": ("period", "load_weights_on_restart", "options"),
    "callbacks.ProgbarLogger": ("count_mode", "stateful_metrics"),
    "callbacks.ReduceLROnPlateau": ("epsilon",),
    "callbacks.TensorBoard": (
        "batch_size", "write_grads", "embeddings_layer_names", "embeddings_data",
    ),
}  # fmt: skip


@lru_cache(maxsize=1)
def table() -> Mapping[str, Entry]:
    """The generated data: path in Keras to parameters, names of bases, and what a strange name raises."""
    text = (DATA / "object_signatures.json").read_text(encoding="utf-8")
    data: Mapping[str, Entry] = json.loads(text)
    return data


@lru_cache(maxsize=512)
def constructor(dotted: str) -> Signature | None:
    """That of a class by its dotted name, such as ``tensorflow.keras.optimizers.Adam``; None if not known."""
    path = inner_path(dotted) or ""
    root = path.partition(".")[0]
    return _of(path) if root in _ROOTS else None


@lru_cache(maxsize=16)
def method(name: str) -> Signature | None:
    """That of a method of models."""
    return _of(f"Model.{name}") or _of(f"Sequential.{name}")


_ROOTS = frozenset(
    {"callbacks", "constraints", "initializers", "losses", "metrics", "optimizers", "regularizers"}
)


def _of(path: str) -> Signature | None:
    entry = table().get(path)
    if entry is None:
        return None
    of_two = _IN_KERAS_2.get(path, _RATE if path.startswith("optimizers.") else ())
    return Signature(
        cls=path,
        required=tuple(one[0] for one in entry["init"] if len(one) == 1),
        defaults={},
        names=tuple(one[0] for one in entry["init"]),
        call=(),
        elsewhere=frozenset(entry["passed_on"]),
        strange=entry["strange"],
        in_keras_2=frozenset(of_two),
    )
