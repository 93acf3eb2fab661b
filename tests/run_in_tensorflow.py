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

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")


def lines_of_failure(path: str) -> list[int] | None:
    """Where a program raises."""
    import keras

    for package in [keras, *(sys.modules[name] for name in ["tf_keras"] if name in sys.modules)]:
        package.backend.clear_session()
        package.backend.set_image_data_format("channels_last")
        package.mixed_precision.set_global_policy("float32")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path(path, run_name="__main__")
    except SystemExit:
        return None
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        return [frame.lineno or 0 for frame in frames if frame.filename == path]
    return None


if __name__ == "__main__":
    print(json.dumps({path: lines_of_failure(path) for path in sys.argv[1:]}))
