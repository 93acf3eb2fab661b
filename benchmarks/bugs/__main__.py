"""``python -m benchmarks bugs``: measure tools on the benchmark of Keras shape bugs.

Without options kerasmergelint is measured and what it misses is listed, and then every program is run
in TensorFlow and compared with its case.toml.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Sequence

from benchmarks.bugs import oracle, results, table, tools
from benchmarks.bugs.case import Case, read_all
from benchmarks.bugs.judging import Outcome, judge
from benchmarks.bugs.results import Result


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parsed(arguments)
    cases = [case for case in read_all() if not options.cases or case.name in options.cases]
    if options.table:
        print(table.markdown(results.read_all()), end="")
        return 0
    asked: list[str] = options.tool or []
    if not asked and not options.truth:
        asked = ["kerasmergelint"]
    for name in asked:
        result = measure(tools.named(name), cases)
        tell(result)
        if options.write:
            print(f"written: {results.write(result)}")
    if options.tool and not options.truth:
        return 0
    return check_truth(cases, write=options.write)


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks bugs", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="only these cases")
    parser.add_argument("--tool", action="append", choices=[tool.name for tool in tools.TOOLS],
                        help="measure this one, and do not run the programs")  # fmt: skip
    parser.add_argument("--truth", action="store_true",
                        help="run the programs in TensorFlow and compare with case.toml")  # fmt: skip
    parser.add_argument("--write", action="store_true", help="write the result files")
    parser.add_argument("--table", action="store_true", help="print the table of the result files")
    options = parser.parse_args(arguments)
    wrong = set(options.cases) - {case.name for case in read_all()}
    if wrong:
        parser.error(f"there is no case {', '.join(sorted(wrong))}")
    if options.write and options.cases and (options.tool or not options.truth):
        parser.error("the result file of a tool is that of all cases")
    return options


def measure(tool: tools.Tool, cases: Sequence[Case]) -> Result:
    """Run a tool over the cases and judge what it says."""
    before = _child_seconds()
    findings = tool.findings(cases)
    seconds = _child_seconds() - before
    verdicts = tuple(judge(case, findings) for case in cases)
    return Result(tool.name, tool.version(), tool.command, seconds, verdicts)


def _child_seconds() -> float:
    """The processor time of this process's children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tell(result: Result) -> None:
    """Print what a tool missed, its alarms, and the count."""
    for verdict in result.verdicts:
        if verdict.outcome not in (None, Outcome.FOUND):
            print(f"{verdict.outcome.value:9} {verdict.case} ({verdict.kind})")
        for alarm in verdict.alarms:
            print(f"alarm     {verdict.case}: {alarm[:120]}")
    bugs = [verdict for verdict in result.verdicts if verdict.outcome is not None]
    found = sum(verdict.outcome is Outcome.FOUND for verdict in bugs)
    alarmed = sum(bool(verdict.alarms) for verdict in result.verdicts)
    print(f"{result.tool} {result.version}: {found} of {len(bugs)} bugs found, alarms on {alarmed} "
          f"of {len(result.verdicts)} correct programs, {result.seconds:.0f} s")  # fmt: skip


def check_truth(cases: Sequence[Case], *, write: bool) -> int:
    """Print where case.toml and TensorFlow disagree; 1 if they do anywhere."""
    wrong = 0
    verdicts = []
    for case in cases:
        if lacking := oracle.missing(case):
            print(f"{case.name}: not run, needs {', '.join(lacking)}", flush=True)
            continue
        runs = oracle.run(case)
        verdicts.append(oracle.judged(case, runs))
        for difference in oracle.disagreements(case, runs):
            wrong += 1
            print(f"{case.name}: {difference}", flush=True)
    print(f"{len(verdicts)} of {len(cases)} cases run, {wrong} disagreements")
    if write:
        print(f"written: {results.write(results.of_keras(oracle.version(), verdicts))}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
