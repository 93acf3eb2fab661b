"""Having TensorFlow build repaired programs before they are written."""

from __future__ import annotations

import os
from collections.abc import Iterator

from kerasmergelint.cli.fixing.offering import Mended
from kerasmergelint.options import Settings
from kerasmergelint.runtime.confirm import Confirmer, Options
from kerasmergelint.runtime.programs import keras_of
from kerasmergelint.tracker.program.analysis import analyse


def keep_what_runs(mended: Mended, settings: Settings) -> Iterator[str]:
    """Run each repaired program, in a process with limits, and drop the changes of those that fail.

    Gives a remark for each change that is dropped.  This runs the program's own code.
    """
    programs = [path for path in mended.sources if path in mended.new]
    kerases = {path: keras_of(analyse(mended.new[path], path, settings))[0] for path in programs}
    results: dict[str, dict[str, object]] = {}
    problems: list[str] = []
    with Confirmer(settings, Options(execute=True)) as confirmer:
        for keras in sorted(set(kerases.values())):
            chosen = {path: mended.new[path] for path in programs if kerases[path] == keras}
            results |= confirmer.run_programs(chosen, keras, chosen)
        problems = confirmer.problems
    for path in list(mended.new):
        why = _why_not(results.get(path), problems)
        if why:
            del mended.new[path]
            yield f"{os.path.relpath(path)}: not repaired, {why}"


def _why_not(result: dict[str, object] | None, problems: list[str]) -> str:
    """Why a program is not known to run; empty if it is."""
    if result is None:
        return problems[0] if problems else "TensorFlow can only build the program itself"
    error = result.get("error")
    if isinstance(error, dict):
        where = f" in line {error['line']}" if error.get("line") else ""
        said = " ".join(str(error.get("message")).split())
        return f"TensorFlow does not build it{where}: {error.get('exception')}: {said[:200]}"
    return "" if result.get("state") == "ran" else "TensorFlow gave no answer"
