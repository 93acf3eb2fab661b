"""The environment of the child: what it needs to find its libraries, and nothing else.

An allow list, since nobody can list the names of all secrets.
"""

from __future__ import annotations

from collections.abc import Mapping

_PASSED = frozenset(
    {"PATH", "LANG", "LANGUAGE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONPATH",
     "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX", "SYSTEMROOT"}
)  # fmt: skip

_SET = {
    "CUDA_VISIBLE_DEVICES": "",  # no GPU
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "KERAS_BACKEND": "tensorflow",
    "OMP_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUNBUFFERED": "1",
    "MPLBACKEND": "Agg",
    "WANDB_MODE": "disabled",
    "TOKENIZERS_PARALLELISM": "false",
}


def child_environment(outer: Mapping[str, str], folder: str) -> dict[str, str]:
    """The environment of a worker, whose home is ``folder``.

    >>> inner = child_environment({"PATH": "/bin", "AWS_SECRET_ACCESS_KEY": "x"}, "/tmp/w")
    >>> inner["PATH"], inner["HOME"], "AWS_SECRET_ACCESS_KEY" in inner
    ('/bin', '/tmp/w', False)
    """
    passed = {
        name: value
        for name, value in outer.items()
        if name.upper() in _PASSED or name.startswith("LC_")
    }
    return {**passed, **_SET, "HOME": folder, "TMPDIR": folder}
