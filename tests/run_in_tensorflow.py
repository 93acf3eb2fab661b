"""Run programs for real, one after another, and say where each of them raises.

usage: python run_in_tensorflow.py PROGRAM...      prints one JSON object: path to list of lines

The lines are those of the program in the traceback, outermost first; null for a program that ends well.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import runpy
import sys
import traceback
from collections.abc import Iterator

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")


@contextlib.contextmanager
def imports_from(folder: str) -> Iterator[None]:
    """The modules beside a program can be imported, and are gone when the next one runs."""
    before = set(sys.modules)
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)
        for name in set(sys.modules) - before:
            if os.path.dirname(getattr(sys.modules[name], "__file__", None) or "") == folder:
                del sys.modules[name]


def lines_of_failure(path: str) -> list[int] | None:
    """Where a program raises."""
    import keras

    for package in [keras, *(sys.modules[name] for name in ["tf_keras"] if name in sys.modules)]:
        package.backend.clear_session()
        package.backend.set_image_data_format("channels_last")
        package.mixed_precision.set_global_policy("float32")
    try:
        with contextlib.redirect_stdout(io.StringIO()), imports_from(os.path.dirname(path)):
            runpy.run_path(path, run_name="__main__")
    except SystemExit:
        return None
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        return [frame.lineno or 0 for frame in frames if frame.filename == path]
    return None


if __name__ == "__main__":
    print(json.dumps({path: lines_of_failure(path) for path in sys.argv[1:]}))
