"""Runs the user's program under watch, without letting it take long.

The statements of the file run one after another, as in a notebook: one that raises loses the names
that it would have bound, and the next one runs.
"""

from __future__ import annotations

import ast
import builtins
import linecache
import os
import sys
import traceback
import types
from typing import Any

from . import absent, entering, first_run, kerases, standins, watching, weight_files
from .plain import Json, Namespace
from .tensors import plain


def run(program: Json) -> Json:
    """Run a program; the result, for the program and for each of its findings."""
    path = program["path"]
    watch = watching.Watch(program["findings"])
    absent.install()
    if kerases.version() != "none":
        own, files = first_run.methods(), weight_files.methods()
        standins.install()
        watch.install()
        first_run.install(own, watch)
        weight_files.install(files, watch)
    namespace = _main_module(path, program["roots"])
    statements = _parse(path, program["text"])
    error: Json | None = None
    if isinstance(statements, list):
        error = _run_statements(statements, namespace, path, watch)
        entering.enter_unreached(statements, namespace, path, watch)
    else:
        error = statements
    told = {"state": "ran", "error": error, "findings": watch.results()}
    return told if watch.exited is None else {**told, "exited": watch.exited}


def _main_module(path: str, roots: list[str]) -> Namespace:
    """A ``__main__`` like that of ``python path``."""
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=path, __builtins__=builtins)
    sys.modules["__main__"] = module
    sys.argv = [path]
    sys.path[:0] = [os.path.dirname(path), *_package_root(path), *roots]
    return module.__dict__


def _package_root(path: str) -> list[str]:
    """The folder of the package that a file is part of."""
    folder = os.path.dirname(path)
    if not os.path.isfile(os.path.join(folder, "__init__.py")):
        return []
    while os.path.isfile(os.path.join(folder, "__init__.py")) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return [folder]


def _parse(path: str, text: str | None) -> Any:
    """The statements of a program, or the error if it does not parse."""
    try:
        if text is None:
            with open(path, "rb") as stream:
                return ast.parse(stream.read(), path).body
        return ast.parse(text, path).body
    except (OSError, SyntaxError, ValueError) as error:
        return describe(error, path)


def _run_statements(
    statements: list[ast.stmt], namespace: Namespace, path: str, watch: watching.Watch
) -> Json | None:
    """Run them; returns the first error."""
    first: Json | None = None
    future = [node for node in statements if _is_future(node)]
    linecache.checkcache(path)
    for node in statements:
        standins.patch_new_modules()
        code = compile(ast.Module([*future, node], []), path, "exec", dont_inherit=True)
        try:
            exec(code, namespace)
        except SystemExit as error:
            watch.exited = describe(error, path)
            break
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            watch.raised(error)
            first = first or describe(error, path)
            for name in _bound_by(node):
                namespace.pop(name, None)
    return first


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _bound_by(node: ast.stmt) -> list[str]:
    """The names that a statement binds."""
    return [
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    ]


def describe(error: BaseException, path: str) -> Json:
    """An exception as plain data, with the line of the file that it left."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == path]
    try:
        message = plain(str(error))[:2000]
    except Exception:
        message = ""
    return {
        "exception": type(error).__name__,
        "message": message,
        "line": lines[-1] if lines else getattr(error, "lineno", None),
    }
