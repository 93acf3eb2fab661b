"""Stand-ins that do nothing, for modules that are not installed, such as plots and progress bars.

They decide no shape, and no program should fail for lack of them.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Iterator
from typing import Any

NAMES = frozenset(
    {"matplotlib", "seaborn", "plotly", "tqdm", "wandb", "mlflow", "comet_ml", "neptune", "IPython",
     "graphviz", "pydot", "visualkeras", "livelossplot", "tensorboardX", "termcolor", "colorama"}
)  # fmt: skip


def install() -> None:
    """Stand in for modules that no other finder finds."""
    sys.meta_path.append(_Finder())


class Anything:
    """Can be called, indexed, unpacked to a pair, entered and left; does nothing."""

    def __call__(self, *args: object, **keywords: object) -> Any:
        # A decorator returns its function, ``tqdm(items)`` the items.
        passed_on = args[:1] and (callable(args[0]) or hasattr(args[0], "__iter__"))
        return args[0] if passed_on else self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: object) -> Any:
        return self

    def __setitem__(self, key: object, value: object) -> None:
        return None

    def __iter__(self) -> Iterator[Any]:
        return iter((self, self))

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        return None


class _Absent(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        if name.partition(".")[0] not in NAMES:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: Any) -> Any:
        return _Absent(spec.name)

    def exec_module(self, module: object) -> None:
        return None
