"""Which Keras a program means.

``keras`` and ``tf.keras`` are whatever is installed where the program runs.  The evidence,
strongest first: the user's option, what the file imports, what its project requires, what is
installed beside us.  Each may narrow what the stronger ones leave open; a failure is certain only
if every remaining version refuses.  A project that requires Keras 3 and imports what only Keras 2 has
is broken, and gets Keras 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from os.path import abspath
from pathlib import Path

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.files import Files, remembered
from kerasmergelint.keras_api.keras_2 import only_name
from kerasmergelint.keras_api.release_names import named
from kerasmergelint.keras_api.versions import EVERY, V2, V3, Versions, in_words, known_as
from kerasmergelint.regex import regex
from kerasmergelint.tracker.program.eras import (
    Era,
    imports_early,
    lies_with_keras_1,
    name_of_early,
    name_of_tensorflow_1,
    reads_shape,
)
from kerasmergelint.tracker.program.pythons import PYTHON_3, WITH_KERAS_3, newest_of
from kerasmergelint.tracker.program.requirements import (
    Required,
    has_own_keras,
    installed,
    installed_by,
    lists_of,
    pages_of,
    required,
    root_of,
    said_in_comments,
    texts_below,
)
from kerasmergelint.tracker.program.saved import names_its_python, saved_with
from kerasmergelint.tracker.program.theano import runs_on_theano
from kerasmergelint.tracker.program.traces import traced


@dataclass(frozen=True, slots=True)
class Spoken:
    """The versions that may be meant, and the evidence.

    ``presumed`` says that neither the file nor what its project requires excludes Keras 2.
    """

    versions: Versions = EVERY
    why: str = "nothing says which"
    era: Era = Era.KNOWN
    presumed: bool = False

    def narrowed(self, others: Versions | None, why: str) -> Spoken:
        """Narrowed by weaker evidence, unless the two contradict each other.

        >>> Spoken(V3, "the imports").narrowed(V2, "what is installed").why
        'the imports'
        """
        left = self.versions & others if others is not None else None
        return Spoken(left, why) if left and left != self.versions else self

    def __str__(self) -> str:
        """
        >>> str(Spoken(known_as("3.10"), "requirements.txt"))
        'Keras 3.10 (requirements.txt)'
        """
        is_known = self.era in (Era.KNOWN, Era.ANY_2)
        known = in_words(self.versions) if is_known else self.era.value
        return f"{known} ({self.why})"


# Modules and names that only one generation has.  What does not begin a line is looked for by its first
# letters: a pattern that begins with \b would be tried at each letter of the file.
_LEGACY = regex(
    r"TF_USE_LEGACY_KERAS['\"]?\]?\s{0,4}[=,:]?\s{0,4}['\"]?(?:1|[Tt]rue)\b",
    words=("TF_USE_LEGACY_KERAS",),
)
# What Keras 3 has no longer, so that a program fails if that is what its project requires.
_OLD_MODULES = regex(
    r"^[ \t\f]*"
    r"(?:import|from)\s+(?:keras\.engine"
    r"|keras\.layers\.(?:merge|core|convolutional|pooling|normalization|recurrent|advanced_activations"
    r"|embeddings|noise|wrappers|local|cudnn_recurrent|convolutional_recurrent)\b"
    r"|keras\.utils\.(?:\w+_utils|visualize_util)\b|keras\.preprocessing\.text\b|keras\.wrappers\.scikit_learn"
    r"|keras\.backend\.tensorflow_backend|keras\.(?:legacy|objectives|initializations)\b)"
    r"|^[ \t\f]*from\s+keras\s+import\s+(?:\w[\w ,]*,\s*)?(?:objectives|initializations|engine)\b"
    r"|^[ \t\f]*from\s+keras\.(?:utils\s+import\s+(?:\w[\w ,]*,\s*)?(?:\w+_utils|multi_gpu_model)"
    r"|preprocessing\s+import\s+(?:\w[\w ,]*,\s*)?text|backend\s+import\s+tensorflow_backend"
    r"|optimizers\s+import\s+(?:\w[\w ,]*,\s*)?(?:adam|rmsprop|sgd))\b",
    re.MULTILINE,
    words=(
        "engine",
        "keras.layers.",
        "keras.utils",
        "keras.preprocessing",
        "keras.wrappers",
        "keras.backend",
        "keras.legacy",
        "objectives",
        "initializations",
        "keras.optimizers",
    ),
)
_OTHER_PACKAGES = (
    regex(
        r"^[ \t\f]*(?:import|from)\s+(?:tf_keras\b|tensorflow\.compat\.v1\.keras|tensorflow\.contrib"
        r"|tensorflow_addons|keras_contrib|theano\b)",
        re.MULTILINE,
        words=("tf_keras", "tensorflow", "theano", "keras_contrib"),
    ),
    regex(
        r"tf\.(?<!\wtf\.)(?:placeholder|Session|contrib)\b",
        words=("tf.placeholder", "tf.Session", "tf.contrib"),
    ),
    _LEGACY,
    # Both have had a package `src` since 2.13: these modules of it are only in Keras 2.
    regex(
        r"^[ \t\f]*(?:import|from)\s+keras\.src\.(?:engine|feature_column|legacy_tf_layers|mixed_precision"
        r"|premade_models|testing_infra)\b",
        re.MULTILINE,
        words=("keras.src.",),
    ),
)
_KERAS_2 = (_OLD_MODULES, *_OTHER_PACKAGES)
# The copy of Keras 2 inside TensorFlow, which has stayed there beside Keras 3: of that it says nothing.
_FROZEN_COPY = regex(
    r"^[ \t\f]*(?:import|from)\s+tensorflow\.python(?:\.keras\b|\s+import\s+keras\b)",
    re.MULTILINE,
    words=("tensorflow.python",),
)
_TENSORFLOWS_KERAS = regex(
    r"(?:tf|tensorflow)\.keras\b|^[ \t\f]*from\s+tensorflow\s+import\s+(?:\w[\w ,]*,\s*)?keras\b",
    re.MULTILINE,
    words=("tf.keras", "tensorflow"),
)
_IMPORTS_KERAS = regex(r"^[ \t\f]*(?:import|from)\s+keras\b", re.MULTILINE)
# tf_keras begins where early Keras 2 ended.
_NEVER_EARLY = regex(
    r"^[ \t\f]*(?:import|from)\s+tf_keras\b|TF_USE_LEGACY_KERAS",
    re.MULTILINE,
    words=("tf_keras", "TF_USE_LEGACY_KERAS"),
)
_LATER = regex(
    r"\bexperimental\b|\bkeras\.src\b|@tf\.function\b|\bGradientTape\b|\bcompat\.v1\b",
    words=("experimental", "keras.src", "tf.function", "GradientTape", "compat.v1"),
)
# A backend that only Keras 3 has.
CHOOSES_BACKEND = regex(
    r"KERAS_BACKEND['\"][^\n]{0,4}[=,]\s*['\"](?:jax|torch|numpy|openvino)",
    words=("KERAS_BACKEND",),
)
_KERAS_3 = (
    regex(
        r"^[ \t\f]*(?:(?:import|from)\s+keras\.(?:src\.)?(?:ops|random)\b|import keras_core\b"
        r"|import\s+keras\.src\s"
        r"|(?:import|from)\s+keras\.src\.(?:dtype_policies|quantizers|testing|trainers|tree)\b"
        r"|from\s+keras(?:\.src)?\s+import\s+(?:\w[\w ,]*,\s*)?(?:ops|random|testing|tree)\b)",
        re.MULTILINE,
        words=("ops", "random", "keras_core", "keras.src", "testing", "tree"),
    ),
    regex(
        r"keras\.(?<!\wkeras\.)(?:(?:ops|random)\.\w|distribution\b)",
        words=("keras.ops.", "keras.random.", "keras.distribution"),
    ),
    CHOOSES_BACKEND,
)


def _means(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def meant_by_imports(text: str, texts: Iterable[str]) -> bool:
    """Whether the modules that a file imports from its project can only mean Keras 2."""
    if _means(_KERAS_2, text) or _means(_KERAS_3, text):
        return False
    # What imports from both asks which one is there, and says nothing.
    found = [one for one in texts if not (_means(_KERAS_2, one) and _means(_KERAS_3, one))]
    if any(_means(_KERAS_3, one) for one in found):
        return False
    return any(map(_says_keras_2, found))


def takes_another(texts: Iterable[str]) -> bool:
    """Whether a module takes its Keras from a package that is Keras 2, whatever the project requires."""
    return any(_means(_OTHER_PACKAGES, one) and not _means(_KERAS_3, one) for one in texts)


def _means_keras_2_alone(text: str, asked: Required | None) -> bool:
    """Whether all that a file imports of Keras is of Keras 2.

    Modules that Keras 3 does not have are a failure where the project requires Keras 3 beyond doubt.
    """
    requires_3 = asked is not None and asked.versions <= V3 and asked.era is Era.KNOWN
    if _means(_OTHER_PACKAGES if requires_3 else _KERAS_2, text):
        return True
    others = _TENSORFLOWS_KERAS, _IMPORTS_KERAS
    return _FROZEN_COPY.search(text) is not None and not _means(others, text)


def _says_keras_2(text: str) -> bool:
    if _means((*_KERAS_2, _FROZEN_COPY), text) or only_name(text) or _installs_keras_2(text):
        return True
    return name_of_early(text) not in (None, "_keras_shape")  # which may be asked for, or a finding


def _installs_keras_2(text: str) -> bool:
    said = installed_by(text)
    return said is not None and said.versions == V2


def meant_by_project(path: str, files: Files) -> bool:
    """Whether other files of the project around a file can only mean Keras 2, and none Keras 3."""
    return _means_keras_2(files, str(root_of(path, files)))


@remembered
def _means_keras_2(files: Files, root: str) -> bool:
    if any(map(_LEGACY.search, pages_of(root, files))):
        return True
    return meant_by_imports("", texts_below(root, files))


def _imports_beside_early(text: str, path: str, files: Files) -> bool:
    """Whether the files around a file import Keras as only Keras 2.0 to 2.3 allow, or say so.

    What reads ``_keras_shape`` itself has one finding, there, if its Keras has no such attribute.
    """
    if not _may_be_early(text):
        return False
    if reads_shape(text) and not imports_early(text):
        return False
    return _needs_early_keras(files, str(root_of(path, files)))


def _left_beside(text: str, path: str, files: Files) -> Required | None:
    """What lies beside the programs around a file tells of its Keras, if none of them means Keras 3.

    A notebook tells its own, by the Python that it was run on, if that was saved.
    """
    if path.endswith(".ipynb") and names_its_python(path, files):
        return None
    said = _left_in(files, str(root_of(path, files)))
    if said is not None and said.era is not Era.KNOWN and not _may_be_early(text):
        return Required(said.versions, said.file)
    return said


@remembered
def _left_in(files: Files, root: str) -> Required | None:
    if any(_means(_KERAS_3, one) for one in texts_below(root, files)):
        return None
    return traced(files, root)


def _may_be_early(text: str) -> bool:
    """Whether the Keras of a file is its own import, or what other files hand to it: not TensorFlow's."""
    return _IMPORTS_KERAS.search(text) is not None or "tensorflow" not in text


def _may_be_any(text: str) -> bool:
    """Whether nothing in a file excludes early Keras 2, as far as it means Keras 2."""
    later = _NEVER_EARLY.search(text) or _LATER.search(text)
    return _IMPORTS_KERAS.search(text) is not None and later is None


def _may_have_the_package(text: str) -> bool:
    """Whether a file imports the package Keras, or has it from other files alone."""
    return _may_be_any(text) or not any(word in text for word in ("keras", "tensorflow"))


@remembered
def _newest_python(files: Files, root: str) -> tuple[int, int]:
    """The newest Python that a project names."""
    return newest_of((*lists_of(root, files), *pages_of(root, files)))


def _on_python(files: Files, root: str, first: tuple[int, int]) -> bool:
    """Whether a project names a Python, and none as new as this one."""
    return _newest_python(files, root) < first


def _is_for_python_2(text: str, path: str, files: Files) -> bool:
    """Whether a project runs on Python 2, which has no later Keras, and nothing in a file contradicts."""
    may_be = _may_be_any(text) and named(text) is None
    return may_be and _on_python(files, str(root_of(path, files)), PYTHON_3)


@remembered
def _needs_early_keras(files: Files, root: str) -> bool:
    """Whether a project, or some file of it, needs Keras 2.0 to 2.3, and no file means a later one."""
    texts = list(texts_below(root, files))
    if any(_means(_KERAS_3, one) or _NEVER_EARLY.search(one) for one in texts):
        return False
    return (
        any(map(imports_early, texts))
        or any(map(reads_shape, texts))
        or runs_on_theano(root, files)
    )


def _folders_to(path: str, files: Files) -> tuple[str, ...]:
    """The folders of its project that a file is in."""
    folder, root = Path(abspath(path)).parent, root_of(path, files)
    return folder.relative_to(root).parts if folder.is_relative_to(root) else ()


def settle(
    text: str, wanted: str | None, path: str | None = None, files: Files | None = None
) -> Spoken:
    """The versions for a file; ``wanted`` is the user's own choice.

    >>> str(settle("import tf_keras as keras", None))
    'Keras 2 (the imports)'
    >>> str(settle("import keras", "3.10"))
    'Keras 3.10 (the option)'
    """
    spoken = Spoken()
    files = Files() if files is None else files
    if path is not None and _IMPORTS_KERAS.search(text) and has_own_keras(path, files):
        return Spoken(EVERY, "its folder keras", Era.OWN)
    asked = installed_by(text)
    if asked is None and path is not None:
        asked = required(path, files) or saved_with(path, files) or said_in_comments(text)
    unsaid = asked is None and wanted is None and path is not None
    if unsaid and lies_with_keras_1(text, _folders_to(path or "", files)):
        return Spoken(V2, "its folder", Era.KERAS_1)
    if asked is not None and asked.era is Era.OWN:
        if wanted is None and _IMPORTS_KERAS.search(text):
            return Spoken(EVERY, asked.file, Era.OWN)
        asked = None
    beside = None if asked or path is None else _left_beside(text, path, files)
    if wanted is not None:
        spoken = Spoken(known_as(wanted), "the option")
    elif _means_keras_2_alone(text, asked):
        spoken = Spoken(V2, "the imports")
    elif _means(_KERAS_3, text):
        spoken = Spoken(V3, "the imports")
    if wanted is None and spoken.versions & V2 and not _NEVER_EARLY.search(text):
        if asked is not None and asked.era is not Era.KNOWN:
            return Spoken(V2, asked.file, asked.era)
        if beside is not None and beside.era is not Era.KNOWN:
            return Spoken(V2, beside.file, beside.era)
        stated = asked or beside
        if stated is not None and stated.beside_2_3 and _may_have_the_package(text):
            return Spoken(V2, stated.file, Era.EARLY_2)
        early = name_of_early(text) if asked is None else None
        if early is not None and (early != "_keras_shape" or spoken.versions == V2):
            return Spoken(V2, f"the name {early}", Era.EARLY_2)
        older = name_of_tensorflow_1(text) if asked is None else None
        if older is not None:
            return Spoken(V2, f"the name {older}", Era.EARLY_2)
        if asked is None and path is not None and _imports_beside_early(text, path, files):
            return Spoken(V2, "what the project says elsewhere", Era.EARLY_2)
        if not (asked or beside) and path is not None and _is_for_python_2(text, path, files):
            return Spoken(V2, "its Python", Era.EARLY_2)
    asked = asked or beside
    any_2 = Era.ANY_2 if wanted is None and asked is None and _may_be_any(text) else Era.KNOWN
    if len(spoken.versions) == 1 or path is None:
        return replace(spoken, era=any_2) if spoken.versions == V2 else spoken
    names = named(text)
    if asked is not None:
        spoken = spoken.narrowed(asked.versions, asked.file)
    if names is not None:
        spoken = spoken.narrowed(names.versions, f"the name {names.name}")
        if asked is not None and not asked.versions & names.versions:
            # One of them is wrong, and we cannot know which: what both versions refuse is certain.
            return Spoken(spoken.versions | names.versions, f"{asked.file}, and {names.name}")
    without_3 = only_name(text)
    if without_3 is not None:
        spoken = spoken.narrowed(V2, f"the name {without_3}")
    if asked is None:
        is_old = _on_python(files, str(root_of(path, files)), WITH_KERAS_3)
        spoken = spoken.narrowed(V2 if is_old else None, "its Python")
    if spoken.versions == V2:
        return replace(spoken, era=any_2)
    presumed = not spoken.versions <= V3
    found = installed(files)
    if presumed and found != V2 and _FROZEN_COPY.search(text):
        return replace(spoken, why="the imports", presumed=True)
    return replace(spoken.narrowed(found, "what is installed here"), presumed=presumed)
