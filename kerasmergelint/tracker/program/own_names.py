"""Whether a program may add to the names by which Keras finds activations, losses, layers and the like.

It does so by registering objects, or by importing a package that does.  Other files of the project may
register what this one uses: whoever calls it has imported them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from kerasmergelint.regex import regex
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import walk
from kerasmergelint.tracker.program.requirements import root_of, texts_below
from kerasmergelint.tracker.python.modules import Modules, locate
from kerasmergelint.tracker.values.foreign import LIBRARIES, TOOLS

_REGISTERS = regex(
    r"get_custom_objects|custom_?object_?scope|register_keras_serializable|_CUSTOM_OBJECTS"
    r"|enable_unsafe_deserialization"
    r"|register_\w*(?:activation|object)|ALL_OBJECTS"
    r"|\b(?:activations|losses|metrics|optimizers|initializers|regularizers|constraints)\.\w+\s*=(?!=)",
    re.IGNORECASE,
)
# What is registered by a decorator, which registers nothing else.
_DECORATED = regex(
    r"^[ \t]*@[\w.]*register_keras_serializable(?:\([^()]*\))?[ \t]*\n"
    r"(?:[ \t]*@.*\n){0,20}[ \t]*(?:class|def)[ \t]+(\w+)",
    re.MULTILINE,
)
# Packages that have nothing to do with Keras.
_APART = LIBRARIES | TOOLS | {
    "gym", "gymnasium", "imageio", "imblearn", "imutils", "IPython", "joblib", "librosa",
    "mlflow", "mpl_toolkits", "nibabel", "nltk", "opencv", "pandas_datareader", "plotly",
    "psutil", "pydicom", "pydot", "requests", "rich", "seaborn", "simple_parsing", "soundfile",
    "spacy", "statsmodels", "tabulate", "tensorboard", "tifffile", "wandb", "xgboost",
    "yfinance",
}  # fmt: skip


def may_register(name: str, code: ir.ModuleCode, modules: Modules) -> bool:
    """Whether a name may be registered in a run of this file, or by who uses it."""
    codes = [code, *filter(None, modules.codes.values())]
    texts = (one.source.text for one in codes)
    if any(_registers(name, text) for text in texts):
        return True
    if any(_imports_strange(one, modules) for one in codes):
        return True
    others = texts_below(str(root_of(code.path, modules.files)), modules.files)
    return any(name in text and _registers(name, text) for text in others)


def _registers(name: str, text: str) -> bool:
    """Whether the text of a file may register an object of this name.

    >>> _registers("f", "@keras.saving.register_keras_serializable()\\ndef g(x): ...")
    False
    >>> _registers("f", "keras.saving.register_keras_serializable()(f)")
    True
    """
    if not _REGISTERS.search(text):
        return False
    decorated = {match[1] for match in _DECORATED.finditer(text)}
    return name in decorated or bool(_REGISTERS.search(_DECORATED.sub("", text)))


def _imports_strange(code: ir.ModuleCode, modules: Modules) -> bool:
    """Whether a file imports a package that may be built on Keras, or a file that is not there."""
    folder = Path(code.path).parent
    imports = [node for node in walk(code.body) if isinstance(node, (ir.Import, ir.ImportFrom))]
    tops = {dotted.partition(".")[0] for node in imports for dotted in _dotted(node)}
    return any(
        modules.find(top, folder) is None for top in tops - _APART - sys.stdlib_module_names
    ) or any(_is_missing(node, folder, modules) for node in imports)


def _dotted(node: ir.Import | ir.ImportFrom) -> list[str]:
    """The absolute names of modules."""
    if isinstance(node, ir.Import):
        return [dotted for dotted, _ in node.names]
    return [] if node.level else [node.module]


def _is_missing(node: ir.Import | ir.ImportFrom, folder: Path, modules: Modules) -> bool:
    """Whether ``from .activations import x`` finds no file."""
    if isinstance(node, ir.Import) or not node.level or not node.module:
        return False
    base = (folder, *folder.parents)[min(node.level - 1, len(folder.parents))]
    return locate(modules.files, base, node.module.split(".")) is None
